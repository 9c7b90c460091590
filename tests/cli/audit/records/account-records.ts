import type { AccountRecord, AccountRecords, RecordKind } from "../../../../cli/audit/records/records";

/** Records of an account in miniature, as `aws` prints them. */

export const account = "111122223333";

const everyKind: readonly RecordKind[] = [
  "caller-identity",
  "authorization-details",
  "credential-report",
  "account-summary",
  "password-policy",
  "virtual-mfa-devices",
  "alternate-contacts",
  "organization",
  "service-control-policies",
  "organizations-features",
  "permission-sets",
  "entitlements",
];

/** What is left out of `read` was not read, for want of a permission. */
export function recordsOf(read: Readonly<Partial<Record<RecordKind, unknown>>>): AccountRecords {
  const records = everyKind.map((kind): [RecordKind, AccountRecord] => {
    const value = read[kind];
    if (value === null) return [kind, { state: "none" }];
    if (value !== undefined) return [kind, { state: "read", value, source: `${kind}.json` }];
    return [kind, { state: "not read", because: `${kind} was refused`, permission: `test:${kind}` }];
  });
  return { account, partition: "aws", readAt: new Date("2026-06-01T12:00:00Z"), records: new Map(records) };
}

type Properties = Readonly<Record<string, unknown>>;

export function allow(action: unknown, resource: unknown = "*") {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] };
}

function arn(kind: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}/${name}`;
}

export function user(name: string, more: Properties = {}) {
  return { UserName: name, Arn: arn("user", name), Path: "/", ...more };
}

export function group(name: string, more: Properties = {}) {
  return { GroupName: name, Arn: arn("group", name), Path: "/", ...more };
}

export function role(name: string, principal: unknown, more: Properties = {}) {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = { Version: "2012-10-17", Statement: [statement] };
  return { RoleName: name, Arn: arn("role", name), Path: "/", AssumeRolePolicyDocument, ...more };
}

export function managedPolicy(name: string, document: unknown) {
  const version = { VersionId: "v1", IsDefaultVersion: true, Document: document };
  return {
    PolicyName: name,
    Arn: arn("policy", name),
    Path: "/",
    DefaultVersionId: "v1",
    PolicyVersionList: [version],
  };
}

export function inline(name: string, document: unknown) {
  return [{ PolicyName: name, PolicyDocument: document }];
}

export function attached(...arns: readonly string[]) {
  return arns.map((PolicyArn) => ({ PolicyName: PolicyArn.split("/").at(-1), PolicyArn }));
}

export const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
