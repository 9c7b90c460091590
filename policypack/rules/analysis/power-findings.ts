import { type AdminPower, mfaHole, no, type Verdict } from "../../iam";
import { type Group, nameForPeople, toPrincipal, type User } from "../../model";
import { causeInStatements } from "../authoring/causes";
import { matchesAnyGlob } from "../authoring/globs";
import type { Finding, Outcome, RuleContext, Undecided, Yielded } from "../authoring/rule";
import { gateCode, provenBy, provisoOf, qualifiersInWords, statementsInWords } from "../authoring/wording";
import { adminPowerOf, isRestricted, levels, powerWithoutGroups, provenPower, undecidedAbout } from "./admin-power";
import { joinableGroup, powerBesideJoining, type Reach, reachOf } from "./role-chains";

function ceilingOf(power: AdminPower): { readonly ceiling?: "advisory" } {
  return isRestricted(power) ? { ceiling: "advisory" } : {};
}

/** The finding for power that an identity's policies hold themselves. */
export function holdsPower(identity: User | Group, power: AdminPower, context: RuleContext<unknown>): Finding {
  const subject = nameForPeople(identity);
  const denyFirst =
    context.phase === "creating"
      ? " If a Deny of this program takes the power away, create that Deny first (dependsOn)."
      : "";
  return {
    kind: "finding",
    urn: identity.urn,
    subject,
    ...ceilingOf(power),
    what: `The ${subject} ${levels[power.level]}${qualifiersInWords(power)}, by ${statementsInWords(power.statements)}${provisoOf(power)}.`,
    ...provenPower(power),
    fix: `Allow the actions that the work needs, on the resources that it needs. Where administrators are meant, use a role that they assume with MFA, or list the ${identity.kind} under settings (sanctioned${identity.kind === "user" ? "Users" : "Groups"}).${denyFirst}`,
    statements: power.statements,
    ...causeInStatements(identity, power.statements),
  };
}

/** The finding for power that an identity comes to by assuming roles of the stack. */
function reachesPower(identity: User | Group, { chain, power, first }: Reach): Finding {
  const subject = nameForPeople(identity);
  const roles = chain.map((role) => nameForPeople(role));
  const last = roles[roles.length - 1];
  return {
    kind: "finding",
    urn: identity.urn,
    subject,
    what: `The ${subject} may assume the ${roles.join(", and from there the ")}, whose trust does not ask for MFA, and the ${last} ${levels[power.level]}${provisoOf(first)}.`,
    ...provenBy(first),
    fix: 'Demand MFA in the trust policy of the role: "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}.',
    statements: first.statements,
    // The first role that asks for nothing is where the way is to be closed.
    cause: {
      urn: chain[0]?.urn ?? identity.urn,
      key: JSON.stringify(chain.map(({ urn }) => urn)),
      ...(chain[0] === undefined ? {} : { name: nameForPeople(chain[0]) }),
    },
    aspect: "without MFA",
  };
}

/** The finding for an identity that may add itself to a group of admin power. */
function joinsPower(identity: User | Group, context: RuleContext<unknown>): Finding | undefined {
  const joinable = joinableGroup(identity, context);
  if (joinable === undefined) return undefined;
  const { group, power, call } = joinable;
  const subject = nameForPeople(identity);
  return {
    kind: "finding",
    urn: identity.urn,
    subject,
    what: `The ${subject} may add users to the ${nameForPeople(group)}, itself among them, and that ${levels[power.level]}${provisoOf(call)}.`,
    ...provenBy(call),
    fix: "Leave groups of admin power out of the Resource of iam:AddUserToGroup.",
    statements: call.statements,
    ...causeInStatements(identity, call.statements),
    aspect: "joining",
  };
}

