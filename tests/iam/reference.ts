/**
 * AWS's evaluation of one concrete request, transcribed rule by rule from the IAM User Guide and the AWS Organizations
 * guide. It is slow and obvious on purpose and shares no code with the core, which is tested against it.
 */

import { conditionHolds, type Values } from "./reference-condition";
import { matchesGlob, matchesResource, resolve } from "./reference-pattern";

export interface Request {
  readonly action: string;
  /** An ARN, or `*` for an action that works on no resource. */
  readonly resource: string;
  /** A key that is left out is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Policies as JSON text or as the value of such a text. */
export interface Policies {
  readonly identity: readonly unknown[];
  readonly boundary?: unknown;
  /** One list of policies for each level, from the organization's root down to the account. */
  readonly scps?: readonly (readonly unknown[])[];
}

/** Who calls sts:AssumeRole; the ARN is that of the user or the role itself. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
}

interface Json {
  readonly Version?: unknown;
  readonly Statement?: unknown;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
  /** Of a Principal element. */
  readonly AWS?: unknown;
}

/** "Policy evaluation logic": an explicit Deny anywhere wins, otherwise every kind of policy that is in play must allow. */
export function isAllowed(request: Request, { identity, boundary, scps = [] }: Policies): boolean {
  // AWS STS API reference, "GetCallerIdentity": no permissions are required, not even where a policy denies it.
  if (request.action.toLowerCase() === "sts:getcalleridentity") return true;
  if (isBeyondEveryPolicy(request)) return false;
  const layers = [identity, ...(boundary === undefined ? [] : [[boundary]]), ...scps];
  return (
    layers.every((layer) => says("Allow", layer, request)) && !layers.some((layer) => says("Deny", layer, request))
  );
}

/**
 * "Using IAM roles" and "AWS managed policies": AWS's own policies, and the roles of services and of IAM Identity Center,
 * cannot be changed by a customer.
 */
function isBeyondEveryPolicy({ action, resource }: Request): boolean {
  const [, verb = ""] = action.toLowerCase().split(":");
  if (!action.toLowerCase().startsWith("iam:") || !/^(create|delete|set|update|put|attach|detach)/.test(verb))
    return false;
  if (/^arn:[^:]*:iam::aws:policy\//.test(resource)) return true;
  return /^arn:[^:]*:iam::[^:]*:role\/aws-(reserved|service-role)\//.test(resource) && !/servicelinkedrole$/.test(verb);
}

function says(effect: "Allow" | "Deny", policies: readonly unknown[], request: Request): boolean {
  return policies.some((policy) =>
    statementsOf(policy).some(
      ({ statement, version }) => statement.Effect === effect && applies(statement, version, request),
    ),
  );
}

function applies(statement: Json, version: string, request: Request): boolean {
  const values = (text: string) => resolve(text, version, request.context);
  const effect = statement.Effect;
  // Where two documented readings of a resource disagree, a statement is taken to grant more and to deny less.
  const hitsResource = (reading: "wide" | "narrow") => (pattern: string) =>
    matchesResource(values(pattern), request.resource, reading);
  const resource =
    "NotResource" in statement
      ? !list(statement.NotResource).some(hitsResource(effect === "Allow" ? "narrow" : "wide"))
      : list(statement.Resource).some(hitsResource(effect === "Allow" ? "wide" : "narrow"));
  return isAbout(request.action, statement) && resource && conditionsHold(statement, values, request.context);
}

/** "IAM JSON policy elements: Action": letter case does not matter. */
function isAbout(action: string, statement: Json): boolean {
  const matches = (pattern: string) => matchesGlob(pattern.toLowerCase(), action.toLowerCase());
  return "NotAction" in statement ? !list(statement.NotAction).some(matches) : list(statement.Action).some(matches);
}

function conditionsHold(statement: Json, values: Values, context: Request["context"]): boolean {
  return Object.entries(record(statement.Condition)).every(([operator, keys]) =>
    Object.entries(record(keys)).every(([key, expected]) =>
      conditionHolds(operator, key, list(expected), values, context),
    ),
  );
}

/**
 * What a role's trust policy says about a caller in AWS's own words ("How IAM roles differ from resource-based policies", "AWS
 * JSON policy elements: Principal"): `direct` when it names the caller, which is enough in the caller's own account; `account`
 * when it only lets the caller's account decide; `no` otherwise.
 */
export function trusts(
  policy: unknown,
  caller: Caller,
  { action, context }: Omit<Request, "resource">,
): "direct" | "account" | "no" {
  const matching = statementsOf(policy).flatMap(({ statement, version }) => {
    const values = (text: string) => resolve(text, version, context);
    const by = principalMatch(statement, caller);
    const holds = isAbout(action, statement) && by !== "no" && conditionsHold(statement, values, context);
    return holds ? [{ effect: statement.Effect, by }] : [];
  });
  if (matching.some(({ effect }) => effect === "Deny")) return "no";
  const allows = matching.filter(({ effect }) => effect === "Allow").map(({ by }) => by);
  return allows.includes("direct") ? "direct" : allows.includes("account") ? "account" : "no";
}

function principalMatch(statement: Json, caller: Caller): "direct" | "account" | "no" {
  if ("NotPrincipal" in statement) return principalNamed(statement.NotPrincipal, caller) === "no" ? "direct" : "no";
  return principalNamed(statement.Principal, caller);
}

function principalNamed(principal: unknown, { arn, account }: Caller): "direct" | "account" | "no" {
  if (principal === "*") return "direct";
  const named = list(record(principal).AWS);
  if (named.includes("*") || named.includes(arn)) return "direct";
  const partition = arn.split(":")[1];
  return named.includes(account) || named.includes(`arn:${partition}:iam::${account}:root`) ? "account" : "no";
}

/** "IAM JSON policy elements: Version": without one, the old version holds, in which `${…}` is plain text. */
function statementsOf(policy: unknown): { readonly statement: Json; readonly version: string }[] {
  const document = record(typeof policy === "string" ? JSON.parse(policy) : policy);
  const version = typeof document.Version === "string" ? document.Version : "2008-10-17";
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.map((statement) => ({ statement: record(statement), version }));
}

function record(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** One value stands for a list of one, and a number or a boolean for its text ("Grammar of the IAM JSON policy language"). */
function list(value: unknown): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
}
