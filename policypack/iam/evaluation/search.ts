import { Budget, BudgetSpent, type Shared } from "../answer/budget";
import type { Grant, Qualifier } from "../answer/grant";
import { unknown, type Verdict, yes } from "../answer/verdict";
import { identitiesOf } from "../requests/identities";
import type { Principal } from "../requests/principal";
import type { Freed, Scenario } from "../requests/request";
import { scenariosOf } from "../requests/scenario";
import { derived } from "../shared/remembering";
import { Undecided } from "../solver/undecided";
import type { Approximation } from "./approximation";
import type { FoundRequests } from "./found-requests";
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
export function searchScenarios(
  principal: Principal,
  approximation: Approximation,
  search: (given: Search) => FoundRequests | undefined,
  options: SearchOptions = {},
): Verdict<Grant> {
  const budget = options.budget ?? new Budget(questionBudget);
  if (budget.isExhausted) return unknown(budget.reason);
  const layers = options.layers ?? layersOf(principal, approximation);
  const { scenarios, circumstances, gaps = [] } = options.prepared ?? prepare(principal, layers, options);
  const doubts: string[] = [...gaps];
  const attempt = (scenario: Scenario, freed: Freed): FoundRequests | undefined => {
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
  const possible: { readonly scenario: Scenario; readonly found: FoundRequests }[] = [];
  for (const scenario of scenarios) {
    const found = attempt(scenario, whole);
    if (found === undefined) continue;
    // Nothing is less unusual.
    if (whole.size === 0 && !scenario.mfa) return yes({ ...found, qualifiers: [], unless: [] });
    possible.push({ scenario, found });
  }
  if (possible.length === 0) return doubts.length > 0 ? unknown(...doubts) : { answer: "no" };
  for (const freed of freedoms)
    for (const { scenario, found } of possible) {
      const least = freed === whole ? found : attempt(scenario, freed);
      if (least !== undefined)
        return yes({ ...least, qualifiers: [...freed, ...(scenario.mfa ? ["mfa" as const] : [])], unless: [] });
    }
  return unknown(...doubts);
}

/** From none to all; the same objects for the same list, so that searches in them can be told apart. */
const subsetsBySize = derived((circumstances: readonly Qualifier[]): readonly Freed[] => {
  let lists: Qualifier[][] = [[]];
  for (const each of circumstances) lists = lists.flatMap((list) => [list, [...list, each]]);
  return lists.sort((a, b) => a.length - b.length).map((list) => new Set(list));
});
