import { BudgetSpent } from "../answer/budget";
import type { Grant } from "../answer/grant";
import { no, unknown, type Verdict, yes } from "../answer/verdict";
import type { Statement } from "../language/document";
import { isRead, type Policy } from "../language/policy";
import { type Principal, policiesOf } from "../requests/principal";
import { lazily } from "../shared/lazily";
import { derived } from "../shared/remembering";
import { Undecided } from "../solver/undecided";
import { type Approximation, lowerPower, lowerProtection, upper } from "./approximation";
import { gapsOf } from "./compiled-statement";

/**
 * Answers a question from both sides: what holds with the least that the known parts say holds for good, what does not with the most that
 * they may say never will. Between the two it is unknown, for the reasons that `gaps` gives; without any there is nothing between.
 */
export function fromBothSides<T>(
  least: Verdict<T>,
  gaps: () => readonly string[],
  askForMost: () => Verdict<unknown>,
): Verdict<T> {
  if (least.answer === "yes") return least;
  const reasons = gaps();
  if (reasons.length === 0) return least;
  if (askForMost().answer === "no") return no;
  return unknown(...(least.answer === "unknown" ? least.because : []), ...reasons);
}

/** The answer to a question whose search may have to give up. */
export function orUnknown<T>(ask: () => Verdict<T>): Verdict<T> {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Undecided || error instanceof BudgetSpent) return unknown(error.message);
    throw error;
  }
}

/**
 * Asks for what the principal can do in its best circumstances. A yes that only a policy not read yet, or an unknown part of a Deny, could
 * undo is a yes whose `unless` names them. `otherGaps` says what else, besides the policies, is not known.
 */
export function askAboutPower<G extends Grant>(
  principal: Principal,
  ask: (approximation: Approximation) => Verdict<G>,
  otherGaps: () => readonly string[] = () => [],
): Verdict<G> {
  const least = ask(lowerPower);
  const { gaps, mayStillDeny } = doubtsAbout(principal);
  if (least.answer === "yes") return yes({ ...least.because, unless: mayStillDeny() });
  return fromBothSides<G>(
    least,
    () => [...gaps(), ...otherGaps()],
    () => ask(upper),
  );
}

/** Asks for a way past a protection: anything not known yet may be part of the protection. */
export function askAboutProtection<G extends Grant>(
  principal: Principal,
  ask: (approximation: Approximation) => Verdict<G>,
): Verdict<G> {
  return fromBothSides(ask(lowerProtection), doubtsAbout(principal).gaps, () => ask(upper));
}

/** What is not known about a principal's policies. */
interface Doubts {
  readonly gaps: () => readonly string[];
  readonly mayStillDeny: () => readonly string[];
}

/** A catalogue of questions asks about the same principal again and again. */
const doubtsAbout = derived(
  (principal: Principal): Doubts => ({
    gaps: lazily(() => gapsIn(principal)),
    mayStillDeny: lazily(() => mayStillDeny(principal)),
  }),
);

/** What is not known about the policies, for people. */
export function gapsIn(principal: Principal): string[] {
  return policiesOf(principal).flatMap(gapsOfPolicy);
}

/** What is not known about one policy, for people. */
function gapsOfPolicy(policy: Policy): readonly string[] {
  if (!isRead(policy)) return [`${policy.origin}: ${"notRead" in policy.document ? policy.document.notRead : ""}`];
  const { open, notUnderstood } = gapsOf(policy.document);
  return [
    ...open.map((path) => `${policy.origin}: ${path} is not known yet`),
    ...notUnderstood.map((reason) => `${policy.origin}: ${reason}`),
  ];
}

/** Policies that may hold a Deny which is not known yet. */
function mayStillDeny(principal: Principal): string[] {
  const origins = policiesOf(principal)
    .filter((policy) => !isRead(policy) || policy.document.statements.some(isOpenDeny))
    .map(({ origin }) => origin);
  return [...new Set(origins)];
}

function isOpenDeny({ effect, action, resource, principal, conditions }: Statement): boolean {
  if (effect === "Allow") return false;
  return (
    effect !== "Deny" || action.open || resource.open || principal?.open === true || conditions.some(({ open }) => open)
  );
}
