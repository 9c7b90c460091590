import { escalationPaths, type Grant, isRead, mayCall, type StatementRef } from "../../iam";
import { type AnyIdentity, arnOf, type Group, type PolicyEdge, type Role, type User } from "../../model";
import type { Asking } from "../authoring/analysis";
import { isRestricted, powerOf, principalOf } from "./admin-power";
import { isUnbounded, openPathsOf, servicesOf, takesOverUser } from "./paths-to-administrators";
import { mayBecome } from "./role-chains";

/** The end of a way that is no identity: whoever can write the policies of others needs none of them. */
export const adminPowerItself = "administrator power";

export type WayEnd = AnyIdentity | typeof adminPowerItself;

/** One step on a way to administrator, of whoever is at its beginning. */
export interface Step {
  readonly from: AnyIdentity;
  readonly to: WayEnd;
  /** Between the two: `may assume`. */
  readonly how: string;
  /** Id of the escalation path, where it is one. */
  readonly path?: string;
  readonly grant: Grant;
}

/** Everybody from whom a way leads to an administrator, and all steps of such ways. */
export interface Ways {
  /** Full administrators, and those who can do everything in IAM. */
  readonly administrators: ReadonlySet<AnyIdentity>;
  readonly steps: readonly Step[];
}

const membership: Grant = { witnesses: [], statements: [], qualifiers: [], unless: [] };

/**
 * The ways to administrator among the identities of a graph that is all there: over membership in groups, roles that may be assumed without MFA,
 * credentials of others, roles passed to services or rewritten, and policies that one may write. Found from the end, because few have
 * power. A member's step that one of its groups has as well is the group's.
 */
export function waysToAdministrator(asking: Asking): Ways {
  return new WayFinder(asking).find();
}

/** The identity as it would be if a statement were in none of its policies, nor in those of its groups. */
export function withoutStatement<I extends AnyIdentity>(identity: I, { origin, path }: StatementRef): I {
  const policies = identity.policies.map((edge): PolicyEdge => {
    const { policy } = edge;
    if (policy.origin !== origin || !isRead(policy)) return edge;
    const statements = policy.document.statements.filter((statement) => statement.path !== path);
    return { ...edge, policy: { ...policy, document: { ...policy.document, statements } } };
  });
  const groups =
    identity.kind === "user"
      ? { groups: identity.groups.map((group) => withoutStatement(group, { origin, path })) }
      : {};
  return { ...identity, policies, ...groups };
}

/** The steps of one identity alone, to those ends: what is left of them when the identity is another one than in the graph. */
export function stepsOf(identity: AnyIdentity, ends: readonly WayEnd[], asking: Asking): readonly Step[] {
  const finder = new WayFinder(asking);
  return ends.flatMap((end) =>
    end === adminPowerItself ? finder.stepsToPower(identity) : finder.stepsBetween(identity, end),
  );
}

class WayFinder {
  private readonly everybody: readonly AnyIdentity[];
  private readonly administrators = new Set<AnyIdentity>();
  private readonly steps: Step[] = [];
  /** What each identity reaches by a step of its own. */
  private readonly reached = new Map<AnyIdentity, Set<string>>();

  constructor(private readonly asking: Asking) {
    const { groups, users, roles } = asking.graph;
    // Groups come first, so that their members need not say the same.
    this.everybody = [...groups, ...roles, ...users];
  }

  find(): Ways {
    const worthwhile = new Set<AnyIdentity>(this.everybody.filter((each) => this.isAdministrator(each)));
    for (const each of worthwhile) this.administrators.add(each);
    for (const each of this.everybody) {
      if (!this.administrators.has(each) && this.take(this.stepsToPower(each))) worthwhile.add(each);
    }
    // The set grows while it is gone through.
    for (const end of worthwhile) {
      for (const each of this.everybody) {
        if (each === end || this.administrators.has(each)) continue;
        if (this.take(this.stepsBetween(each, end))) worthwhile.add(each);
      }
    }
    return { administrators: this.administrators, steps: this.steps };
  }

  private isAdministrator(identity: AnyIdentity): boolean {
    const power = powerOf(identity, this.asking);
    return power.answer === "yes" && power.because.level !== "self-escalation";
  }

  /** Keeps the steps that are the identity's own. Returns whether there are any. */
  private take(steps: readonly Step[]): boolean {
    const own = steps.filter((step) => {
      const { from, to, path = "" } = step;
      const key = keyOf(to, path);
      const isOfGroup = from.kind === "user" && from.groups.some((group) => this.reached.get(group)?.has(key));
      const reached = this.reached.get(from) ?? new Set();
      this.reached.set(from, reached.add(key));
      return !isOfGroup || this.isWithoutGroups(step);
    });
    this.steps.push(...own);
    return own.length > 0;
  }

  /** Whether a member could take the step if it were in no group. */
  private isWithoutGroups({ from, to }: Step): boolean {
    if (from.kind !== "user") return true;
    const alone: User = { ...from, groups: [] };
    return (to === adminPowerItself ? this.stepsToPower(alone) : this.stepsBetween(alone, to)).length > 0;
  }

