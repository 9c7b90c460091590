import { arnGlob } from "../language/arn-glob";
import { derived } from "../shared/remembering";
import type { Domain } from "../solver/domain";
import { likeTest } from "../solver/test";
import type { Principal } from "./principal";
import type { Scenario } from "./request";
import { anyResource, notOfAws } from "./resource-domain";
import { type EntityType, unmentionedName } from "./unmentioned-name";

/** Names of entities that no policy singles out. */
const arbitrary = {
  user: "arbitrary-user",
  group: "arbitrary-group",
  role: "arbitrary-role",
  policy: "arbitrary-policy",
};

/** An IAM entity of the principal's account. */
export function entityArn(scenario: Scenario, type: EntityType, name: string, path = "/"): string {
  return `arn:${scenario.partition}:iam::${scenario.account}:${type}${path}${name}`;
}

/** Never there. */
export const never: Domain = { absent: true, values: [], multivalued: false };

/** An entity whose name nothing bounds: a policy that reaches it reaches any. */
export function arbitraryEntity(scenario: Scenario, type: EntityType): string {
  const { mentioned, partition, account } = scenario;
  const usual = arbitrary[type];
  const name = mentioned === undefined ? usual : unmentionedName(mentioned, { partition, account, type, usual });
  return entityArn(scenario, type, name);
}

/**
 * The principal itself, as the resource of a request that changes it. A member's name is what the scenario says; a group whose own
 * name is not known is not taken for one that a statement names.
 */
export function ownArn(principal: Principal, scenario: Scenario): string {
  if (principal.kind === "group" && principal.name === undefined) return arbitraryEntity(scenario, "group");
  if (principal.kind === "group") return entityArn(scenario, "group", principal.name ?? "", principal.path);
  return callerArn(scenario);
}

/** The user on whose behalf requests are made: the principal, or a member of the group. */
export function callerArn(scenario: Scenario): string {
  const own = scenario.settled.get("aws:principalarn")?.values;
  return own === undefined || own === "any" ? "" : (own[0]?.[0] ?? "");
}

/**
 * All resources but these entities. A name is given once in an account whatever the path before it ("IAM identifiers", IAM User Guide),
 * so that no other entity has theirs.
 */
export function otherThan(domain: Domain, arns: readonly string[]): Domain {
  if (arns.length === 0) return domain;
  const theirs = arns.flatMap((arn) => {
    const [, start = "", name = ""] = /^([^/]*\/)(?:.*\/)?([^/]*)$/.exec(arn) ?? [];
    return [arn, `${start}${name}`, `${start}*/${name}`];
  });
  return { ...domain, always: [...(domain.always ?? []), likeTest(theirs.map(arnGlob), true)] };
}

/** The groups that whoever makes the requests is in. */
export function ownGroups(principal: Principal, scenario: Scenario): readonly string[] {
  if (principal.kind === "group") return [ownArn(principal, scenario)];
  return (principal.groups ?? []).map((group) => entityArn(scenario, "group", group));
}

/** ARNs of the principal's customer-managed policies; where the account in one is left open, it is the principal's own. */
export function ownPolicies(principal: Principal, scenario: Scenario): readonly string[] {
  return (principal.managedPolicyArns ?? []).map((arn) =>
    arn.replace(/^(arn:[^:]*:iam::)\*:/, `$1${scenario.account}:`),
  );
}

/**
 * Every resource of the principal's own account that is not AWS's: what counts of IAM, as nobody can change the others. An action
 * that only reads counts for those as well.
 */
export function changeable(action: number, scenario: Scenario): Domain {
  return changeableAmong(anyResource(action, scenario, "own"));
}

/** The same object for the same resources, so that what was found for them is found again. */
const changeableAmong = derived((domain: Domain): Domain => {
  const { always } = domain;
  return always === undefined || always.includes(notOfAws()) ? domain : { ...domain, always: [...always, notOfAws()] };
});

/** Whether an ARN is that of a policy of AWS, or of a role that AWS keeps to itself. */
export function isOfAws(arn: string): boolean {
  return /^arn:[^:]*:iam::(?:aws:|[^:]*:role\/aws-(?:reserved|service-role)\/)/.test(arn);
}
