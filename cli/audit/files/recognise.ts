import { Failure } from "../../terminal/failure";
import type { FilePosition } from "../../terminal/json-file";
import { isCredentialReport, rowsOf } from "../records/credential-report";
import type { CredentialReport, RecordKind } from "../records/records";

/** By what a command of the AWS CLI prints, and nothing else prints: its members. */
const members: readonly (readonly [RecordKind, readonly string[]])[] = [
  ["authorization-details", ["UserDetailList"]],
  ["authorization-details", ["GroupDetailList"]],
  ["authorization-details", ["RoleDetailList"]],
  ["account-summary", ["SummaryMap"]],
  ["password-policy", ["PasswordPolicy"]],
  ["virtual-mfa-devices", ["VirtualMFADevices"]],
  ["alternate-contacts", ["AlternateContact"]],
  ["alternate-contacts", ["SECURITY"]],
  ["alternate-contacts", ["BILLING"]],
  ["alternate-contacts", ["OPERATIONS"]],
  ["organization", ["Organization"]],
  ["service-control-policies", ["Path"]],
  ["organizations-features", ["EnabledFeatures"]],
  ["permission-sets", ["PermissionSets"]],
  ["caller-identity", ["UserId", "Account", "Arn"]],
  ["credential-report", ["Content", "ReportFormat"]],
];

/** What a file holds, by its content; undefined for what an audit does not read. */
export function kindOf(place: FilePosition): RecordKind | undefined {
  const [first] = Array.isArray(place.value) ? place.items() : [];
  if (first?.member("user") !== undefined && first.member("arn") !== undefined) return "credential-report";
  const found = members.find(([, names]) => names.every((name) => has(place, name)));
  if (found !== undefined) return found[0];
  // A page of the details may hold policies alone.
  const [policy] = Array.isArray(place.member("Policies")?.value) ? place.itemsOf("Policies") : [];
  return policy?.member("PolicyVersionList") === undefined ? undefined : "authorization-details";
}

/** Null counts as there: an account without a contact. */
function has({ value }: FilePosition, name: string): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && name in value;
}

/** @throws Failure where it was cut off */
export function credentialReport(text: string, file: string): CredentialReport {
  const rows = rowsOf(text);
  if (rows !== undefined) return rows;
  throw new Failure(
    `${file}: the credential report has a row with too few or too many columns`,
    "Get it again: aws iam get-credential-report",
  );
}

/** What `aws iam get-credential-report` prints: base64 of CSV. */
export function decodedReport(place: FilePosition): CredentialReport {
  const content = place.required("Content");
  const text = Buffer.from(content.text(), "base64").toString("utf8");
  if (!isCredentialReport(text))
    content.fail("this is no credential report", "Get it again: aws iam get-credential-report");
  return credentialReport(text, place.file.name);
}

/** What the file is instead, and who reads that. */
export function notAnAccount({ file, value }: FilePosition): Failure {
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const fix = names.includes("deployment")
    ? `It is a state of Pulumi: audit --state ${file.name} tells who owns what, and check ${file.name} judges it.`
    : names.includes("Statement")
      ? `It is a policy: aws-identity-guardrails explain ${file.name}`
      : "Give what the AWS CLI prints of: iam get-account-authorization-details, get-credential-report, get-account-summary, get-account-password-policy, list-virtual-mfa-devices; account get-alternate-contact; organizations describe-organization; or what audit --save wrote.";
  return new Failure(`${file.name} holds nothing that an audit reads`, fix);
}