  /** What an identity can do to become an administrator by itself: write its own policies, or those of anybody. */
  stepsToPower(from: AnyIdentity): readonly Step[] {
    const to = adminPowerItself;
    const power = powerOf(from, this.asking);
    if (power.answer === "yes" && !isRestricted(power.because)) {
      const [witness] = power.because.witnesses;
      return [{ from, to, how: `can give itself, by ${witness?.action ?? "one call"},`, grant: power.because }];
    }
    for (const { path, verdict } of this.asking.once(openPathsOf, from)) {
      const isOpen = path.tier === "block" && path.requires === "none" && isUnbounded({ path, verdict });
      if (!isOpen || verdict.answer !== "yes" || path.actions.some(needsAnother)) continue;
      return [{ from, to, how: `can have, by ${path.name},`, path: path.id, grant: verdict.because }];
    }
    return [];
  }

  stepsBetween(from: AnyIdentity, to: AnyIdentity): readonly Step[] {
    switch (to.kind) {
      case "role":
        return this.stepsToRole(from, to);
      case "user":
        return this.stepsToUser(from, to);
      case "group":
        return this.stepsToGroup(from, to);
    }
  }

  private stepsToRole(from: AnyIdentity, to: Role): readonly Step[] {
    const assumed = mayBecome(from, to, this.asking);
    const assuming: readonly Step[] =
      assumed.answer === "yes" ? [{ from, to, how: "may assume", grant: assumed.because }] : [];
    const isAtRoles = this.asking
      .once(openPathsOf, from)
      .some(({ path }) => path.tier === "block" && path.actions.some((action) => needsRole.has(action)));
    if (!isAtRoles) return assuming;
    const { work } = this.asking;
    const services = servicesOf(to);
    const principal = principalOf(from, this.asking);
    for (const { path, verdict } of escalationPaths(principal, { adminRoles: [arnOf(to)], ...work.of(from) })) {
      if (verdict.answer !== "yes" || path.tier !== "block" || path.requires !== "none") continue;
      if (!path.actions.some((action) => needsRole.has(action)) || !isUnbounded({ path, verdict })) continue;
      const fits =
        services === undefined || path.passedTo === undefined || path.passedTo.some((one) => services.has(one));
      if (!fits || !this.isAimedAt(from, to, path.actions)) continue;
      const how = path.passedTo === undefined ? `can take over, by ${path.name},` : `can use, by ${path.name},`;
      return [...assuming, { from, to, how, path: path.id, grant: aimedAt(to, verdict.because) }];
    }
    return assuming;
  }

  /** A path that nothing bounds is aimed at whatever role there is; one that is bounded has to reach this one. */
  private isAimedAt(from: AnyIdentity, to: Role, actions: readonly string[]): boolean {
    const { work } = this.asking;
    const principal = principalOf(from, this.asking);
    return actions
      .filter((action) => needsRole.has(action))
      .every((action) => mayCall(principal, { action, resources: [arnOf(to)] }, work.of(from)).answer === "yes");
  }

  private stepsToUser(from: AnyIdentity, to: User): readonly Step[] {
    for (const { path } of this.asking.once(openPathsOf, from)) {
      const [action] = path.actions;
      if (action === undefined || !path.actions.every((each) => takesOverUser.has(each))) continue;
      const call = this.callOn(from, to, action);
      if (call !== undefined) return [{ from, to, how: `can get ${path.name}:`, path: path.id, grant: call }];
    }
    return [];
  }

  private stepsToGroup(from: AnyIdentity, to: Group): readonly Step[] {
    if (from.kind === "user" && from.groups.includes(to)) {
      return [{ from, to, how: "is a member of", grant: membership }];
    }
    // Whoever is no user has nobody to add but others.
    if (from.kind === "role" || !this.asking.once(openPathsOf, from).some(({ path }) => path.actions.includes(joining)))
      return [];
    const call = this.callOn(from, to, joining);
    return call === undefined ? [] : [{ from, to, how: "can add itself to", grant: call }];
  }

  private callOn(from: AnyIdentity, to: AnyIdentity, action: string): Grant | undefined {
    const { work } = this.asking;
    const call = mayCall(principalOf(from, this.asking), { action, resources: [arnOf(to)] }, work.of(from));
    return call.answer === "yes" ? call.because : undefined;
  }
}

/** The same calls with this role in the place of an arbitrary one. */
function aimedAt(role: Role, grant: Grant): Grant {
  const resource = arnOf(role);
  return {
    ...grant,
    witnesses: grant.witnesses.map((call) => (needsRole.has(call.action) ? { ...call, resource } : call)),
  };
}

const joining = "iam:AddUserToGroup";

/** Calls that are worth what the role is worth that they are aimed at. */
const needsRole: ReadonlySet<string> = new Set(["iam:PassRole", "iam:UpdateAssumeRolePolicy"]);

/** Calls that need somebody with power to be there already. */
function needsAnother(action: string): boolean {
  return needsRole.has(action) || takesOverUser.has(action) || action === joining || action === "sts:AssumeRole";
}

function keyOf(to: WayEnd, path: string): string {
  return JSON.stringify([to === adminPowerItself ? to : to.urn, path]);
}
