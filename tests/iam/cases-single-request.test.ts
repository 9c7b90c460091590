import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mayCall, type Policy, type PolicyKind, type Principal, parseDocument } from "../../policypack/iam";
import { isAllowed, type Policies, type Request } from "./reference";

/** One request that AWS's documentation decides, named after the rule that decides it. */
interface Case {
  readonly name: string;
  readonly version: string | null;
  readonly statements?: readonly unknown[];
  /** The text of the policy, where the text itself matters. */
  readonly document?: string;
  readonly boundary?: readonly unknown[];
  readonly scpLevels?: readonly (readonly unknown[])[];
  readonly request: { readonly action: string; readonly resource: string; readonly ctx: Request["context"] };
  readonly expected: "Allowed" | "Denied";
}

const cases = JSON.parse(readFileSync(join(__dirname, "data", "single-requests.json"), "utf8")) as readonly Case[];

function policiesOf({ version, statements, document, boundary, scpLevels }: Case): Policies {
  const policy = (Statement: readonly unknown[]) =>
    version === null ? { Statement } : { Version: version, Statement };
  return {
    identity: [document ?? policy(statements ?? [])],
    ...(boundary === undefined ? {} : { boundary: policy(boundary) }),
    ...(scpLevels === undefined ? {} : { scps: scpLevels.map((level) => [policy(level)]) }),
  };
}

function requestOf({ request: { action, resource, ctx } }: Case): Request {
  return { action, resource, context: ctx };
}

describe("single requests, decided by the reference", () => {
  for (const one of cases)
    it(one.name, () => equal(isAllowed(requestOf(one), policiesOf(one)) ? "Allowed" : "Denied", one.expected));
});

/**
 * The core is asked what may be allowed in some circumstances, so the case's own circumstances are made the only ones: a
 * further level of service control policies allows nothing but the values of the case, and no key that it lacks.
 */
function principalOf(one: Case): Principal {
  const { identity, boundary, scps = [] } = policiesOf(one);
  const names = Object.keys(one.request.ctx).map((name) => name.toLowerCase());
  const isSession = names.includes("aws:multifactorauthpresent");
  const absent = [...KEYS, ...(isSession ? [] : ["aws:tokenissuetime"])].filter((key) => !names.includes(key));
  const tags = Object.entries(one.request.ctx).filter(([key]) => key.startsWith(TAG));
  const only = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: one.request.ctx, Null: Object.fromEntries(absent.map((key) => [key, "true"])) },
    },
  };
  return {
    kind: "user",
    name: "alice",
    account: "123456789012",
    tags: Object.fromEntries(tags.map(([key, value]) => [key.slice(TAG.length), String(value)])),
    identity: identity.map((policy) => read(policy, "identity")),
    ...(boundary === undefined ? {} : { boundary: read(boundary, "identity") }),
    scps: [...scps, [only]].map((level) => level.map((policy) => read(policy, "scp"))),
  };
}

const TAG = "aws:PrincipalTag/";

/** Keys that some case is about and that a user's request can lack. */
const KEYS = [
  "aws:tagkeys",
  "aws:multifactorauthpresent",
  "aws:multifactorauthage",
  "aws:sourceip",
  "s3:existingobjecttag/team",
];

/** Only a request that an AWS service makes for the caller has these values; the core asks about the caller's own. */
function isMadeByService({ request }: Case): boolean {
  return "aws:SourceArn" in request.ctx || request.ctx["aws:ViaAWSService"] === "true";
}

function read(policy: unknown, kind: PolicyKind): Policy {
  const { document } = parseDocument(typeof policy === "string" ? policy : JSON.stringify(policy), kind);
  if (document === undefined) throw new Error("the case's policy cannot be read");
  return { origin: kind, document };
}

function answerOf(one: Case): string {
  return mayCall(principalOf(one), { action: one.request.action, resources: [one.request.resource] }).answer;
}

describe("single requests, decided by the core", () => {
  for (const one of cases.filter((each) => !isMadeByService(each)))
    it(one.name, () => equal(answerOf(one), one.expected === "Allowed" ? "yes" : "no"));

  for (const one of cases.filter(isMadeByService))
    it(`${one.name}, but not for a request of the caller itself`, () => equal(answerOf(one), "no"));
});
