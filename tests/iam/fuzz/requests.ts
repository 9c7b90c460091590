import type { Witness } from "../../../policypack/iam";
import { indexOf, supportsConditionKey } from "../../../policypack/iam/aws/actions";
import type { Request } from "../reference";
import type { Json } from "./conditions";
import { ACCOUNT, type PolicySet } from "./documents";
import { hoursFromNow, regionsOf, valueFault } from "./facts";

type Context = Record<string, string | readonly string[]>;
type Draw = <T>(choices: readonly T[]) => T | undefined;

/** Keys of which a request can have several values at once. */
const MULTIVALUED = new Set(["aws:tagkeys", "aws:principalorgpaths"]);

/** Keys that a direct call never has, because a service or another principal has to make it. */
const NEVER = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:calledvia",
  "aws:calledviafirst",
  "aws:calledvialast",
]);

/** Keys that every request has ("AWS global condition context keys"). */
const ALWAYS = new Set(["aws:securetransport", "aws:requestedregion", "aws:currenttime"]);

/** Values of the keys that are no text. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  "aws:multifactorauthpresent": ["true", "false"],
  "aws:securetransport": ["true", "false"],
  "aws:viaawsservice": ["false"],
  "aws:multifactorauthage": ["0", "1", "300", "301", "3599", "3600", "86400", "90000", "129599"],
  "s3:max-keys": ["0", "5", "7", "10", "11", "1000"],
  "aws:currenttime": [hoursFromNow(0.1), hoursFromNow(24 * 365), hoursFromNow(24 * 365 * 10)],
  "aws:tokenissuetime": [hoursFromNow(-35.5), hoursFromNow(-24), hoursFromNow(-1), hoursFromNow(-0.01)],
  "aws:sourceip": ["203.0.113.7", "203.0.113.9", "198.51.100.3", "198.51.100.200", "2001:db8::5", "8.8.8.8"],
};

const OPERATOR_NAMES = /^(?:for(?:all|any)value[s]?:)?(?:string|arn|numeric|date|bool|ip|notip|null|binary)/i;

const MFA = "aws:multifactorauthpresent";
const MFA_AGE = "aws:multifactorauthage";
const TOKEN_TIME = "aws:tokenissuetime";
const REGION = "aws:requestedregion";
/** Keys that a scenario's requests always have, with any value. */
const VARYING = new Set([TOKEN_TIME, MFA_AGE]);

/** What is settled about the caller whatever it asks for; a key that is not here is open. */
export function settledContext(kind: PolicySet["kind"]): Context {
  const caller = `arn:aws:iam::${ACCOUNT}:${kind === "user" ? "user/alice" : "role/robot"}`;
  const shared = { "aws:principalarn": caller, "aws:principalaccount": ACCOUNT, "aws:viaawsservice": "false" };
  return kind === "user"
    ? { ...shared, "aws:username": "alice", "aws:principaltype": "User" }
    : { ...shared, "aws:principaltype": "AssumedRole" };
}

export interface Scenario {
  readonly name: "long-term key" | "without MFA" | "with MFA" | "role session";
  readonly context: Context;
  /** Further keys that a request in this scenario cannot have. */
  readonly absent: ReadonlySet<string>;
  /** What the calls of a service for its caller have besides. */
  readonly via?: Context;
}

export function scenariosOf(kind: PolicySet["kind"]): readonly Scenario[] {
  const context = settledContext(kind);
  const session = { ...context, [TOKEN_TIME]: hoursFromNow(-2) };
  const withMfa = { [MFA]: "true", [MFA_AGE]: "60" };
  if (kind === "role")
    return [
      { name: "role session", context: session, absent: new Set(["aws:username", MFA_AGE]) },
      { name: "with MFA", context: { ...session, ...withMfa }, absent: new Set(["aws:username"]) },
    ];
  return [
    { name: "long-term key", context, absent: new Set([MFA, MFA_AGE, TOKEN_TIME]) },
    { name: "without MFA", context: { ...session, [MFA]: "false" }, absent: new Set([MFA_AGE]) },
    { name: "with MFA", context: { ...session, ...withMfa }, absent: new Set() },
  ];
}

/**
 * Requests for one action and resource that the caller could really make, with values drawn from the policies' own strings:
 * a value itself, its wildcards filled in, and a near miss.
 */
export function* requestsFrom(
  policies: readonly Json[],
  asked: Pick<Request, "action" | "resource">,
  scenarios: readonly Scenario[],
  seed: number,
  count: number,
): Iterable<Request & { readonly scenario: Scenario["name"] }> {
  const draw = drawing(seed);
  const values = candidatesOf(policies);
  const number = indexOf(asked.action);
  for (let i = 0; i < count; i++) {
    const scenario = scenarios[i % scenarios.length];
    if (scenario === undefined) return;
    const context: Context = { ...scenario.context };
    for (const [key, drawn] of values) {
      const candidates = key === REGION ? regionsOf(asked.action) : drawn;
      const isClosed = (key in context && !VARYING.has(key)) || scenario.absent.has(key) || NEVER.has(key);
      if (isClosed || number === undefined || !supportsConditionKey(number, key)) continue;
      const value =
        key === MFA
          ? draw([undefined, "false"])
          : MULTIVALUED.has(key)
            ? draw<readonly string[]>([[], [draw(candidates) ?? ""], [draw(candidates) ?? "", draw(candidates) ?? ""]])
            : draw(ALWAYS.has(key) || key in context ? candidates : [undefined, ...candidates]);
      if (value !== undefined && (typeof value === "string" || value.length > 0)) context[key] = value;
    }
    yield { ...asked, context, scenario: scenario.name };
  }
}

