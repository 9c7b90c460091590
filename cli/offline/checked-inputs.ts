import { goJson, sorted } from "../pulumi/go-json";
import type { ResourceProperties } from "../pulumi/sdk-table";
import type { Resource } from "../pulumi/stack";
import { packageOf } from "../pulumi/urn";
import {
  containsUnknown,
  isObject,
  isSecret,
  type Json,
  type JsonObject,
  secret,
  UNKNOWN,
  unwrapSecret,
} from "../pulumi/values";
import { generatedName } from "./naming";

/** What the provider fills in where the program says nothing (provider documentation of each resource). */
const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  "aws:iam/accessKey:AccessKey": { status: "Active" },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": { allowUsersToChangePassword: true, minimumPasswordLength: 6 },
  "aws:iam/group:Group": { path: "/" },
  "aws:iam/instanceProfile:InstanceProfile": { path: "/" },
  "aws:iam/policy:Policy": { path: "/" },
  "aws:iam/role:Role": { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  "aws:iam/user:User": { forceDestroy: false, path: "/" },
  "aws:iam/userLoginProfile:UserLoginProfile": { passwordLength: 20 },
  "aws:organizations/organization:Organization": { featureSet: "ALL" },
  "aws:organizations/policy:Policy": { type: "SERVICE_CONTROL_POLICY" },
  "aws:s3/bucket:Bucket": { forceDestroy: false },
  "aws:secretsmanager/secret:Secret": { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  "aws:sns/topic:Topic": { fifoTopic: false },
  "aws:ssoadmin/permissionSet:PermissionSet": { sessionDuration: "PT1H" },
};

/**
 * A resource's inputs as they are once its provider has checked them: with a name, defaults, policies as text, and the
 * tags that the provider adds to its own.
 */
export function checkedInputs(resource: Registration, sdk: ResourceProperties): JsonObject {
  const { urn, type, inputs, provider } = resource;
  const given = Object.entries(inputs).filter(([, value]) => value !== null);
  const isAws = packageOf(type) === "aws";
  const asText = Object.fromEntries(given.map(([key, value]) => [key, isAws ? policyText(value) : value]));
  const tags = isAws && sdk.outputs.includes("tagsAll") ? { tagsAll: allTags(provider?.inputs ?? {}, asText) } : {};
  return { ...DEFAULTS[type], ...generatedName(urn, type, asText, sdk), ...asText, ...tags };
}

type Registration = Pick<Resource, "urn" | "type" | "inputs" | "provider">;

function allTags(provider: JsonObject, inputs: JsonObject): Json {
  const tags = withoutSecrets(inputs.tags ?? {});
  if (!isObject(tags) || containsUnknown(tags)) return UNKNOWN;
  const defaults = unwrapSecret(provider.defaultTags);
  return { ...(typeof defaults === "string" ? tagsIn(defaults) : {}), ...tags };
}

function tagsIn(defaultTags: string): JsonObject {
  const parsed = /^\s*\{/.test(defaultTags) ? (JSON.parse(defaultTags) as JsonObject) : {};
  return isObject(parsed.tags) ? parsed.tags : {};
}

/**
 * A policy document given as an object becomes text. With a part that is not known a provider makes it a text of which nothing is;
 * here it stays as it was given, since what is known of it is often enough to decide.
 */
function policyText(value: Json): Json {
  const content = unwrapSecret(value);
  if (!isObject(content) || !("Statement" in content)) return value;
  if (containsUnknown(content)) return value;
  const text = goJson(sorted(withoutSecrets(content)));
  return isSecret(value) ? secret(text) : text;
}

function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  if (isSecret(value)) return withoutSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}
