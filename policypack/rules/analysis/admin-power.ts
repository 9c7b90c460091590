import {
  type AdminPower,
  adminPower,
  isRestrictedStep,
  type Principal,
  unrestrictedAdminPower,
  type Verdict,
} from "../../iam";
import { type Group, type Role, toPrincipal, type User, waitingOf } from "../../model";
import type { Asking } from "../authoring/analysis";
import { matchesAnyGlob } from "../authoring/globs";
import type { Finding, Phase, Undecided } from "../authoring/rule";
import type { Settings } from "../authoring/settings";
import { provenByAll, requestInWords } from "../authoring/wording";

export type Identity = User | Group | Role;

const strength: Readonly<Record<AdminPower["level"], number>> = { full: 3, "iam-full": 2, "self-escalation": 1 };

function strengthOf(power: AdminPower): number {
  return isRestricted(power) ? 0 : strength[power.level];
}

export function isStrongerThan(power: AdminPower, other: AdminPower): boolean {
  return strengthOf(power) > strengthOf(other);
}

/** What an identity of each level can do, after its name. */
export const levels: Readonly<Record<AdminPower["level"], string>> = {
  full: "has full administrator power",
  "iam-full": "can do everything in IAM, and so give itself everything else",
  "self-escalation": "can make itself an administrator with one call",
};

/**
 * The requests that prove a power. That of full power is to a service that does not exist yet, which would puzzle more than it proves.
 *
 * @param more what is to be said besides
 */
export function provenPower(power: AdminPower, more = ""): Pick<Finding, "why" | "witnesses"> {
  if (power.level === "full") {
    const witnesses = power.witnesses
      .slice(0, 1)
      .map(({ scenario }) => ({ scenario, action: "*", resource: "*", context: {} }));
    const scenarios = witnesses.map(({ scenario }) => ` (made by ${scenario})`);
    return { why: `AWS would allow any request${scenarios.join("")}.${more}`, witnesses };
  }
  // To attach a policy that is written first takes two calls.
  return provenByAll(power, `Allowed: ${power.witnesses.map(requestInWords).join(", then ")}.${more}`);
}

/** The admin power of an identity by all its policies together (a user's groups included), roles that it may assume left aside. */
export function powerOf(identity: Identity, asking: Asking): Verdict<AdminPower> {
  return asking.once(askPower, identity);
}

function askPower(identity: Identity, asking: Asking): Verdict<AdminPower> {
  return adminPower(principalOf(identity, asking), asking.work.of(identity));
}

/** An identity of the graph as a principal. What the settings call an MFA gate kept elsewhere grants nothing, though nobody can read it here. */
export function principalOf(identity: Identity, asking: Asking): Principal {
  return asking.once(askPrincipal, identity);
}

function askPrincipal(identity: Identity, { settings }: Asking): Principal {
  return principalUnder(settings, identity);
}

function principalUnder({ gatePolicies }: Settings, identity: Identity): Principal {
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
  return isRestrictedStep(power);
}

/** The same without IAM steps that reach only some resources, which are advice: what makes an administrator, or nothing. */
export function adminPowerOf(identity: Identity, asking: Asking): Verdict<AdminPower> {
  const power = powerOf(identity, asking);
  return power.answer === "yes" && isRestricted(power.because) ? asking.once(beyondSteps, identity) : power;
}

/** What is left of an identity's power without those steps: a doubt, where something that cannot be read yet may make an administrator. */
function beyondSteps(identity: Identity, asking: Asking): Verdict<AdminPower> {
  return unrestrictedAdminPower(principalOf(identity, asking), asking.work.of(identity));
}

/** Whether power is told of at that phase: what a later resource may well complete or gate is left to the end of a run. */
export function isToldAt(phase: Phase, power: AdminPower): boolean {
  return phase !== "creating" || power.level !== "self-escalation";
}

/** The power of a user's own policies alone, its groups left out. */
export function powerWithoutGroups(user: User, { settings, work }: Asking): Verdict<AdminPower> {
  return adminPower(principalUnder(settings, { ...user, groups: [] }), work.of(user));
}

/** What a question about an identity waits for: the policies and attachments that cannot be read yet. */
export function undecidedAbout(identity: Identity, subject: string, because: readonly string[]): Undecided {
  return { kind: "undecided", urn: identity.urn, subject, because: because.join("; "), waiting: waitingOf(identity) };
}
