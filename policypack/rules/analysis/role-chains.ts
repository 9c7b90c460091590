import {
  type AdminPower,
  adminPower,
  any,
  type Caller,
  type Grant,
  isRead,
  mayAssume,
  mayCall,
  mayName,
  no,
  type Policy,
  type Principal,
  parseDocument,
  unknown,
  type Verdict,
  yes,
} from "../../iam";
import { arnOf, type Graph, type Group, known, peek, type Role, type User } from "../../model";
import type { Asking } from "../authoring/analysis";
import { type Identity, isRestricted, powerOf, principalOf } from "./admin-power";
import { assumableRoles, includes } from "./assumable-roles";
import { mayAssumeBySelf, withTagsOf } from "./facts-to-come";
import { accountsIn } from "./mentioned-accounts";

/** A role of admin power that an identity comes to, and the roles on the way, the last one included. */
export interface Reach {
  readonly chain: readonly Role[];
  readonly power: AdminPower;
  /** The call that takes the first step. */
  readonly first: Grant;
}

/**
 * Whether an identity may come to admin power by assuming a role of the stack, or a chain of them, none of which asks for MFA.
 * A trust policy that demands MFA ends the way.
 */
export function reachOf(start: User | Group, asking: Asking): Verdict<Reach> {
  const roles = asking.once(rolesWorthTheWay, asking.graph);
  const surely = walk(start, roles, asking, false);
  return surely.answer === "no" ? walk(start, roles, asking, true) : surely;
}

/**
 * The roles that have admin power, or may have it, and those from which one of them may be assumed. Found from the end of the way,
 * because few roles have power: the other way round, each identity would be tried on each role.
 */
function rolesWorthTheWay(graph: Graph, asking: Asking): readonly Role[] {
  const ends = graph.roles.filter((role) => powerOf(role, asking).answer !== "no");
  const found = new Set(ends);
  for (const end of found) {
    for (const role of graph.roles) {
      if (!found.has(role) && mayBecome(role, end, asking).answer !== "no") found.add(role);
    }
  }
  return graph.roles.filter((role) => found.has(role));
}

interface Stop {
  readonly from: Identity;
  readonly chain: readonly Role[];
  readonly first?: Grant;
  /** Why the way so far is not sure. */
  readonly doubts: readonly string[];
}

