import { type AdminPower, adminPower } from "../iam/admin";
import type { Grant, Principal } from "../iam/principal";
import { mayAssume, mayCall } from "../iam/trust";
import { no, unknown, type Verdict, yes } from "../iam/verdict";
import { arnOf, toPrincipal } from "../model/principals";
import type { Graph, Group, Role, User } from "../model/subjects";
import type { Undecided } from "./rule";

export type Identity = User | Group | Role;

const strength: Readonly<Record<AdminPower["level"], number>> = { full: 3, "iam-full": 2, "self-escalation": 1 };

export function isStrongerThan(power: AdminPower, other: AdminPower): boolean {
  return strength[power.level] > strength[other.level];
}

// A graph is asked about the same identity by several rules and by every chain of roles that leads to it.
const remembered = new WeakMap<Identity, Verdict<AdminPower>>();

/** The admin power of an identity by all its policies together (a user's groups included), roles that it may assume left aside. */
export function powerOf(identity: Identity): Verdict<AdminPower> {
  const earlier = remembered.get(identity);
  if (earlier !== undefined) return earlier;
  const verdict = adminPower(toPrincipal(identity));
  remembered.set(identity, verdict);
  return verdict;
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
export function reachOf(start: User | Group, graph: Graph): Verdict<Reach> {
  const doubts: string[] = [];
  const visited = new Set<Role>();
  let frontier: { readonly from: Identity; readonly chain: readonly Role[]; readonly first: Grant | undefined }[] = [
    { from: start, chain: [], first: undefined },
  ];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { from, chain, first } of frontier) {
      for (const role of graph.roles) {
        if (visited.has(role)) continue;
        const step = mayBecome(from, role);
        if (step.answer === "no") continue;
        const power = powerOf(role);
        if (step.answer === "unknown") {
          // Only a step towards power is worth waiting for.
          if (power.answer !== "no") doubts.push(...step.because);
          continue;
        }
        visited.add(role);
        const reached = { chain: [...chain, role], first: first ?? step.because };
        if (power.answer === "yes" && !isRestricted(power.because)) return yes({ ...reached, power: power.because });
        if (power.answer === "unknown") doubts.push(...power.because);
        next.push({ from: role, ...reached });
      }
    }
    frontier = next;
  }
  return doubts.length > 0 ? unknown(...doubts) : no;
}

/** Whether an identity may assume a role without MFA: by being named in its trust, or by its own policies where the account is. */
function mayBecome(from: Identity, role: Role): Verdict<Grant> {
  const trusted = mayAssume(role.trust.policy, callerFor(from), { mfa: false });
  if (trusted.answer !== "yes") return trusted;
  if (trusted.because.by === "named" && from.kind !== "group") return trusted;
  return mayCall(toPrincipal(from), { action: "sts:AssumeRole", resources: [arnOf(role)], on: "some" });
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

/** The principal of an identity's own policies alone, a user's groups left out. */
export function withoutGroups(user: User): Principal {
  return toPrincipal({ ...user, groups: [] });
}

/** What a question about an identity waits for: the policies and attachments that cannot be read yet. */
export function undecidedAbout(identity: Identity, subject: string, because: readonly string[]): Undecided {
  const sources = identity.kind === "user" ? [identity, ...identity.groups] : [identity];
  const edges = sources.flatMap(({ policies, boundary }) => [...policies, ...(boundary ? [boundary] : [])]);
  const waiting = [
    ...edges.flatMap((edge) => (edge.waiting === undefined ? [] : [edge.waiting])),
    ...sources.flatMap(({ doubts }) => doubts.map((doubt) => doubt.waiting)),
  ];
  return { kind: "undecided", urn: identity.urn, subject, because: because.join("; "), waiting };
}
