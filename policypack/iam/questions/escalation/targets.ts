import { arnTemplatesOf } from "../../aws/actions";
import {
  arbitraryEntity,
  callerArn,
  changeable,
  isOfAws,
  otherThan,
  ownArn,
  ownGroups,
  ownPolicies,
} from "../../requests/iam-targets";
import type { Principal } from "../../requests/principal";
import type { Scenario } from "../../requests/request";
import { exactly } from "../../requests/scenario";
import type { EntityType } from "../../requests/unmentioned-name";
import type { Domain } from "../../solver/domain";

/** What the steps of a path are aimed at. */
export interface Targets {
  /** For each type of entity. */
  readonly of: Readonly<Record<EntityType, (action: number, name: string) => Domain>>;
  /** Which policies are attached to it. */
  readonly policies: "powerful" | "elsewhere";
}

/** The type of entity that an IAM or STS action works on; undefined for other services and resources. */
export function entityTypeOf(action: number, name: string): EntityType | undefined {
  if (!/^(?:iam|sts):/.test(name)) return undefined;
  const types: readonly EntityType[] = ["user", "group", "role", "policy"];
  return types.find((type) => arnTemplatesOf(action).some((template) => template.includes(`:${type}/`)));
}

/** The call that gains nothing where one is in the group already. */
const joins = /^iam:AddUserToGroup$/;

/** Calls that take over whoever they are aimed at, and so gain nothing when aimed at oneself. */
const takesOver = /^iam:(?:Create|Update|Delete)(?:AccessKey|LoginProfile)$/;

/**
 * Entities that nothing bounds: to reach them is to reach any, or oneself.
 *
 * @param held whether more policies on the principal itself, its groups or its policies are worth nothing
 */
export function* freeTargets(
  principal: Principal,
  scenario: Scenario,
  adminRoles: readonly string[],
  held: boolean,
): Iterable<Targets> {
  const some = (type: EntityType) => arbitraryEntity(scenario, type);
  const oneOf = (...arns: readonly string[]): Domain => ({
    absent: false,
    values: arns.map((arn) => [arn]),
    multivalued: false,
  });
  const self = principal.kind === "role" || held ? [] : [callerArn(scenario)];
  const groups = ownGroups(principal, scenario);
  const policies = held ? [] : ownPolicies(principal, scenario);
  const common = {
    user: (_: number, name: string) => (takesOver.test(name) ? oneOf(some("user")) : oneOf(some("user"), ...self)),
    group: (_: number, name: string) => (joins.test(name) ? oneOf(some("group")) : oneOf(some("group"), ...groups)),
    policy: () => oneOf(some("policy"), ...policies),
  };
  yield { of: { ...common, role: () => oneOf(some("role"), ...adminRoles) }, policies: "powerful" };
  if (principal.kind !== "role" || held) return;
  const own = ownArn(principal, scenario);
  if (isOfAws(own)) return;
  // A role gains from changing itself, not from being passed to a service or assumed.
  const role = (_: number, name: string) => (/^iam:(?:Put|Attach)Role/.test(name) ? oneOf(own) : oneOf(some("role")));
  yield { of: { ...common, role }, policies: "powerful" };
}

/**
 * Any other entity that the caller can change, however few a policy lets it reach; then with policies that nobody knows here, for which
 * the caller itself will do as well. Nobody has its name in another path.
 */
export function* boundedTargets(principal: Principal, scenario: Scenario, held: boolean): Iterable<Targets> {
  const changed = (action: number, name: string): Domain => {
    const domain = changeable(action, scenario);
    if (joins.test(name)) return otherThan(domain, ownGroups(principal, scenario));
    // Who has its name in some path may be itself where its own is open; a role may be passed to a service, or assumed, by itself too.
    const isOpen = principal.path === undefined && !takesOver.test(name);
    const isPassed = principal.kind === "role" && !/^iam:(?:Put|Attach)Role/.test(name);
    return !held && (isOpen || isPassed) ? domain : otherThan(domain, [callerArn(scenario)]);
  };
  const of = { user: changed, group: changed, policy: changed, role: changed };
  yield { of, policies: "powerful" };
  yield { of, policies: "elsewhere" };
  if (held || isOfAws(callerArn(scenario))) return;
  const own = principal.kind === "role" ? "role" : "user";
  const itself = (action: number, name: string) =>
    takesOver.test(name) ? changed(action, name) : exactly(callerArn(scenario));
  yield { of: { ...of, [own]: itself }, policies: "elsewhere" };
}