/**
 * The request of a witness with the keys that every such request has, as far as the policies mention them: a witness may
 * leave out what makes no difference, so two requests with different values are given. Keys are in lower case.
 */
export function completed(witness: Witness, settled: Context, policies: readonly Json[]): readonly Request[] {
  const given = Object.entries(witness.context).map(([key, value]) => [key.toLowerCase(), value]);
  const missing = [...candidatesOf(policies)].filter(([key]) => ALWAYS.has(key));
  return [0, -1].map((position) => {
    const filled = missing.map(([key, values]) => {
      const possible = key === REGION ? regionsOf(witness.action) : values;
      return [key, possible.at(position) ?? ""];
    });
    const context = { ...Object.fromEntries(filled), ...settled, ...Object.fromEntries(given) };
    return { action: witness.action, resource: witness.resource, context };
  });
}

/** The scenario that a witness speaks of; through a service, what that service's calls for the caller carry. */
export function scenarioOf(witness: Witness, kind: PolicySet["kind"]): Scenario {
  const own = ownScenarioOf(witness, kind);
  const service = Object.entries(SERVICES).find(([label]) => witness.scenario.includes(label))?.[1];
  if (service === undefined) return own;
  const via = { "aws:calledvia": [service], "aws:calledviafirst": service, "aws:calledvialast": service };
  return { ...own, context: { ...own.context, "aws:viaawsservice": "true" }, via };
}

/** "Forward access sessions" and aws:CalledVia (IAM User Guide). */
const SERVICES: Readonly<Record<string, string>> = {
  "through a stack of CloudFormation": "cloudformation.amazonaws.com",
  "through a query of Athena": "athena.amazonaws.com",
  "through a table of DynamoDB": "dynamodb.amazonaws.com",
};

function ownScenarioOf(witness: Witness, kind: PolicySet["kind"]): Scenario {
  const name = /(?:signed in|assumed) with MFA/.test(witness.scenario)
    ? "with MFA"
    : kind === "role"
      ? "role session"
      : /access key/.test(witness.scenario)
        ? "long-term key"
        : "without MFA";
  const found = scenariosOf(kind).find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario is called "${witness.scenario}"`);
  return found;
}

/** Why no caller in the scenario could make the request; undefined when one could. Its keys are in lower case. */
export function impossibility(request: Request, scenario: Scenario): string | undefined {
  const { context } = request;
  for (const [key, settled] of Object.entries(scenario.context))
    if (context[key] !== settled && !VARYING.has(key)) return `${key} is ${settled}`;
  const number = indexOf(request.action);
  for (const [key, value] of Object.entries(context)) {
    const service = scenario.via?.[key];
    if (service !== undefined && String(service) !== String(value)) return `${key} is ${service}`;
    if ((NEVER.has(key) && service === undefined) || scenario.absent.has(key)) return `${key} is never there`;
    if (typeof value !== "string" && value.length > 1 && !MULTIVALUED.has(key)) return `${key} has one value`;
    if (number !== undefined && !supportsConditionKey(number, key)) return `${request.action} has no ${key}`;
    for (const text of typeof value === "string" ? [value] : value) {
      const fault = valueFault(request.action, key, text);
      if (fault !== undefined) return `${key} is ${text}, but ${fault}`;
    }
  }
  return undefined;
}

/** The condition keys of the policies in lower case, each with values worth trying. */
function candidatesOf(policies: readonly Json[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (key: string, texts: readonly string[]) => {
    const values = found.get(key.toLowerCase()) ?? new Set();
    for (const text of texts) values.add(text);
    found.set(key.toLowerCase(), values);
  };
  for (const [key, value] of policies.flatMap(conditionsIn)) add(key, nearby(key.toLowerCase(), value));
  for (const text of policies.flatMap(stringsIn))
    for (const [, key = ""] of text.matchAll(/\$\{([a-z]+:[^},]+)/gi)) add(key, ["a", "ab", "alice", "bob"]);
  return new Map([...found].map(([key, values]) => [key, [...values]]));
}

function conditionsIn(json: Json): [key: string, value: string][] {
  if (typeof json !== "object") return [];
  if (Array.isArray(json)) return json.flatMap(conditionsIn);
  return Object.entries(json).flatMap(([name, value]): [string, string][] =>
    OPERATOR_NAMES.test(name) && typeof value === "object"
      ? Object.entries(value).flatMap(([key, expected]) =>
          stringsIn(expected).map((text): [string, string] => [key, text]),
        )
      : conditionsIn(value),
  );
}

function stringsIn(json: Json): string[] {
  if (typeof json !== "object") return [String(json)];
  return (Array.isArray(json) ? json : Object.values(json)).flatMap(stringsIn);
}

/** Values of a key that lie at, inside and beside an expected value. */
function nearby(key: string, expected: string): readonly string[] {
  const typed = TYPED[key];
  if (typed !== undefined) return typed;
  const plain = expected.replace(/\$\{[^}]*\}/g, "a");
  return [
    plain.replace(/[*?]/g, "a"),
    plain.replace(/\*/g, "").replace(/\?/g, "b"),
    `${plain.replace(/[*?]/g, "")}z`,
    "ab",
    "A",
    // The value of a tag may be empty ("Rules for tagging in IAM and AWS STS", IAM User Guide).
    ...(/tag\//.test(key) ? [""] : []),
  ];
}

/** Picks evenly, and the same every time for the same seed ("mulberry32"). */
function drawing(seed: number): Draw {
  let state = seed | 0;
  return (choices) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length];
  };
}
