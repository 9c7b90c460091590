import type { Shared } from "../answer/budget";
import { isFederated, keyFacts, qualifierOf } from "../aws/condition-keys";
import { partitions, regionsOf } from "../aws/partitions";
import { taskPolicies, taskPolicyKey } from "../aws/root-tasks";
import type { Mentioned } from "../language/mentions";
import { parseOperator } from "../language/operator";
import { type Pattern, textPattern } from "../language/pattern";
import { parseTemplate } from "../language/template";
import { derived, remembering } from "../shared/remembering";
import { type Domain, ordinaryAddress } from "../solver/domain";
import { likeTest, type Test } from "../solver/test";
import { someAccount } from "./accounts";
import type { Identity } from "./identities";
import type { Principal } from "./principal";
import type { Freed, Scenario } from "./request";

export const never: Domain = { absent: true, values: [], multivalued: false };
const anything: Domain = { absent: false, values: "any", multivalued: false };

/** A session of sts:GetSessionToken lasts longest ("GetSessionToken", AWS STS API Reference): 36 hours. */
const longestSession = 129_600;

const anyAge: Domain = {
  ...anything,
  usual: ["0", "300"],
  always: [
    bound("aws:multifactorauthage", "NumericGreaterThanEquals", "0"),
    bound("aws:multifactorauthage", "NumericLessThan", String(longestSession)),
  ],
};

/** What a witness says of the time where nothing asks for it and nobody knows when requests are made. */
const someMoment = "2026-01-01T00:00:00.000Z";

/** When a session can have begun that is still alive. */
function anyStart(now: number | undefined): Domain {
  if (now === undefined) return { ...anything, usual: [someMoment] };
  const at = (time: number) => new Date(time).toISOString();
  const key = "aws:tokenissuetime";
  return {
    ...anything,
    always: [
      bound(key, "DateGreaterThanEquals", at(now - longestSession * 1000)),
      bound(key, "DateLessThanEquals", at(now)),
    ],
  };
}

export function exactly(value: string): Domain {
  return { absent: false, values: [[value]], multivalued: false };
}

/**
 * Made by AWS with the user or role, so that nobody knows it before; a role's session adds its name. "IAM identifiers", Unique
 * identifiers, and "IAM JSON policy elements: Variables and tags", Principal key values (IAM User Guide).
 */
export const idOfUser: Domain = identifier("AIDA?*", "*:*", "AIDAEXAMPLE");
export const idOfRole: Domain = identifier("AROA?*:?*", "*:*:*", "AROAEXAMPLE:session");

function identifier(form: string, unlike: string, usual: string): Domain {
  const key = "aws:userid";
  const always = [on(key, likeTest([globOf(form)])), on(key, likeTest([globOf(unlike)], true))];
  return { ...anything, form, usual: [usual], always };
}

type Credentials = "long-term" | "session" | "session-with-mfa";

const labels: Readonly<Record<Principal["kind"], Readonly<Record<Credentials, string>>>> = {
  user: {
    "long-term": "the user's access key, without MFA",
    session: "the user's console or temporary session, without MFA",
    "session-with-mfa": "the user, signed in with MFA",
  },
  group: {
    "long-term": "a member's access key, without MFA",
    session: "a member's console or temporary session, without MFA",
    "session-with-mfa": "a member, signed in with MFA",
  },
  role: {
    "long-term": "",
    session: "a session of the role",
    "session-with-mfa": "a session of the role that was assumed with MFA",
  },
};

/**
 * The scenarios in which the principal can make requests, those without MFA first. A user's long-term key carries no MFA key
 * at all, a console or temporary session without MFA says `false`.
 * "AWS global condition context keys": aws:MultiFactorAuthPresent, aws:MultiFactorAuthAge, aws:TokenIssueTime (IAM User Guide).
 */
export function scenariosOf(
  principal: Principal,
  identity: Identity,
  { now, mentioned }: { readonly now?: Date | undefined; readonly mentioned?: Mentioned } = {},
): readonly Scenario[] {
  const credentials: readonly Credentials[] =
    principal.kind === "role" ? ["session", "session-with-mfa"] : ["long-term", "session", "session-with-mfa"];
  return credentials.map((each) => ({
    ...scenario(principal, identity, each, now?.getTime()),
    ...(mentioned === undefined ? {} : { mentioned }),
  }));
}

function scenario(
  principal: Principal,
  identity: Identity,
  credentials: Credentials,
  now: number | undefined,
): Scenario {
  const { account, partition } = identity;
  const settled = new Map<string, Domain>([
    ...identityKeys(principal, identity),
    ...mfaKeys(principal, credentials, now),
    ["aws:assumedroot", never],
  ]);
  const mfa = credentials === "session-with-mfa";
  const label = labels[principal.kind][credentials];
  const withKey = credentials === "long-term";
  return { label, mfa, withKey, account, partition, settled, tags: principal.tags, now };
}

