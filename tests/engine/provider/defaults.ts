import { createHash } from "node:crypto";
import { holdsUnknown, isMap, UNKNOWN, type Wire, type WireMap } from "../rpc";
import type { ResourceShape } from "../sdk/shape";
import { goJson } from "./go-json";

/** Defaults that the Terraform schema of the real provider fills in during Check (its resources' documentation pages). */
const DEFAULTS: Record<string, WireMap> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": { actionsEnabled: true, treatMissingData: "missing" },
  "aws:iam/accessKey:AccessKey": { status: "Active" },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": { allowUsersToChangePassword: true, minimumPasswordLength: 6 },
  "aws:iam/group:Group": { path: "/" },
  "aws:iam/instanceProfile:InstanceProfile": { path: "/" },
  "aws:iam/policy:Policy": { path: "/" },
  "aws:iam/role:Role": { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  "aws:iam/user:User": { forceDestroy: false, path: "/" },
  "aws:iam/userLoginProfile:UserLoginProfile": { passwordLength: 20 },
  "aws:kms/key:Key": { isEnabled: true, keyUsage: "ENCRYPT_DECRYPT" },
  "aws:organizations/organization:Organization": { featureSet: "ALL" },
  "aws:organizations/policy:Policy": { type: "SERVICE_CONTROL_POLICY" },
  "aws:s3/bucket:Bucket": { forceDestroy: false },
  "aws:secretsmanager/secret:Secret": { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  "aws:sns/topic:Topic": { fifoTopic: false },
  "aws:sns/topicSubscription:TopicSubscription": { endpointAutoConfirms: false, rawMessageDelivery: false },
};

export interface Checked {
  type: string;
  urn: string;
  /** Random bytes of the engine; the same for every look at one new resource. */
  seed: Uint8Array;
  shape: ResourceShape;
  news: WireMap;
  /** The inputs of the last deployment, or nothing. */
  olds: WireMap;
  defaultTags: WireMap;
}

/** Inputs as the real provider returns them from Check: defaults and names filled in, policies as JSON text, all tags. */
export function filled(checked: Checked): WireMap {
  const given = Object.fromEntries(Object.entries(checked.news).filter(([, value]) => value !== null));
  const defaults = { ...DEFAULTS[checked.type], ...nameFor(checked, given) };
  const missing = Object.entries(defaults).filter(([name]) => !Object.hasOwn(given, name));
  const inputs: WireMap = { ...given, ...Object.fromEntries(missing), __defaults: missing.map(([name]) => name) };
  for (const [name, property] of Object.entries(checked.shape.inputs)) {
    const value = inputs[name];
    if (property.shape.kind === "policy" && isMap(value)) inputs[name] = policyText(value);
  }
  if (Object.hasOwn(checked.shape.outputs, "tagsAll")) inputs.tagsAll = allTags(checked.defaultTags, inputs.tags);
  return inputs;
}

/** A generated name is kept for as long as the program gives none itself. */
function nameFor(checked: Checked, given: WireMap): WireMap {
  const property = checked.type.startsWith("aws:s3/bucket") ? "bucket" : "name";
  const declared = checked.shape.inputs[property];
  if (declared?.shape.kind !== "string" || declared.required || Object.hasOwn(given, `${property}Prefix`)) return {};
  const kept = checked.olds[property];
  const generated = Array.isArray(checked.olds.__defaults) && checked.olds.__defaults.includes(property);
  if (generated && kept !== undefined) return { [property]: kept };
  const logicalName = checked.urn.split("::").slice(3).join("::");
  const name = `${logicalName}-${sevenHex(checked)}`;
  return { [property]: property === "bucket" ? name.toLowerCase() : name };
}

function sevenHex({ seed, urn }: Checked): string {
  return createHash("sha256")
    .update(seed.length > 0 ? seed : urn)
    .digest("hex")
    .slice(0, 7);
}

/** One unknown part makes the whole text unknown. */
function policyText(policy: WireMap): Wire {
  return holdsUnknown(policy) ? UNKNOWN : goJson(policy);
}

function allTags(defaults: WireMap, own: Wire | undefined): Wire {
  if (own !== undefined && holdsUnknown(own)) return UNKNOWN;
  return { ...defaults, ...(isMap(own) ? own : {}) };
}
