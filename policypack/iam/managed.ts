import { managedPolicies } from "./generated/managed-policies";
import { lazily, textOf } from "./table";

/** Every partition has AWS's own policies under an account named `aws`. */
const AWS_MANAGED = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/;

const documents = lazily((): ReadonlyMap<string, string> => {
  const lines = textOf(managedPolicies).split("\n");
  const byName = new Map<string, string>();
  for (let i = 0; i + 1 < lines.length; i += 2) byName.set(lines[i] ?? "", lines[i + 1] ?? "");
  return byName;
});

/** Whether the ARN is that of a policy which AWS manages, known to us or not (IAM User Guide, "AWS managed policies"). */
export function isManagedPolicyArn(arn: string): boolean {
  return AWS_MANAGED.test(arn);
}

/**
 * The latest document, as JSON text without statement ids, of an AWS managed policy that a customer can attach. The name in
 * the ARN has its path (`policy/job-function/Billing`) and its letter case counts. Undefined for a policy that AWS published
 * after the table was made, for those of service-linked roles, and for any other ARN.
 */
export function managedPolicyText(arn: string): string | undefined {
  const name = AWS_MANAGED.exec(arn)?.[1];
  return name === undefined ? undefined : documents().get(name);
}

/** ARNs in the partition `aws` of all managed policies whose documents are known. */
export function managedPolicyArns(): readonly string[] {
  return [...documents().keys()].map((name) => `arn:aws:iam::aws:policy/${name}`);
}

/** The day of the newest managed policy that is known here, `YYYY-MM-DD`. */
export const managedPoliciesDate: string = managedPolicies.date;
