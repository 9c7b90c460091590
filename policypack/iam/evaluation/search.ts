import { Budget, BudgetSpent, type Shared } from "../answer/budget";
import type { Grant, Qualifier } from "../answer/grant";
import { unknown, type Verdict, yes } from "../answer/verdict";
import type { Statement } from "../language/document";
import { isRead, type Policy } from "../language/policy";
import { identitiesOf } from "../requests/identities";
import type { Principal } from "../requests/principal";
import type { Freed, Scenario } from "../requests/request";
import { scenariosOf } from "../requests/scenario";
import { lazily } from "../shared/lazily";
import { derived } from "../shared/remembering";
import { Undecided } from "../solver/domain";
import { type Approximation, lowerPower, lowerProtection, upper } from "./approximation";
import { gapsOf } from "./compiled-statement";
import { circumstancesIn, type Layers, layersOf, mayBeAllowed } from "./policy-layers";
import { forwardedFrom, forwardingKeys, searchForwarded } from "./service-calls";
import { hasManyTags, taggedFrom } from "./tagged-callers";

/** Steps that one question may take; an ordinary one takes a few hundred. */
export const questionBudget = 50_000;

/** Everything that a question searches with. */
export interface Search {
  readonly layers: Layers;
  readonly scenario: Scenario;
  readonly freed: Freed;
  readonly budget: Budget;
  readonly approximation: Approximation;
}

/** What a search found, with the circumstances that it needs. */
export interface Qualified<T> {
  readonly found: T;
  readonly qualifiers: readonly Qualifier[];
}

/** Policies of every sort that decide about the principal. */
export function policiesOf(principal: Principal): readonly Policy[] {
  return [
    ...principal.identity,
    ...(principal.boundary === undefined ? [] : [principal.boundary]),
    ...(principal.scps ?? []).flat(),
  ];
}

/**
 * Asks for what the principal can do in its best circumstances, from below and from above. A yes from below that only a
 * policy not read yet, or an unknown part of a Deny, could undo is a yes whose `unless` names them. `otherGaps` says what
 * else, besides the policies, is not known.
 */
export function askAboutPower<G extends Grant>(
  principal: Principal,
  ask: (approximation: Approximation) => Verdict<G>,
  otherGaps: () => readonly string[] = () => [],
): Verdict<G> {
  const lower = ask(lowerPower);
  const { gaps, mayStillDeny } = doubtsAbout(principal);
  if (lower.answer === "yes") return yes({ ...lower.because, unless: mayStillDeny() });
  return agree(lower, [...gaps(), ...otherGaps()], ask);
}

/** Asks for a way past a protection: anything not known yet may be part of the protection. */
export function askAboutProtection<G extends Grant>(
  principal: Principal,
  ask: (approximation: Approximation) => Verdict<G>,
): Verdict<G> {
  const lower = ask(lowerProtection);
  return lower.answer === "yes" ? lower : agree(lower, doubtsAbout(principal).gaps(), ask);
}

