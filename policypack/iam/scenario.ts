import type { Test } from "./condition";
import { type Identity, someAccount } from "./identity";
import { keyFacts, qualifierOf } from "./keys";
import { parseOperator } from "./operator";
import type { Principal, Qualifier } from "./principal";
import { type Domain, ordinaryAddress } from "./values";

/** Who makes the request and with which credentials: settles most condition keys before any search. */
export interface Scenario {
  /** For people. */
  readonly label: string;
  readonly mfa: boolean;
  readonly account: string;
  readonly partition: string;
  /** Values of the keys that the scenario settles; `undefined` for those that it rules out. */
  readonly settled: ReadonlyMap<string, Domain>;
  /** Principal tags where they are known; then no others exist. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Milliseconds since 1970; requests are made from then on. */
  readonly now: number;
}

const never: Domain = { absent: true, values: [], multivalued: false };
const anything: Domain = { absent: false, values: "any", multivalued: false };
const anyAge: Domain = { ...anything, usual: ["0", "300"] };

export function exactly(value: string): Domain {
  return { absent: false, values: [[value]], multivalued: false };
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
export function scenariosOf(principal: Principal, identity: Identity): readonly Scenario[] {
  const credentials: readonly Credentials[] =
    principal.kind === "role" ? ["session", "session-with-mfa"] : ["long-term", "session", "session-with-mfa"];
  return credentials.map((each) => scenario(principal, identity, each));
}

function scenario(principal: Principal, identity: Identity, credentials: Credentials): Scenario {
  const { account, partition } = identity;
  const settled = new Map<string, Domain>([
    ...identityKeys(principal, identity),
    ...mfaKeys(principal, credentials),
    ["aws:assumedroot", never],
  ]);
  const mfa = credentials === "session-with-mfa";
  const label = labels[principal.kind][credentials];
  return { label, mfa, account, partition, settled, tags: principal.tags, now: Date.now() };
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
      ["aws:userid", anything],
      ["aws:username", never],
    ];
  return [
    ...shared,
    ["aws:principaltype", exactly("User")],
    ["aws:userid", exactly("AIDAEXAMPLE")],
    ["aws:username", exactly(name)],
    ["aws:sourceidentity", never],
    ["aws:federatedprovider", never],
    ["aws:chatbotsourcearn", never],
  ];
}

function mfaKeys({ kind }: Principal, credentials: Credentials): readonly (readonly [string, Domain])[] {
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
        ["aws:tokenissuetime", anything],
      ];
    case "session-with-mfa":
      return [
        ["aws:multifactorauthpresent", exactly("true")],
        ["aws:multifactorauthage", anyAge],
        ["aws:tokenissuetime", anything],
      ];
  }
}

/**
 * The root user of an account that is a member of an organization: signed in itself, or by a session of sts:AssumeRoot.
 * "Centrally manage root access for member accounts" and aws:AssumedRoot (IAM User Guide).
 */
export function rootScenario(partition: string, account: string, by: "itself" | "AssumeRoot"): Scenario {
  const mfa = (value: Domain["values"]): Domain => ({ absent: true, values: value, multivalued: false });
  const settled = new Map<string, Domain>([
    ["aws:principalarn", exactly(`arn:${partition}:iam::${account}:root`)],
    ["aws:principalaccount", exactly(account)],
    ["aws:principaltype", exactly("Account")],
    ["aws:userid", exactly(account)],
    ["aws:username", never],
    ["aws:sourceidentity", never],
    ["aws:federatedprovider", never],
    ["aws:assumedroot", by === "itself" ? never : exactly("true")],
    ["aws:multifactorauthpresent", mfa([["false"], ["true"]])],
    ["aws:multifactorauthage", mfa("any")],
    ["aws:tokenissuetime", mfa("any")],
  ]);
  const label = by === "itself" ? "the root user of a member account" : "a root session made by sts:AssumeRoot";
  return { label, mfa: false, account, partition, settled, tags: {}, now: Date.now() };
}

/** Any user or role of an account: `named` says which values of some keys it cannot have, `principalArn` what its ARN is like. */
export function scenarioOfAccount(account: string, named: ReadonlyMap<string, Domain>, principalArn: Test): Scenario {
  const settled = new Map<string, Domain>([
    ["aws:principalarn", { ...anything, always: [principalArn] }],
    ["aws:principalaccount", exactly(account)],
    ["aws:assumedroot", never],
    ...named,
  ]);
  return outside(`somebody in the account ${account}`, account, settled);
}

/**
 * Whoever holds a token of an issuer. The call that exchanges it is not signed, so nothing is known of a principal of AWS; of
 * `keys`, those of other issuers are not there. "AssumeRoleWithWebIdentity" (AWS STS API Reference).
 */
