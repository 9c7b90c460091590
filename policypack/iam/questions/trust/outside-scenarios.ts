import { conditionKeysOf, indexOf } from "../../aws/actions";
import { isFederated } from "../../aws/condition-keys";
import { arnGlob } from "../../language/arn-glob";
import { matchesWildcards } from "../../language/glob";
import { someAccount } from "../../requests/accounts";
import type { Scenario } from "../../requests/request";
import { exactly, idOfRole, idOfUser } from "../../requests/scenario";
import type { Domain } from "../../solver/domain";
import { likeTest } from "../../solver/test";

/** Requests of those who are not known: what is settled about them, and what they can choose. */

const never: Domain = { absent: true, values: [], multivalued: false };
const anything: Domain = { absent: false, values: "any", multivalued: false };
const maybe: Domain = { ...anything, absent: true };

/** What a trust policy is asked about, besides who asks. */
export interface OutsideFacts {
  /** By condition key: the values that somebody outside can have for it. */
  readonly named: ReadonlyMap<string, Domain>;
  /** Condition keys and policy variables that the trust policy mentions. */
  readonly keys: readonly string[];
  /** Milliseconds since 1970, where it is known when requests are made. */
  readonly now: number | undefined;
  readonly partition: string;
  /** Only requests without MFA. */
  readonly withoutMfa?: boolean;
}

/**
 * A user and a role of an account outside. Neither is the root user, which cannot call sts:AssumeRole ("AssumeRole", AWS STS API
 * Reference).
 */
export function scenariosOfAccount(
  account: string,
  { named, keys, now, partition, withoutMfa = false }: OutsideFacts,
): readonly Scenario[] {
  const present = withoutMfa ? [["false"]] : [["false"], ["true"]];
  const shared: readonly (readonly [string, Domain])[] = [
    ["aws:principalaccount", exactly(account)],
    ["aws:assumedroot", never],
    ["aws:multifactorauthpresent", { absent: true, values: present, multivalued: false }],
    ["aws:multifactorauthage", withoutMfa ? never : maybe],
    ["aws:tokenissuetime", maybe],
  ];
  const claims = keys.filter(isFederated);
  const user = new Map<string, Domain>([
    ...shared,
    ["aws:principalarn", arnDomain(partition, account, "user")],
    ["aws:principaltype", exactly("User")],
    ["aws:username", anything],
    ["aws:userid", idOfUser],
    ["aws:sourceidentity", never],
    ["aws:federatedprovider", never],
    ...claims.map((key) => [key, never] as const),
    ...named,
  ]);
  // A role's session keeps a few claims of the token that began it.
  const lost = claims.filter((key) => !isDocumented("sts:AssumeRole", key));
  const role = new Map<string, Domain>([
    ...shared,
    ["aws:principalarn", arnDomain(partition, account, "role")],
    ["aws:principaltype", exactly("AssumedRole")],
    ["aws:userid", idOfRole],
    ...lost.map((key) => [key, never] as const),
    ...named,
    ["aws:username", never],
  ]);
  return [
    outside(`a user of the account ${account}`, account, { settled: user, now, partition }),
    outside(`a role of the account ${account}`, account, { settled: role, now, partition }),
  ];
}

function arnDomain(partition: string, account: string, kind: "user" | "role"): Domain {
  return { ...anything, always: [likeTest([arnGlob(`arn:${partition}:iam::${account}:${kind}/*`)])] };
}

/** What the sessions of a caller are known by; the call that exchanges a token or a certificate is made by none. */
const keysOfPrincipals = [
  ...["arn", "account", "type", "orgid", "orgpaths"].map((name) => `aws:principal${name}`),
  "aws:userid",
  "aws:username",
  "aws:multifactorauthpresent",
  "aws:multifactorauthage",
  "aws:tokenissuetime",
  "aws:assumedroot",
  "aws:sourceidentity",
  "aws:federatedprovider",
];

/**
 * Whoever holds a token of an issuer. The call that exchanges it is not signed, so nothing is known of a principal of AWS. Of the
 * token's claims only those are in the request that AWS maps to condition keys.
 * "AssumeRoleWithWebIdentity" (AWS STS API Reference); "IAM and AWS STS condition context keys", Available keys for AWS OIDC
 * federation (IAM User Guide).
 */
export function scenarioOfToken(issuer: string, { named, keys, now, partition }: OutsideFacts): Scenario {
  const absent = keys.filter(
    (key) => isFederated(key) && !(key.startsWith(`${issuer}:`) && isMappedClaim(key, issuer)),
  );
  const settled = new Map<string, Domain>([
    ...[...absent, ...keysOfPrincipals].map((key) => [key, never] as const),
    // No identity provider that is open to everybody says in its tokens which roles they are for.
    ["sts:roleauthorizedbyidp", { absent: true, values: [["false"]], multivalued: false }] as const,
    ...named,
  ]);
  return { ...outside(`somebody with a token of ${issuer}`, someAccount, { settled, now, partition }), tags: {} };
}

/** Claims that AWS maps for every issuer. */
const standardClaims: ReadonlySet<string> = new Set(["amr", "aud", "email", "oaud", "sub"]);

function isMappedClaim(key: string, issuer: string): boolean {
  return standardClaims.has(key.slice(issuer.length + 1)) || isDocumented("sts:AssumeRoleWithWebIdentity", key);
}

function isDocumented(action: string, key: string): boolean {
  return conditionKeysOf(indexOf(action) ?? 0).some((template) =>
    matchesWildcards(template.toLowerCase().replace(/\$\{[^}]*\}/g, "?*"), key),
  );
}

/**
 * The holder of a certificate that some trust anchor of the account accepts: IAM Roles Anywhere assumes the role in its name, with
 * what stands in the certificate as tags. "Trust model in AWS Identity and Access Management Roles Anywhere" (IAM Roles Anywhere
 * User Guide).
 */
export function scenarioOfCertificate({ named, now, partition }: OutsideFacts): Scenario {
  const service = "rolesanywhere.amazonaws.com";
  const settled = new Map<string, Domain>([
    ...keysOfPrincipals.map((key) => [key, never] as const),
    ["aws:principalisawsservice", exactly("true")],
    ["aws:principalservicename", exactly(service)],
    ["aws:sourceaccount", anything],
    ["aws:sourcearn", anything],
    ["sts:sourceidentity", anything],
    ["sts:externalid", never],
    ...named,
  ]);
  return {
    ...outside("whoever holds a certificate for IAM Roles Anywhere", someAccount, { settled, now, partition }),
    tags: undefined,
  };
}

/** @param account of whoever asks; the holder of a token or certificate has none, and nothing that is asked about it needs one */
function outside(label: string, account: string, given: Pick<Scenario, "settled" | "now" | "partition">): Scenario {
  return { label, mfa: false, account, tags: undefined, ...given };
}