function agree<G>(
  lower: Verdict<G>,
  gaps: readonly string[],
  ask: (approximation: Approximation) => Verdict<G>,
): Verdict<G> {
  if (gaps.length === 0) return lower;
  const most = ask(upper);
  if (most.answer === "no") return most;
  return unknown(...(lower.answer === "unknown" ? lower.because : []), ...gaps);
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
  return policiesOf(principal).flatMap((policy) => {
    if (!isRead(policy)) return [`${policy.origin}: ${"notRead" in policy.document ? policy.document.notRead : ""}`];
    const { open, notUnderstood } = gapsOf(policy.document);
    return [
      ...open.map((path) => `${policy.origin}: ${path} is not known yet`),
      ...notUnderstood.map((reason) => `${policy.origin}: ${reason}`),
    ];
  });
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

/** What a search of the same layers for the same principal always needs. */
export interface Prepared {
  readonly scenarios: readonly Scenario[];
  readonly circumstances: readonly Qualifier[];
  /** Why a search of all of them does not settle the question. */
  readonly gaps?: readonly string[];
}

/** What one of several questions takes from all of them: the moment, and steps of its own that count among all steps. */
export function forOneQuestion({ budget, now }: Shared): Shared {
  return { budget: new Budget(questionBudget, budget), now };
}

export interface SearchOptions extends Shared {
  readonly layers?: Layers;
  /** Which scenarios to ask about; all by default. */
  readonly scenarios?: (scenario: Scenario) => boolean;
  /** Texts of the question, whose accounts matter beside those that the policies mention. */
  readonly texts?: readonly string[];
  /** Ways round that count beside the caller's own calls: those that services make for it, and what it can do once it has tagged itself. */
  readonly indirect?: readonly ("forwarded" | "tagged")[];
  readonly prepared?: Prepared;
}

export function prepare(
  principal: Principal,
  layers: Layers,
  {
    scenarios: isAsked = () => true,
    texts = [],
    indirect = [],
    budget,
    now,
  }: Pick<SearchOptions, "scenarios" | "texts" | "indirect" | "budget" | "now"> = {},
): Prepared {
  const scenarios: Scenario[] = [];
  // Who has none may still be able to make one.
  const hasKey = principal.accessKeys !== false || mayBeAllowed("iam:CreateAccessKey", layers);
  const identities = identitiesOf(principal, layers.mentioned, texts, budget);
  for (const identity of identities.all)
    for (const scenario of scenariosOf(principal, identity, { now, mentioned: layers.mentioned })) {
      if (!isAsked(scenario) || (scenario.withKey && !hasKey)) continue;
      scenarios.push(scenario);
      // Without a word about sessions or MFA, one stands for all of an identity.
      if (!telling.some((key) => layers.keys.has(key))) break;
    }
  const gaps = identities.isCut ? [tooManyIdentities] : [];
  // Scenarios that have tagged themselves are appended, and services make calls for those as well.
  const direct = [...scenarios];
  if (indirect.includes("tagged")) {
    const tagged = direct.flatMap((scenario) => taggedFrom(scenario, principal, layers));
    scenarios.push(...tagged);
    if (tagged.length > 0 && hasManyTags(layers.keys)) gaps.push(tooManyTags);
  }
  if (indirect.includes("forwarded") && forwardingKeys.some((key) => layers.keys.has(key)))
    scenarios.push(...scenarios.flatMap((scenario) => forwardedFrom(scenario, layers.keys)));
  return { scenarios, circumstances: circumstancesIn(layers), gaps };
}

const tooManyIdentities = "the policies tell more accounts, names and partitions apart than were tried";
const tooManyTags = "the tags that the principal may give itself can be chosen in more ways than were tried";

/** Keys by which policies tell the scenarios of an account apart. */
const telling = ["aws:multifactorauthpresent", "aws:multifactorauthage", "aws:tokenissuetime"];

/**
 * The answer to `search` in the least unusual circumstances in which it finds something: without MFA rather than with it, from
 * anywhere rather than from one network. No only when it finds nothing in any scenario whatever the circumstances.
 */
export function searchScenarios<T>(
  principal: Principal,
  approximation: Approximation,
  search: (given: Search) => T | undefined,
  options: SearchOptions = {},
): Verdict<Qualified<T>> {
  const budget = options.budget ?? new Budget(questionBudget);
  if (budget.isExhausted) return unknown(budget.reason);
  const layers = options.layers ?? layersOf(principal, approximation);
  const { scenarios, circumstances, gaps = [] } = options.prepared ?? prepare(principal, layers, options);
  const doubts: string[] = [...gaps];
  const attempt = (scenario: Scenario, freed: Freed): T | undefined => {
    if (budget.isExhausted) {
      doubts.push(budget.reason);
      return undefined;
    }
    try {
      const ask = (asked: Scenario) => search({ layers, scenario: asked, freed, budget, approximation });
      const { forwarding } = scenario;
      return forwarding === undefined ? ask(scenario) : searchForwarded(forwarding, { layers, freed, budget }, ask);
    } catch (error) {
      if (!(error instanceof Undecided || error instanceof BudgetSpent)) throw error;
      doubts.push(error.message);
      return undefined;
    }
  };
  const freedoms = subsetsBySize(circumstances);
  const whole = freedoms.at(-1) ?? new Set();
  const possible: { readonly scenario: Scenario; readonly found: T }[] = [];
  for (const scenario of scenarios) {
    const found = attempt(scenario, whole);
    if (found === undefined) continue;
    // Nothing is less unusual.
    if (whole.size === 0 && !scenario.mfa) return yes({ found, qualifiers: [] });
    possible.push({ scenario, found });
  }
  if (possible.length === 0) return doubts.length > 0 ? unknown(...doubts) : { answer: "no" };
  for (const freed of freedoms)
    for (const { scenario, found } of possible) {
      const least = freed === whole ? found : attempt(scenario, freed);
      if (least !== undefined)
        return yes({ found: least, qualifiers: [...freed, ...(scenario.mfa ? ["mfa" as const] : [])] });
    }
  return unknown(...doubts);
}

/** From none to all; the same objects for the same list, so that searches in them can be told apart. */
const subsetsBySize = derived((circumstances: readonly Qualifier[]): readonly Freed[] => {
  let lists: Qualifier[][] = [[]];
  for (const each of circumstances) lists = lists.flatMap((list) => [list, [...list, each]]);
  return lists.sort((a, b) => a.length - b.length).map((list) => new Set(list));
});
