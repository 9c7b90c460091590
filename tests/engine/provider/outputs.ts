import { createHash } from "node:crypto";
import { isMap, UNKNOWN, type Wire, type WireMap } from "../rpc";
import type { ResourceShape, Shape } from "../sdk/shape";

export interface Created {
  type: string;
  urn: string;
  shape: ResourceShape;
  inputs: WireMap;
  region: string;
}

/** The account in which the stand-in pretends to create everything. */
export const ACCOUNT = "123456789012";

/** Text outputs that a real resource always has; the others are empty until something sets them. */
const NEVER_EMPTY = /(^id|Id|Name|Endpoint|^secret|Secret|Key|Token|^password)$/;

/** What a preview shows: the inputs, and an unknown for every output that the SDK promises beside them. */
export function previewed(created: Created): WireMap {
  return { ...created.inputs, ...computed(created, () => UNKNOWN) };
}

/** What a preview shows of an update: the outputs that stay, and the new inputs in place of the old ones. */
export function afterUpdate(last: { inputs: WireMap; outputs: WireMap }, inputs: WireMap): WireMap {
  const computed = Object.entries(last.outputs).filter(([name]) => !Object.hasOwn(last.inputs, name));
  return { ...Object.fromEntries(computed), ...inputs };
}

/** What a resource shows once it exists. The same resource always gets the same values. */
export function existing(created: Created): { id: string; outputs: WireMap } {
  const outputs = { ...created.inputs, ...computed(created, (name, shape) => plausible(created, name, shape)) };
  return { id: idOf(created, outputs), outputs };
}

function computed(created: Created, value: (name: string, shape: Shape) => Wire): WireMap {
  const { inputs, shape } = created;
  const missing = Object.entries(shape.outputs).filter(([name, it]) => it.required && !Object.hasOwn(inputs, name));
  return Object.fromEntries(missing.map(([name, it]) => [name, value(name, it.shape)]));
}

function plausible(created: Created, name: string, shape: Shape): Wire {
  if (name === "arn") return arnOf(created);
  if (name === "accountId") return ACCOUNT;
  if (name === "region") return created.region;
  if (/[dD]ate$/.test(name)) return "2026-01-01T00:00:00Z";
  if (name === "uniqueId") return `AIDA${letters(created, 17)}`;
  switch (shape.kind) {
    case "number":
      return 0;
    case "boolean":
      return false;
    case "list":
      return [];
    case "map":
    case "object":
      return {};
    default:
      return NEVER_EMPTY.test(name) ? `${name}-${digest(created).slice(0, 8)}` : "";
  }
}

function arnOf(created: Created): string {
  const { service, resource } = partsOf(created.type);
  const name = `${nameOf(created)}`;
  if (service === "iam") return `arn:aws:iam::${ACCOUNT}:${resource}${textOf(created.inputs.path) || "/"}${name}`;
  if (service === "s3") return `arn:aws:s3:::${name}`;
  if (service === "sns" || service === "sqs") return `arn:aws:${service}:${created.region}:${ACCOUNT}:${name}`;
  const region = service === "organizations" ? "" : created.region;
  return `arn:aws:${service}:${region}:${ACCOUNT}:${resource}/${name}`;
}

/** Identifiers as each resource's documentation page shows them under "Import". */
function idOf(created: Created, outputs: WireMap): string {
  const text = (property: string) => textOf(outputs[property]);
  switch (created.type) {
    case "aws:iam/accessKey:AccessKey":
      return `AKIA${letters(created, 16)}`;
    case "aws:iam/accountPasswordPolicy:AccountPasswordPolicy":
      return "iam-account-password-policy";
    case "aws:iam/groupPolicy:GroupPolicy":
      return `${text("group")}:${text("name")}`;
    case "aws:iam/userPolicy:UserPolicy":
      return `${text("user")}:${text("name")}`;
    case "aws:iam/rolePolicy:RolePolicy":
      return `${text("role")}:${text("name")}`;
    case "aws:iam/groupPolicyAttachment:GroupPolicyAttachment":
      return `${text("group")}/${text("policyArn")}`;
    case "aws:iam/userPolicyAttachment:UserPolicyAttachment":
      return `${text("user")}/${text("policyArn")}`;
    case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
      return `${text("role")}/${text("policyArn")}`;
    case "aws:iam/userLoginProfile:UserLoginProfile":
      return text("user");
    case "aws:organizations/policy:Policy":
      return `p-${digest(created).slice(0, 8)}`;
    case "aws:organizations/policyAttachment:PolicyAttachment":
      return `${text("targetId")}:${text("policyId")}`;
    case "aws:iam/user:User":
    case "aws:iam/group:Group":
    case "aws:iam/role:Role":
    case "aws:iam/instanceProfile:InstanceProfile":
      return text("name");
    default:
      return text("bucket") || text("arn") || `${partsOf(created.type).resource}-${digest(created).slice(0, 8)}`;
  }
}

function nameOf(created: Created): string {
  return textOf(created.inputs.name) || textOf(created.inputs.bucket) || digest(created).slice(0, 8);
}

function partsOf(type: string): { service: string; resource: string } {
  const [, path = ""] = type.split(":");
  const [service = "", resource = ""] = path.split("/");
  const words = resource.replaceAll(/[A-Z]/g, (it) => `-${it.toLowerCase()}`);
  return { service, resource: service === "iam" && resource === "openIdConnectProvider" ? "oidc-provider" : words };
}

/** Capital letters and digits of AWS's identifiers. */
function letters(created: Created, count: number): string {
  return BigInt(`0x${digest(created)}`)
    .toString(32)
    .toUpperCase()
    .slice(0, count)
    .replaceAll(/[01]/g, "X");
}

function digest({ urn }: Created): string {
  return createHash("sha256").update(urn).digest("hex");
}

function textOf(value: Wire | undefined): string {
  return typeof value === "string" ? value : isMap(value) ? "" : String(value ?? "");
}