/** What is to be said of an identity whose own verdict is given: its own power first, then that of the roles it may assume. */
export function* judgePower(
  identity: User | Group,
  own: Verdict<AdminPower>,
  context: RuleContext<unknown>,
): Iterable<Outcome> {
  if (context.phase === "creating") {
    // What a later resource may well complete or gate is left to the end; these two no later resource makes harmless but a Deny.
    if (own.answer === "yes" && own.because.level !== "self-escalation")
      yield holdsPower(identity, own.because, context);
    return;
  }
  if (own.answer === "yes" && !isRestricted(own.because)) {
    yield holdsPower(identity, own.because, context);
    return;
  }
  const reach = reachOf(identity, context);
  if (reach.answer === "yes") {
    yield reachesPower(identity, reach.because);
    return;
  }
  if (own.answer === "yes") {
    const joins = joinsPower(identity, context);
    if (joins !== undefined || powerBesideJoining(identity, context).answer !== "no")
      yield joins ?? holdsPower(identity, own.because, context);
    if (joins !== undefined) return;
  }
  // Advice that is decided does not hide what may yet block.
  const rest = own.answer === "yes" ? beyondAdvice(identity, context) : own;
  const doubts = [rest, reach].flatMap((verdict) => (verdict.answer === "unknown" ? verdict.because : []));
  if (doubts.length > 0) yield undecidedAbout(identity, nameForPeople(identity), doubts);
}

/** The doubt that is left beside advice; what a group waits for is told at the group, and not again for every member. */
function beyondAdvice(identity: User | Group, context: RuleContext<unknown>): Verdict<AdminPower> {
  const power = adminPowerOf(identity, context);
  if (identity.kind === "group" || power.answer !== "unknown") return power;
  const isToldThere = identity.groups.some((group) => adminPowerOf(group, context).answer === "unknown");
  return isToldThere && powerWithoutGroups(identity, context).answer !== "unknown" ? no : power;
}

/**
 * Whether a name is on a list of the settings: `undefined` where it comes from a resource that is not made yet and the list is not empty.
 * A name that nobody gives, as in a template, ends in characters that no list can foresee.
 */
export function isSanctioned({ name }: User | Group, names: readonly string[]): boolean | undefined {
  if (name.known) return matchesAnyGlob(name.value, names);
  return names.length === 0 || name.waiting.on.length === 0 ? false : undefined;
}

/** What blocks an identity whose name is still to come, and may then be on the list, waits for the name. */
export function* untilNamed<T extends Outcome | Yielded>(
  { name, urn }: User | Group,
  outcomes: Iterable<T>,
): Iterable<T | Undecided> {
  for (const outcome of outcomes) {
    if (name.known || outcome.kind !== "finding" || outcome.ceiling === "advisory") yield outcome;
    else {
      const because = "its name is not known yet, and the settings list some";
      yield { kind: "undecided", urn, subject: outcome.subject, because, waiting: [name.waiting] };
    }
  }
}

/** A sanctioned group may hold any power, but only behind MFA. */
export function* judgeGate(group: Group, context: RuleContext<unknown>): Iterable<Outcome> {
  if (context.phase === "creating" || isGatedElsewhere(group, context)) return;
  const subject = nameForPeople(group);
  const hole = mfaHole(toPrincipal(group), context.work.of(group));
  if (hole.answer === "yes") {
    yield {
      kind: "finding",
      urn: group.urn,
      subject,
      what: `The ${subject} may hold admin power, as sanctionedGroups of the settings say, but nothing asks its members for MFA.`,
      ...provenBy(hole.because),
      fix: "Add this statement to a policy of the group:",
      code: gateCode,
      aspect: "gate",
      statements: hole.because.statements,
    };
  } else if (hole.answer === "unknown") {
    yield undecidedAbout(group, subject, hole.because);
  }
}

/** Whether the settings vouch for an MFA gate that the stack does not hold itself. */
export function isGatedElsewhere(identity: User | Group, { settings }: RuleContext<unknown>): boolean {
  const ownGate = identity.policies.some(
    (edge) => edge.arn !== undefined && matchesAnyGlob(edge.arn, settings.gatePolicies),
  );
  if (ownGate) return true;
  if (identity.kind === "group")
    return identity.name.known && matchesAnyGlob(identity.name.value, settings.gatedGroups);
  return false;
}