export function scenarioOfToken(issuer: string, named: ReadonlyMap<string, Domain>, keys: readonly string[]): Scenario {
  const ofOthers = keys.filter((key) => isFederated(key) && !key.startsWith(`${issuer}:`));
  const ofPrincipals = ["arn", "account", "type", "orgid", "orgpaths"].map((name) => `aws:principal${name}`);
  const ofSessions = ["aws:userid", "aws:username", "aws:multifactorauthpresent", "aws:multifactorauthage"];
  const absent = [...ofOthers, ...ofPrincipals, ...ofSessions, "aws:tokenissuetime", "aws:assumedroot"];
  const settled = new Map<string, Domain>([...absent.map((key) => [key, never] as const), ...named]);
  return { ...outside(`somebody with a token of ${issuer}`, someAccount, settled), tags: {} };
}

function outside(label: string, account: string, settled: ReadonlyMap<string, Domain>): Scenario {
  return { label, mfa: false, account, partition: "aws", settled, tags: undefined, now: Date.now() };
}

/**
 * Whoever may have a policy, in the three states of MFA: by access key and by session without it, and with it. Nothing else is
 * settled, not even who asks, so that other conditions can hold whatever they ask for.
 */
export function mfaScenarios(partition: string): { readonly without: readonly Scenario[]; readonly withMfa: Scenario } {
  const scenarioOf = (credentials: Credentials, label: string): Scenario => {
    const keys = mfaKeys({ kind: "user", identity: [] }, credentials);
    const settled = new Map(keys.filter(([key]) => key.startsWith("aws:multifactorauth")));
    const mfa = credentials === "session-with-mfa";
    return { label, mfa, account: someAccount, partition, settled, tags: undefined, now: Date.now() };
  };
  return {
    without: [
      scenarioOf("long-term", "an access key, without MFA"),
      scenarioOf("session", "a console or temporary session, without MFA"),
    ],
    withMfa: scenarioOf("session-with-mfa", "signed in with MFA"),
  };
}

/** Keys that identity providers put into a session: `saml:aud`, `token.actions.githubusercontent.com:sub`. */
function isFederated(key: string): boolean {
  const provider = key.slice(0, key.indexOf(":"));
  return provider === "saml" || provider.includes(".");
}

/** The sorts of circumstances that may be unusual. */
export type Freed = ReadonlySet<Qualifier>;

/**
 * What a request in the scenario can have for a key. `freed` names the sorts of circumstances that may be anything; the
 * others are ordinary: any address outside all networks that a policy may list, no tags, the present moment.
 */
export function domainOf(scenario: Scenario, key: string, freed: Freed): Domain {
  const settled = scenario.settled.get(key);
  if (settled !== undefined) return settled;
  const qualifier = qualifierOf(key);
  const isFree = qualifier === undefined || freed.has(qualifier);
  const known = openDomains.get(scenario) ?? new Map<string, Domain>();
  openDomains.set(scenario, known);
  const asked = `${isFree} ${key}`;
  const domain = known.get(asked) ?? openDomain(scenario, key, isFree);
  known.set(asked, domain);
  return domain;
}

/** The same object for the same question, so that what was found for it is found again. */
const openDomains = new WeakMap<Scenario, Map<string, Domain>>();

function openDomain(scenario: Scenario, key: string, isFree: boolean): Domain {
  if (key.startsWith("aws:principaltag/") && scenario.tags !== undefined) return declaredTag(scenario.tags, key);
  const facts = keyFacts(key);
  if (facts === undefined) return never;
  if (facts.origin === "service") return facts.always ? exactly("false") : never;
  // In a session of a role they come from the call that began it; a user or an account outside has none.
  if (isFederated(key) && scenario.settled.get("aws:username") !== never) return never;
  if (!isFree) return ordinary(scenario, key);
  const always = key === "aws:currenttime" || key === "aws:epochtime" ? [notBefore(key, scenario.now)] : naturalOf(key);
  return { absent: !facts.always, values: "any", multivalued: facts.multivalued, always, usual: usual[key] ?? [] };
}

const usual: Readonly<Record<string, readonly string[]>> = {
  "aws:requestedregion": ["us-east-1", "eu-central-1"],
  "aws:securetransport": ["true"],
};

function ordinary(scenario: Scenario, key: string): Domain {
  if (key === "aws:currenttime") return exactly(new Date(scenario.now).toISOString());
  if (key === "aws:epochtime") return exactly(String(Math.floor(scenario.now / 1000)));
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

function notBefore(key: string, time: number) {
  const value = new Date(time).toISOString();
  return { key, operator: operator("DateGreaterThanEquals"), patterns: [], exactPatterns: [], values: [value] };
}

/** Networks that no request to AWS over the internet comes from ("Address Allocation for Private Internets", RFC 1918). */
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7"];

function naturalOf(key: string): NonNullable<Domain["always"]> {
  if (key !== "aws:sourceip") return [];
  return [{ key, operator: operator("NotIpAddress"), patterns: [], exactPatterns: [], values: privateNetworks }];
}