/** "IAM JSON policy elements: Variables and tags", Where you can use policy variables: the table of principal key values (IAM User Guide). */
function identityKeys(
  { kind }: Principal,
  { account, partition, name, path }: Identity,
): readonly (readonly [string, Domain])[] {
  const entity = kind === "role" ? "role" : "user";
  const shared = [
    ["aws:principalarn", exactly(`arn:${partition}:iam::${account}:${entity}${path}${name}`)],
    ["aws:principalaccount", exactly(account)],
  ] as const;
  if (entity === "role")
    return [
      ...shared,
      ["aws:principaltype", exactly("AssumedRole")],
      ["aws:userid", idOfRole],
      ["aws:username", never],
    ];
  return [
    ...shared,
    ["aws:principaltype", exactly("User")],
    ["aws:userid", idOfUser],
    ["aws:username", exactly(name)],
    ["aws:sourceidentity", never],
    ["aws:federatedprovider", never],
    ["aws:chatbotsourcearn", never],
  ];
}

function mfaKeys(
  { kind }: Pick<Principal, "kind">,
  credentials: Credentials,
  now: number | undefined,
): readonly (readonly [string, Domain])[] {
  switch (credentials) {
    case "long-term":
      return [
        ["aws:multifactorauthpresent", never],
        ["aws:multifactorauthage", never],
        ["aws:tokenissuetime", never],
      ];
    case "session":
      return [
        ["aws:multifactorauthpresent", { absent: kind === "role", values: [["false"]], multivalued: false }],
        ["aws:multifactorauthage", never],
        ["aws:tokenissuetime", anyStart(now)],
      ];
    case "session-with-mfa":
      return [
        ["aws:multifactorauthpresent", exactly("true")],
        ["aws:multifactorauthage", anyAge],
        ["aws:tokenissuetime", anyStart(now)],
      ];
  }
}

/**
 * The root user of an account that is a member of an organization: signed in itself, or by a session of sts:AssumeRoot.
 * "Centrally manage root access for member accounts" and aws:AssumedRoot (IAM User Guide).
 */
export function rootScenario(
  partition: string,
  account: string,
  by: "itself" | "AssumeRoot",
  { now: date }: Pick<Shared, "now"> = {},
): Scenario {
  const now = date?.getTime();
  const settled = new Map<string, Domain>([
    ["aws:principalarn", exactly(`arn:${partition}:iam::${account}:root`)],
    ["aws:principalaccount", exactly(account)],
    ["aws:principaltype", exactly("Account")],
    ["aws:userid", exactly(account)],
    ["aws:username", never],
    ["aws:sourceidentity", never],
    ["aws:federatedprovider", never],
    ["aws:assumedroot", by === "itself" ? never : exactly("true")],
    ["aws:multifactorauthpresent", { absent: true, values: [["false"], ["true"]], multivalued: false }],
    ["aws:multifactorauthage", { ...anyAge, absent: true }],
    ["aws:tokenissuetime", { ...anyStart(now), absent: true }],
  ]);
  const label = by === "itself" ? "the root user of a member account" : "a root session made by sts:AssumeRoot";
  return { label, mfa: false, account, partition, settled, tags: {}, now };
}

/**
 * Whoever may have a policy, in the three states of MFA: by access key and by session without it, and with it. Nothing else is
 * settled, not even who asks, so that other conditions can hold whatever they ask for.
 */
export function mfaScenarios(
  partition: string,
  { now: date }: Pick<Shared, "now"> = {},
): { readonly without: readonly Scenario[]; readonly withMfa: Scenario } {
  const now = date?.getTime();
  const scenarioOf = (credentials: Credentials, label: string): Scenario => {
    const keys = mfaKeys({ kind: "user" }, credentials, now);
    const settled = new Map(keys.filter(([key]) => key.startsWith("aws:multifactorauth")));
    const mfa = credentials === "session-with-mfa";
    // Nothing that is asked here is about the caller's own account: no key says it, and resources are those of any.
    return { label, mfa, account: someAccount, partition, settled, tags: undefined, now };
  };
  return {
    without: [
      scenarioOf("long-term", "an access key, without MFA"),
      scenarioOf("session", "a console or temporary session, without MFA"),
    ],
    withMfa: scenarioOf("session-with-mfa", "signed in with MFA"),
  };
}

/**
 * What a request in the scenario can have for a key. `freed` names the sorts of circumstances that may be anything; the
 * others are ordinary: any address outside all networks that a policy may list, no tags, the present moment.
 */
