import { actionName, indexOf } from "../../aws/actions";
import {
  arbitraryEntity,
  callerArn,
  changeable,
  entityArn,
  isOfAws,
  otherThan,
  ownArn,
  ownGroups,
  ownPolicies,
} from "../../requests/iam-targets";
import type { Principal } from "../../requests/principal";
import type { Scenario, Step } from "../../requests/request";
import { exactly } from "../../requests/scenario";
import type { Domain } from "../../solver/domain";
import { type Bounded, reachesElsewhere, type Supply, waysOf } from "./attachable-policies";
import { arnsIn } from "./powerful-policies";
import { withTagging } from "./tagged-targets";

/** The calls of one attack, in the order in which they are made. */
export type Attack = readonly Step[];

/** IAM calls after which the principal can do anything: on itself, its groups or the policies that it has. */
export function* attacksOnSelf(
  principal: Principal,
  supply: Supply,
  bounded = boundaryOf(principal, supply.scenario),
): Iterable<Attack> {
  const { scenario } = supply;
  const on = (name: string, arn: string, bounded: Bounded) => attacks(name, exactly(arn), bounded, supply);
  if (principal.kind === "role") {
    const own = ownArn(principal, scenario);
    // A role of AWS cannot be changed; who may change any role finds another one.
    const [arn, its] = isOfAws(own) ? ([arbitraryEntity(scenario, "role"), "any"] as const) : ([own, bounded] as const);
    yield* on("iam:PutRolePolicy", arn, its);
    yield* on("iam:AttachRolePolicy", arn, its);
  } else {
    const user = callerArn(scenario);
    yield* on("iam:PutUserPolicy", user, bounded);
    yield* on("iam:AttachUserPolicy", user, bounded);
    for (const group of ownGroups(principal, scenario)) {
      yield* on("iam:PutGroupPolicy", group, "none");
      yield* on("iam:AttachGroupPolicy", group, "none");
    }
    yield* on("iam:AddUserToGroup", arbitraryEntity(scenario, "group"), "none");
  }
  for (const policy of policiesWithin(principal, scenario)) {
    yield* on("iam:CreatePolicyVersion", policy, "none");
    yield* on("iam:SetDefaultPolicyVersion", policy, "none");
  }
}

/**
 * The same calls on any other resource, those that some name or tag bounds, and with policies that nobody knows here.
 *
 * @param held whether they are worth nothing on the principal itself
 */
export function* boundedAttacks(principal: Principal, supply: Supply, held: boolean): Iterable<Attack> {
  const calls = new Map<string, Domain>();
  for (const attack of attacksOnSelf({ ...principal, groups: ["any"] }, supply)) {
    // What comes before it only makes the last call possible.
    const { action } = attack.at(-1) ?? {};
    if (action === undefined) continue;
    const name = actionName(action);
    if (!calls.has(name)) calls.set(name, reachable(name, action, principal, supply.scenario));
  }
  for (const [name, domain] of calls) yield* attacks(name, domain, "any", supply);
  const isOnSelf = principal.kind === "role" ? /Role/ : /User/;
  for (const [name, domain] of calls) {
    if (!reachesElsewhere(name, supply)) continue;
    if (!held && isOnSelf.test(name))
      yield* attacks(name, exactly(callerArn(supply.scenario)), "any", supply, "elsewhere");
    yield* attacks(name, domain, "any", supply, "elsewhere");
  }
}

/** Calls that free the principal of its permissions boundary: take it off or rewrite it, or replace it by one that bounds nothing. */
export function* attacksOnBoundary(
  principal: Principal,
  supply: Supply,
  by: "removal" | "replacement",
): Iterable<Attack> {
  const { scenario } = supply;
  const own = ownArn(principal, scenario);
  if (principal.boundary === undefined || principal.kind === "group" || isOfAws(own)) return;
  const bounded = boundaryOf(principal, scenario);
  const entity = principal.kind === "role" ? "Role" : "User";
  if (by === "replacement") {
    yield* attacks(`iam:Put${entity}PermissionsBoundary`, exactly(own), bounded, supply);
    return;
  }
  yield* attacks(`iam:Delete${entity}PermissionsBoundary`, exactly(own), bounded, supply);
  if (typeof bounded === "string" || isOfAws(bounded.arn)) return;
  for (const name of ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"])
    yield* attacks(name, exactly(bounded.arn), "none", supply);
}

function attacks(
  name: string,
  resource: Domain,
  bounded: Bounded,
  supply: Supply,
  reach?: "powerful" | "elsewhere",
): readonly Attack[] {
  const action = indexOf(name);
  if (action === undefined) throw new Error(`the table of actions has no ${name}`);
  return waysOf(name, bounded, supply, reach).flatMap(({ before, pins, sharedKeys }) =>
    withTagging({ action, resource, pins, sharedKeys }, supply.layers, supply.candidates).map((steps) => [
      ...before,
      ...steps,
    ]),
  );
}

/** Of a group's members nobody knows which boundaries they have. */
function boundaryOf({ kind, boundary, boundaryArn }: Principal, scenario: Scenario): Bounded {
  if (kind === "group") return "any";
  if (boundary === undefined) return "none";
  if (boundaryArn === undefined) return "own";
  const [arn = boundaryArn] = arnsIn([{ arn: boundaryArn, policy: boundary }], scenario);
  return { arn };
}

/**
 * Every other resource that the call can change: nobody has the principal's name in another path. A user gains nothing by being added
 * to a group that gives no more than it has.
 */
function reachable(name: string, action: number, principal: Principal, scenario: Scenario): Domain {
  const groupsWithoutMore = (principal.groupsWithoutMore ?? []).map((group) => entityArn(scenario, "group", group));
  return otherThan(changeable(action, scenario), [
    ...(name === "iam:AddUserToGroup" ? [...ownGroups(principal, scenario), ...groupsWithoutMore] : []),
    callerArn(scenario),
  ]);
}

/** Customer-managed policies whose text is the principal's power; one that nobody can name yet is reached by reaching all. */
function policiesWithin(principal: Principal, scenario: Scenario): readonly string[] {
  const named = ownPolicies(principal, scenario);
  return (principal.customerManaged ?? named.length > 0) ? [arbitraryEntity(scenario, "policy"), ...named] : named;
}
