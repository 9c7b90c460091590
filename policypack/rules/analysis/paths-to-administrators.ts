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
import { type AnyIdentity, arnOf, nameForPeople, type Role, type User } from "../../model";
import type { Asking } from "../authoring/analysis";
import { isRestricted, powerOf } from "./admin-power";
import { accountsIn } from "./mentioned-accounts";

/** Calls that give their caller a credential of another user. */
const takesOverUser: ReadonlySet<string> = new Set([
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
]);

/**
 * Paths that reach a role or user of the stack which has admin power: bounded as they are, they are worth as much as unbounded
 * ones. A role can only be passed to a service that its trust policy names.
 *
 * @param found the paths that the principal opens, whatever they reach
 */
export function* towardsAdministrators(
  found: readonly EscalationFinding[],
  principal: Principal,
  identity: AnyIdentity,
  asking: Asking,
): Iterable<EscalationFinding> {
  const { graph, work } = asking;
  const isPowerful = (other: AnyIdentity): boolean => {
    if (other === identity) return false;
    const power = powerOf(other, asking);
    return power.answer === "yes" && !isRestricted(power.because);
  };
  // Who can make itself an administrator without them needs none of them.
  if (found.length === 0 || found.some(isWayWithoutThem)) return;
  const accounts = principal.account === undefined ? accountsIn(principal) : [];
  const roles = graph.roles.filter(isPowerful);
  for (const role of roles) {
    const services = servicesOf(role);
    for (const finding of escalationPaths(principal, { adminRoles: arnsOf(role, accounts), ...work.of(identity) })) {
      const { path } = finding;
      const fits =
        services === undefined || path.passedTo === undefined || path.passedTo.some((name) => services.has(name));
      // Which roles the identity may assume, and with what proof, no-overbroad-* asks with their trust policies at hand.
      const onlyAssumes = path.actions.every((action) => action === "sts:AssumeRole");
      if (!fits || onlyAssumes) continue;
      if (isUnbounded(finding)) yield finding;
      else if (mayReach(role, finding, principal, work.of(identity))) yield { path, verdict: unnamed(role) };
    }
  }

  const users = graph.users.filter(isPowerful);
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

/** Whether a role's path or name is not known yet, and may be one that all calls about roles of a bounded path are allowed on. */
function mayReach(role: Role, { path, verdict }: EscalationFinding, principal: Principal, options: Shared): boolean {
  if (verdict.answer !== "yes" || role.arn !== undefined || (role.path !== undefined && role.name.known)) return false;
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

function isUnbounded({ verdict }: EscalationFinding): boolean {
  return verdict.answer === "yes" && !verdict.because.qualifiers.some((each) => each === "resource" || each === "tag");
}

/** The identity's ARN; where nobody tells its account, one for each account that it may be in. */
function arnsOf(identity: Role | User, accounts: readonly string[]): readonly string[] {
  if (identity.account !== undefined || accounts.length === 0) return [arnOf(identity)];
  return accounts.map((account) => arnOf({ ...identity, account }));
}

/** The services that may be given the role; undefined where its trust policy is not wholly known. */
function servicesOf({ trust }: Role): ReadonlySet<string> | undefined {
  if (!isRead(trust.policy)) return undefined;
  const principals = trust.policy.document.statements.flatMap(({ effect, principal }) =>
    effect === "Allow" && principal !== undefined ? [principal] : [],
  );
  if (principals.some(({ open, inverted }) => open || inverted)) return undefined;
  const entries = principals.flatMap((principal) => principal.entries);
  return new Set(entries.filter(({ type }) => type === "Service").map(({ value }) => value));
}