export function domainOf(scenario: Scenario, key: string, freed: Freed): Domain {
  const settled = scenario.settled.get(key);
  if (settled !== undefined) return settled;
  const qualifier = qualifierOf(key);
  const isFree = qualifier === undefined || freed.has(qualifier);
  const known = openDomains(scenario);
  const asked = `${isFree} ${key}`;
  const domain = known.get(asked) ?? openDomain(scenario, key, isFree);
  known.set(asked, domain);
  return domain;
}

/** The same object for the same question, so that what was found for it is found again. */
const openDomains = derived((_: Scenario) => new Map<string, Domain>());

function openDomain(scenario: Scenario, key: string, isFree: boolean): Domain {
  if (key.startsWith("aws:principaltag/") && scenario.tags !== undefined) return declaredTag(scenario.tags, key);
  const facts = keyFacts(key);
  if (facts === undefined) return never;
  if (facts.origin === "service") return facts.always ? exactly("false") : never;
  if (key === taskPolicyKey) return oneOf(taskPolicies(scenario.partition, "all"));
  // In a session of a role they come from the call that began it; a user or an account outside has none.
  if (isFederated(key) && scenario.settled.get("aws:username")?.values.length !== 0) return never;
  // Where it is not known what time it is, none is unusual.
  if (!isFree && !(scenario.now === undefined && isClock(key))) return ordinary(scenario, key);
  const always =
    scenario.now !== undefined && isClock(key)
      ? [bound(key, "DateGreaterThanEquals", new Date(scenario.now).toISOString())]
      : naturalOf(key);
  return {
    absent: !facts.always,
    values: "any",
    multivalued: facts.multivalued,
    always,
    usual: usualOf(scenario, key),
  };
}

function usualOf({ now }: Scenario, key: string): readonly string[] {
  if (key === "aws:securetransport") return ["true"];
  if (now !== undefined || !isClock(key)) return [];
  return key === "aws:currenttime" ? [someMoment] : [String(Date.parse(someMoment) / 1000)];
}

/** What aws:RequestedRegion can be in requests for the action, as AWS writes it. */
export function regionDomain(action: string, partition: string): Domain {
  const only = regionsOf(action, partition);
  return only === undefined ? anyRegion(partition) : regionAmong(only.join());
}

const regionAmong = remembering((names) => oneOf(names.split(",")));

export function oneOf(values: readonly string[]): Domain {
  return { absent: false, values: values.map((value) => [value]), multivalued: false };
}

/** Regions of other partitions are none. Those to come have names of the same shape. */
const anyRegion = remembering((partition): Domain => {
  const own = partitions.find(({ name }) => name === partition);
  const globs = (prefixes: readonly string[]) => prefixes.map((prefix) => globOf(`${prefix}*`));
  const always =
    own?.regionPrefix === undefined
      ? [
          on("aws:requestedregion", likeTest(Array.from("123456789", (number) => globOf(`*-*-${number}`)))),
          on("aws:requestedregion", likeTest(globs(prefixesOfOthers), true)),
        ]
      : [on("aws:requestedregion", likeTest(globs([own.regionPrefix])))];
  const first = own?.globalRegion ?? "us-east-1";
  return {
    ...anything,
    always,
    usual: partition === "aws" ? [first, "eu-central-1", "us-west-2", "eu-west-2"] : [first],
  };
});

const prefixesOfOthers = partitions.flatMap(({ regionPrefix }) => regionPrefix ?? []);

function on(key: string, test: Test): Test {
  return { ...test, key };
}

function globOf(text: string): Pattern {
  return textPattern(parseTemplate(text, { variables: false, wildcards: true }));
}

function isClock(key: string): boolean {
  return key === "aws:currenttime" || key === "aws:epochtime";
}

function ordinary({ now = 0 }: Scenario, key: string): Domain {
  if (key === "aws:currenttime") return exactly(new Date(now).toISOString());
  if (key === "aws:epochtime") return exactly(String(Math.floor(now / 1000)));
  if (key === "aws:sourceip") return { absent: true, values: [[ordinaryAddress]], multivalued: false };
  return never;
}

function declaredTag(tags: Readonly<Record<string, string>>, key: string): Domain {
  const name = key.slice("aws:principaltag/".length);
  const declared = Object.keys(tags).find((tag) => tag.toLowerCase() === name);
  return declared === undefined ? never : exactly(tags[declared] ?? "");
}

function operator(name: string) {
  const parsed = parseOperator(name);
  if (parsed === undefined) throw new Error(`no operator ${name}`);
  return parsed;
}

function bound(key: string, name: string, value: string): Test {
  return { key, operator: operator(name), patterns: [], exactPatterns: [], values: [value] };
}

/** Networks that no request to AWS over the internet comes from ("Address Allocation for Private Internets", RFC 1918). */
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7"];

function naturalOf(key: string): NonNullable<Domain["always"]> {
  if (key !== "aws:sourceip") return [];
  return [{ key, operator: operator("NotIpAddress"), patterns: [], exactPatterns: [], values: privateNetworks }];
}
