import { type AdminPower, adminPower } from "../iam/admin";
import { mayCall } from "../iam/call";
import type { Grant, Principal } from "../iam/principal";
import { mayAssume } from "../iam/trust";
import { no, unknown, type Verdict, yes } from "../iam/verdict";
import { arnOf, toPrincipal, waitingOf } from "../model/principals";
import type { Graph, Group, Role, User } from "../model/subjects";
import { matchesAnyGlob } from "./globs";
import type { Undecided } from "./rule";
import type { Settings } from "./settings";

export type Identity = User | Group | Role;

const strength: Readonly<Record<AdminPower["level"], number>> = { full: 3, "iam-full": 2, "self-escalation": 1 };

export function isStrongerThan(power: AdminPower, other: AdminPower): boolean {
  return strength[power.level] > strength[other.level];
}

/** What an identity of each level can do, after its name. */
export const levels: Readonly<Record<AdminPower["level"], string>> = {
  full: "has full administrator power",
  "iam-full": "can do everything in IAM, and so give itself everything else",
  "self-escalation": "can make itself an administrator with one call",
};

// A graph is asked about the same identity by several rules and by every chain of roles that leads to it.
const remembered = new WeakMap<Identity, Verdict<AdminPower>>();

/** The admin power of an identity by all its policies together (a user's groups included), roles that it may assume left aside. */
export function powerOf(identity: Identity, settings: Settings): Verdict<AdminPower> {
  const earlier = remembered.get(identity);
  if (earlier !== undefined) return earlier;
  const verdict = adminPower(principalOf(identity, settings));
  remembered.set(identity, verdict);
  return verdict;
}

/** The identity as a principal. What the settings call an MFA gate kept elsewhere grants nothing, though nobody can read it here. */
export function principalOf(identity: Identity, { gatePolicies }: Settings): Principal {
  if (gatePolicies.length === 0) return toPrincipal(identity);
  const withoutGates = <I extends Identity>(each: I): I => ({
    ...each,
    policies: each.policies.filter(({ arn }) => arn === undefined || !matchesAnyGlob(arn, gatePolicies)),
  });
  const bare = withoutGates(identity);
  return toPrincipal(bare.kind === "user" ? { ...bare, groups: bare.groups.map(withoutGates) } : bare);
}

/** An IAM step that reaches only some resources is advice; with the network, the hour or MFA as its only limit it is power. */
export function isRestricted(power: AdminPower): boolean {
  return (
    power.level === "self-escalation" &&
    power.qualifiers.some((qualifier) => qualifier === "resource" || qualifier === "tag")
  );
}

/** A role of admin power that an identity comes to, and the roles on the way, the last one included. */
export interface Reach {
  readonly chain: readonly Role[];
  readonly power: AdminPower;
  /** The call that takes the first step. */
  readonly first: Grant;
}

/**
 * Whether an identity may come to admin power by assuming a role of the stack, or a chain of them, without MFA on the way.
 * A trust policy that demands MFA ends the way.
 */
export function reachOf(start: User | Group, graph: Graph, settings: Settings): Verdict<Reach> {
  // Most stacks have no role worth the way.
  if (graph.roles.every((role) => powerOf(role, settings).answer === "no")) return no;
  const surely = walk(start, graph, settings, false);
  return surely.answer === "no" ? walk(start, graph, settings, true) : surely;
}

interface Stop {
  readonly from: Identity;
  readonly chain: readonly Role[];
  readonly first?: Grant;
  /** Why the way so far is not sure. */
  readonly doubts: readonly string[];
}

/** Follows every role that may be assumed, nearest first; `daring`: over steps as well that are not known to be possible. */
function walk(start: User | Group, graph: Graph, settings: Settings, daring: boolean): Verdict<Reach> {
  const visited = new Set<Role>();
  const stops: Stop[] = [{ from: start, chain: [], doubts: [] }];
  for (const { from, chain, first, doubts } of stops) {
    for (const role of graph.roles) {
      if (visited.has(role)) continue;
      const step = mayBecome(from, role, settings);
      if (step.answer === "no" || (step.answer === "unknown" && !daring)) continue;
      visited.add(role);
      const power = powerOf(role, settings);
      const unsure = [step, power].flatMap((verdict) => (verdict.answer === "unknown" ? verdict.because : []));
      const soFar = [...doubts, ...unsure];
      const begun = first ?? (step.answer === "yes" ? step.because : undefined);
      const stop = { from: role, chain: [...chain, role], ...(begun === undefined ? {} : { first: begun }) };
      const isPowerful = power.answer === "yes" && !isRestricted(power.because);
      if (isPowerful && soFar.length === 0 && begun !== undefined) {
        return yes({ chain: stop.chain, power: power.because, first: begun });
      }
      if (daring && (isPowerful || power.answer === "unknown") && soFar.length > 0) return unknown(...soFar);
      stops.push({ ...stop, doubts: [...doubts, ...(step.answer === "unknown" ? step.because : [])] });
    }
  }
  return no;
}

/** Whether an identity may assume a role without MFA: by being named in its trust, or by its own policies where the account is. */
function mayBecome(from: Identity, role: Role, settings: Settings): Verdict<Grant> {
  const trusted = mayAssume(role.trust.policy, callerFor(from), { mfa: false });
  if (trusted.answer !== "yes") return trusted;
  if (trusted.because.by === "named" && from.kind !== "group") return trusted;
  return mayCall(principalOf(from, settings), { action: "sts:AssumeRole", resources: [arnOf(role)], on: "some" });
}

function callerFor(identity: Identity): {
  readonly kind: "user" | "role";
  readonly arn: string;
  readonly account?: string;
} {
  const account = identity.account === undefined ? {} : { account: identity.account };
  // A group asks by one of its members, whoever that may be.
  if (identity.kind === "group")
    return { kind: "user", arn: arnOf(identity.members[0] ?? anyMemberOf(identity)), ...account };
  return { kind: identity.kind, arn: arnOf(identity), ...account };
}

function anyMemberOf(group: Group): Pick<User, "kind" | "name" | "path" | "account" | "partition"> {
  const { account, partition } = group;
  return {
    kind: "user",
    name: { known: true, value: "a-member" },
    path: "/",
    ...(account === undefined ? {} : { account }),
    ...(partition === undefined ? {} : { partition }),
  };
}

/** A group of admin power that the identity may add users to, itself among them. */
export function joinableGroup(
  identity: User | Group,
  graph: Graph,
  settings: Settings,
): { readonly group: Group; readonly power: AdminPower; readonly call: Grant } | undefined {
  const principal = principalOf(identity, settings);
  for (const group of graph.groups) {
    const power = group === identity ? no : powerOf(group, settings);
    if (power.answer !== "yes" || isRestricted(power.because)) continue;
    const call = mayCall(principal, { action: "iam:AddUserToGroup", resources: [arnOf(group)] });
    if (call.answer === "yes") return { group, power: power.because, call: call.because };
  }
  return undefined;
}

/** The power of a user's own policies alone, its groups left out. */
export function powerWithoutGroups(user: User, settings: Settings): Verdict<AdminPower> {
  return adminPower(principalOf({ ...user, groups: [] }, settings));
}

/** What a question about an identity waits for: the policies and attachments that cannot be read yet. */
export function undecidedAbout(identity: Identity, subject: string, because: readonly string[]): Undecided {
  return { kind: "undecided", urn: identity.urn, subject, because: because.join("; "), waiting: waitingOf(identity) };
}
