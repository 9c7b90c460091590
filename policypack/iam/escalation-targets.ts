import { arnTemplatesOf } from "./actions";
import { literal } from "./pattern";
import type { Principal } from "./principal";
import { likeTest } from "./resource";
import type { Scenario } from "./scenario";
import { arbitraryEntity, callerArn, changeable, type EntityType, entityArn, ownArn, ownPolicies } from "./targets";
import type { Domain } from "./values";

/** What the steps of a path are aimed at, for each type of entity. */
export type Targets = Readonly<Record<EntityType, (action: number, name: string) => Domain>>;

/** The type of entity that an IAM or STS action works on; undefined for other services and resources. */
export function entityTypeOf(action: number, name: string): EntityType | undefined {
  if (!/^(?:iam|sts):/.test(name)) return undefined;
  const types: readonly EntityType[] = ["user", "group", "role", "policy"];
  return types.find((type) => arnTemplatesOf(action).some((template) => template.includes(`:${type}/`)));
}

/** Calls that take over whoever they are aimed at, and so gain nothing when aimed at oneself. */
const takesOver = /^iam:(?:Create|Update|Delete)(?:AccessKey|LoginProfile)$/;

/** Entities that nothing bounds: to reach them is to reach any, or oneself. */
export function* freeTargets(
  principal: Principal,
  scenario: Scenario,
  adminRoles: readonly string[],
): Iterable<Targets> {
  const some = (type: EntityType) => arbitraryEntity(scenario, type);
  const oneOf = (...arns: readonly string[]): Domain => ({
    absent: false,
    values: arns.map((arn) => [arn]),
    multivalued: false,
  });
  const self = principal.kind === "role" ? [] : [callerArn(scenario)];
  const groups =
    principal.kind === "group"
      ? [ownArn(principal, scenario)]
      : (principal.groups ?? []).map((group) => entityArn(scenario, "group", group));
  const ownRole = principal.kind === "role" ? [ownArn(principal, scenario)] : [];
  const common = {
    user: (_: number, name: string) => (takesOver.test(name) ? oneOf(some("user")) : oneOf(some("user"), ...self)),
    group: () => oneOf(some("group"), ...groups),
    policy: () => oneOf(some("policy"), ...ownPolicies(principal, scenario)),
  };
  yield { ...common, role: () => oneOf(some("role"), ...adminRoles) };
  // A role gains from changing itself, not from being passed to a service or assumed.
  if (ownRole.length > 0)
    yield {
      ...common,
      role: (_, name) => (/^iam:(?:Put|Attach)Role/.test(name) ? oneOf(...ownRole) : oneOf(some("role"))),
    };
}

/** Any entity that the caller can change, however few a policy lets it reach. */
export function* boundedTargets(principal: Principal, scenario: Scenario): Iterable<Targets> {
  const self = likeTest([literal(callerArn(scenario))], true);
  const changed = (action: number, name: string): Domain => {
    const domain = changeable(action, scenario);
    if (principal.kind === "role" || !takesOver.test(name)) return domain;
    return { ...domain, always: [...(domain.always ?? []), self] };
  };
  yield { user: changed, group: changed, policy: changed, role: changed };
}
