import {
  type EscalationFinding,
  escalationPaths,
  type Grant,
  isRead,
  mayCall,
  type Principal,
  type Shared,
  unknown,
  type Verdict,
  yes,
} from "../../iam";
import { type AnyIdentity, arnOf, type Graph, nameForPeople, type Role, type User } from "../../model";
import type { Asking } from "../authoring/analysis";
import { isRestricted, powerOf, principalOf } from "./admin-power";
import { accountsIn } from "./mentioned-accounts";

/** Calls that give their caller a credential of another user. */
export const takesOverUser: ReadonlySet<string> = new Set([
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
]);

/** All paths that an identity opens, those to the stack's own identities of admin power in place of bounded ones. */
export function openPathsOf(identity: AnyIdentity, asking: Asking): readonly EscalationFinding[] {
  const principal = principalOf(identity, asking);
  const open = escalationPaths(principal, asking.work.of(identity));
  const found = new Map(open.map((finding) => [finding.path.id, finding]));
  for (const finding of towardsAdministrators(open, principal, identity, asking)) found.set(finding.path.id, finding);
  return [...found.values()];
}

/**
 * Paths that reach a role or user of the stack which has admin power: bounded as they are, they are worth as much as unbounded
 * ones. A role can only be passed to a service that its trust policy names.
 *
 * @param found the paths that the principal opens, whatever they reach
 */
function* towardsAdministrators(
  found: readonly EscalationFinding[],
  principal: Principal,
  identity: AnyIdentity,
  asking: Asking,
): Iterable<EscalationFinding> {
  const { graph, work } = asking;
  const isAnother = (other: AnyIdentity): boolean => other !== identity;
  // Who can make itself an administrator without them needs none of them.
  if (found.length === 0 || found.some(isWayWithoutThem)) return;
  const accounts = principal.account === undefined ? accountsIn(principal) : [];
  const roles = found.every(onlyAssumes) ? [] : asking.once(powerfulRoles, graph).filter(isAnother);
  for (const [first, ...alike] of rolesByService(roles)) {
    const services = servicesOf(first);
    const adminRoles = [first, ...alike].flatMap((role) => arnsOf(role, accounts));
    for (const finding of escalationPaths(principal, { adminRoles, ...work.of(identity) })) {
      const { path } = finding;
      const fits =
        services === undefined || path.passedTo === undefined || path.passedTo.some((name) => services.has(name));
      if (!fits || onlyAssumes(finding)) continue;
      if (isUnbounded(finding)) yield finding;
      else if (mayReach(first, finding, principal, work.of(identity))) yield { path, verdict: unnamed(first) };
    }
  }

  const users = asking.once(powerfulUsers, graph).filter(isAnother);
  if (users.length === 0) return;
  const known = found.filter(({ path }) => path.actions.every((action) => takesOverUser.has(action)));
  for (const { path } of known) {
    const resources = users.flatMap((user) => arnsOf(user, accounts));
    const [action] = path.actions;
    const call = action === undefined ? undefined : mayCall(principal, { action, resources }, work.of(identity));
    if (call?.answer === "yes") {
      const qualifiers = call.because.qualifiers.filter((qualifier) => qualifier !== "resource");
      yield { path, verdict: yes({ ...call.because, qualifiers }) };
    }
  }
}

function powerfulRoles({ roles }: Graph, asking: Asking): readonly Role[] {
  return roles.filter((role) => isPowerful(role, asking));
}

function powerfulUsers({ users }: Graph, asking: Asking): readonly User[] {
  return users.filter((user) => isPowerful(user, asking));
}

function isPowerful(identity: Role | User, asking: Asking): boolean {
  const power = powerOf(identity, asking);
  return power.answer === "yes" && !isRestricted(power.because);
}

/** Which roles the identity may assume, and with what proof, no-overbroad-* asks with their trust policies at hand. */
function onlyAssumes({ path }: EscalationFinding): boolean {
  return path.actions.every((action) => action === "sts:AssumeRole");
}

/** Roles that may be given to the same services, which are asked about at once; each by itself whose path or name is not known yet. */
function rolesByService(roles: readonly Role[]): readonly (readonly [Role, ...Role[]])[] {
  const groups = new Map<string, [Role, ...Role[]]>();
  for (const role of roles) {
    const services = servicesOf(role);
    const key = isNamed(role) ? JSON.stringify(services === undefined ? [] : ["", ...services].sort()) : role.urn;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [role]);
    else group.push(role);
  }
  return [...groups.values()];
}

function isNamed({ arn, path, name }: Role): boolean {
  return arn !== undefined || (path !== undefined && name.known);
}

/** Whether a role's path or name is not known yet, and may be one that all calls about roles of a bounded path are allowed on. */
function mayReach(role: Role, { path, verdict }: EscalationFinding, principal: Principal, options: Shared): boolean {
  if (verdict.answer !== "yes" || isNamed(role)) return false;
  const aboutRoles = path.actions.filter((action) => action.startsWith("iam:") && action.includes("Role"));
  return aboutRoles.every(
    (action) => mayCall(principal, { action, resources: [arnOf(role)] }, options).answer !== "no",
  );
}

function unnamed(role: Role): Verdict<Grant> {
  return unknown(`the path or name of the ${nameForPeople(role)}, which has admin power, is not known yet`);
}

function isWayWithoutThem(finding: EscalationFinding): boolean {
  return finding.path.tier === "block" && finding.path.requires === "none" && isUnbounded(finding);
}

export function isUnbounded({ verdict }: EscalationFinding): boolean {
  return verdict.answer === "yes" && !verdict.because.qualifiers.some((each) => each === "resource" || each === "tag");
}

/** The identity's ARN; where nobody tells its account, one for each account that it may be in. */
function arnsOf(identity: Role | User, accounts: readonly string[]): readonly string[] {
  if (identity.account !== undefined || accounts.length === 0) return [arnOf(identity)];
  return accounts.map((account) => arnOf({ ...identity, account }));
}

/** The services that may be given the role; undefined where its trust policy is not wholly known. */
export function servicesOf({ trust }: Role): ReadonlySet<string> | undefined {
  if (!isRead(trust.policy)) return undefined;
  const principals = trust.policy.document.statements.flatMap(({ effect, principal }) =>
    effect === "Allow" && principal !== undefined ? [principal] : [],
  );
  if (principals.some(({ open, inverted }) => open || inverted)) return undefined;
  const entries = principals.flatMap((principal) => principal.entries);
  return new Set(entries.filter(({ type }) => type === "Service").map(({ value }) => value));
}