/** Follows every role that may be assumed, nearest first; `daring`: over steps as well that are not known to be possible. */
function walk(start: User | Group, roles: readonly Role[], asking: Asking, daring: boolean): Verdict<Reach> {
  const visited = new Set<Role>();
  const stops: Stop[] = [{ from: start, chain: [], doubts: [] }];
  for (const { from, chain, first, doubts } of stops) {
    for (const role of roles) {
      if (visited.has(role)) continue;
      const step = mayBecome(from, role, asking);
      if (step.answer === "no" || (step.answer === "unknown" && !daring)) continue;
      visited.add(role);
      const power = powerOf(role, asking);
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

/**
 * Whether an identity may assume a role whose trust policy does not ask for MFA: by being named there, or by its own policies
 * where its account is. In a preview nobody tells the account; one that both documents can mean is taken for it. Into another account it
 * needs both, the trust and policies of its own ("Cross-account policy evaluation logic", IAM User Guide).
 */
export function mayBecome(from: Identity, role: Role, asking: Asking): Verdict<Grant> {
  if (!includes(asking.once(assumableRoles, from), role) && !mayBeNamed(from, role)) return no;
  const { budget } = asking.work.of(from);
  if (budget?.isExhausted || budget?.takeShared(stepsOfOne) === false) return unknown(budget.reason);
  return any(accountsOf(from, role, asking).map((accounts) => mayBecomeIn(accounts, from, role, asking)));
}

/** What it takes to ask about one identity and one role, beside the searches, in steps of theirs. */
const stepsOfOne = 50;

/** The account of an identity and that of a role, each undefined where it can be any. */
type Accounts = readonly [from: string | undefined, role: string | undefined];

/** In which accounts the two can be. Where nothing tells them apart they are in one. */
function accountsOf(from: Identity, role: Role, asking: Asking): readonly Accounts[] {
  if (from.account !== undefined) return [[from.account, role.account ?? from.account]];
  const spokenOf = accountsIn(principalOf(from, asking), role.trust.policy);
  if (role.account === undefined) {
    return spokenOf.length === 0 ? [[undefined, undefined]] : spokenOf.map((account) => [account, account] as const);
  }
  const elsewhere = spokenOf.length === 0 ? [undefined] : spokenOf.filter((account) => account !== role.account);
  return [[role.account, role.account], ...elsewhere.map((account) => [account, role.account] as const)];
}

/** Whether a trust policy may name a user or role itself, or single it out by a condition among everybody. It cannot name a group. */
function mayBeNamed(identity: Identity, { trust: { policy } }: Role): boolean {
  if (identity.kind === "group") return false;
  if (!isRead(policy) || !identity.name.known) return true;
  const name = identity.name.value;
  return policy.document.statements.some(({ principal }) => mayName(principal, name));
}

function mayBecomeIn([own, other]: Accounts, from: Identity, role: Role, asking: Asking): Verdict<Grant> {
  const { work } = asking;
  const within = own === undefined ? {} : { account: own };
  const caller = callerFor({ ...from, ...within });
  const trust = trustOf(role, from, caller.arn);
  const principal = { ...principalOf(from, asking), ...within };
  const ask = (who: Caller) => {
    // Whoever asks pays: what a role is asked for by others leaves its own questions decided.
    const options = work.of(from);
    return withTagsOf(
      from,
      principal,
      who,
      trust,
      (tagged) => mayAssume(trust, tagged, { mfa: false, ...options }),
      options,
    );
  };
  const trusted = ask(caller);
  if (trusted.answer !== "yes") return trusted;
  const into = { ...role, ...(other === undefined ? {} : { account: other }) };
  const isNamed =
    trusted.because.by === "named" || (trusted.because.by === "anyone" && ask(strangerBeside(caller)).answer === "no");
  if (own !== other || !isNamed || from.kind === "group") return mayAssumeBySelf(principal, into, work.of(from));
  const undenied = mayAssumeBySelf(trustedByName(principal), into, work.of(from));
  return undenied.answer === "yes" ? yes({ ...trusted.because, unless: undenied.because.unless }) : undenied;
}

/** Somebody else of the same account and kind: a trust policy of everybody that leaves out this one singles out whom it lets in. */
function strangerBeside({ arn, ...caller }: Caller): Caller {
  return { ...caller, arn: [...arn.split(":").slice(0, 5), `${caller.kind}/nobody-in-particular`].join(":") };
}

/**
 * A principal that a trust policy of its account names: no policy of its own has to allow the call, each may deny it. The boundary of a
 * user holds by its Denies alone, that of a role by what it leaves out as well ("Interaction of permissions boundaries with resource-based
 * policies": "Permissions boundaries for IAM entities", IAM User Guide).
 */
function trustedByName({ boundary, ...principal }: Principal): Principal {
  if (boundary === undefined) return { ...principal, identity: [...principal.identity, allowedByTrust] };
  if (principal.kind === "role") return { ...principal, boundary, identity: [...principal.identity, allowedByTrust] };
  return { ...principal, identity: [...principal.identity, boundary, allowedByTrust] };
}

const allowedByTrust: Policy = {
  origin: "the trust policy",
  document: parseDocument(
    { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" } },
    "identity",
  ).document ?? { notRead: "the question is no policy" },
};

/**
 * The role's trust policy, as far as it is known. A principal in it that is not known yet, in a text made from the identity, is
 * the identity: a program that names a user's ARN in a trust policy has it only after the user is made.
 */
function trustOf({ trust }: Role, from: Identity, arn: string): Policy {
  const { policy } = trust;
  const urn = from.resource?.urn;
  if (!isRead(policy) || urn === undefined || !trust.from.includes(urn)) return policy;
  const named = { type: "AWS", value: arn } as const;
  const statements = policy.document.statements.map((statement) => {
    const { principal } = statement;
    if (principal?.open !== true) return statement;
    return { ...statement, principal: { ...principal, open: false, entries: [...principal.entries, named] } };
  });
  return { ...policy, document: { ...policy.document, statements } };
}

function callerFor(identity: Identity): Caller {
  const account = identity.account === undefined ? {} : { account: identity.account };
  // A group asks by one of its members, whoever that may be.
  const caller = identity.kind === "group" ? anyMemberOf(identity) : identity;
  return { kind: caller.kind, arn: arnOf(caller), ...account };
}

function anyMemberOf({ members, account, partition }: Group): Pick<User, "name" | "path" | "account" | "partition"> & {
  readonly kind: "user";
} {
  const [member] = members;
  return {
    kind: "user",
    name: member?.name ?? known("a-member"),
    path: member?.path ?? "/",
    ...(account === undefined ? {} : { account }),
    ...(partition === undefined ? {} : { partition }),
  };
}

/**
 * The identity's power where joining groups of the stack that give no more than it has is no step: those that grant nothing, or hold none
 * but its own policies.
 */
export function powerBesideJoining(identity: User | Group, asking: Asking): Verdict<AdminPower> {
  const own = new Set(
    [identity, ...(identity.kind === "user" ? identity.groups : [])].flatMap(({ policies }) =>
      policies.flatMap(({ arn, policy }) => arn ?? policy.origin),
    ),
  );
  const groupsWithoutMore = asking.graph.groups
    .filter(
      ({ resource, doubts, policies }) =>
        resource !== undefined &&
        doubts.length === 0 &&
        policies.every(({ arn, policy }) => own.has(arn ?? policy.origin) || grantsNothing(policy)),
    )
    .flatMap(({ name }) => peek(name) ?? []);
  return adminPower({ ...principalOf(identity, asking), groupsWithoutMore }, asking.work.of(identity));
}

function grantsNothing(policy: Policy): boolean {
  return isRead(policy) && policy.document.statements.every(({ effect }) => effect === "Deny");
}

/** A group of admin power that the identity may add users to, itself among them. */
export function joinableGroup(
  identity: User | Group,
  asking: Asking,
): { readonly group: Group; readonly power: AdminPower; readonly call: Grant } | undefined {
  const { graph, work } = asking;
  const principal = principalOf(identity, asking);
  for (const group of graph.groups) {
    const power = group === identity ? no : powerOf(group, asking);
    if (power.answer !== "yes" || isRestricted(power.because)) continue;
    const call = mayCall(principal, { action: "iam:AddUserToGroup", resources: [arnOf(group)] }, work.of(identity));
    if (call.answer === "yes") return { group, power: power.because, call: call.because };
  }
  return undefined;
}
