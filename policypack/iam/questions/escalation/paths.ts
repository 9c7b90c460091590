import { Budget, type Shared } from "../../answer/budget";
import type { Grant } from "../../answer/grant";
import { any, no, type Verdict, yes } from "../../answer/verdict";
import { allActions } from "../../aws/actions";
import type { Bitset } from "../../aws/bitset";
import type { EscalationPath } from "../../aws/escalation-catalogue";
import type { Approximation } from "../../evaluation/approximation";
import { askAboutPower } from "../../evaluation/both-sides";
import { mayGrant } from "../../evaluation/grantable";
import { candidateActions, type Layers, layersOf } from "../../evaluation/policy-layers";
import { reachableActions } from "../../evaluation/reachable-actions";
import { type Prepared, prepare, questionBudget, type Search, searchScenarios } from "../../evaluation/search";
import type { Principal } from "../../requests/principal";
import type { Freed, Scenario } from "../../requests/request";
import { lazily } from "../../shared/lazily";
import { derived } from "../../shared/remembering";
import { firstFound } from "../../solver/undecided";
import { isHeldByBoundary, powersFor } from "../admin/admin";
import { asksWhichPolicy, supplyOf, textsAbout } from "../admin/attachable-policies";
import { firstCalls, type KnownPath, knownPaths } from "./calls";
import { PathSearch } from "./path-search";
import { boundedTargets, freeTargets, type Targets } from "./targets";

export interface EscalationOptions extends Shared {
  /** ARNs of roles with admin power: to pass, assume or change one of them is worth what an arbitrary role is. */
  readonly adminRoles?: readonly string[];
}

/** A path that the principal can take, or may be able to; paths that it cannot take are left out. */
export interface EscalationFinding {
  readonly path: EscalationPath;
  /**
   * One witness for each step. The qualifier `resource` means that something bounds the role, user, group or policy that the
   * path reaches, so that it is only worth something if one of those has power.
   */
  readonly verdict: Verdict<Grant>;
}

/**
 * The known ways to more power that all of the principal's policies together open. The steps of a path are asked together: by
 * the same caller from the same network, and with the same role in all steps that speak of one. A path that contains a
 * smaller one is left out when the smaller one is open as well.
 */
export function escalationPaths(principal: Principal, options: EscalationOptions = {}): readonly EscalationFinding[] {
  const budget = new Budget(catalogueBudget, options.budget);
  const doubts = lazily(() => (asksWhichPolicy(principal) ? powersFor(principal, options).doubts : []));
  const open = new Map<Approximation, OpenActions>();
  const openUnder = (approximation: Approximation) => {
    const known = open.get(approximation) ?? openActions(principal, approximation, options);
    open.set(approximation, known);
    return known;
  };
  const verdictOn = (known: KnownPath, budgetOf: () => Budget): Verdict<Grant> =>
    askAboutPower(
      principal,
      (approximation) => {
        const open = openUnder(approximation);
        if (!known.calls.every(({ action }) => open.candidates.has(action))) return no;
        return any(strengths(known, principal, options, approximation, open, budget, budgetOf));
      },
      doubts,
    );
  const verdicts = new Map<KnownPath, Verdict<Grant>>();
  let asked = mayGrant(principal, firstCalls())
    ? knownPaths().filter(({ needs }) => needs.every((action) => mayGrant(principal, action)))
    : [];
  // Hard paths come last, so that they leave the easy ones decided.
  for (const limit of [questionBudget / 64, questionBudget]) {
    const isHard = (known: KnownPath): boolean => {
      const budgets: Budget[] = [];
      const verdict = verdictOn(known, () => {
        const own = new Budget(limit, budget);
        budgets.push(own);
        return own;
      });
      verdicts.set(known, verdict);
      return verdict.answer === "unknown" && budgets.some(({ isSpent }) => isSpent);
    };
    asked = asked.filter(isHard);
  }
  const findings = new Map(
    [...verdicts].flatMap(([{ path }, verdict]) => (verdict.answer === "no" ? [] : [[path.id, { path, verdict }]])),
  );
  return [...findings.values()].filter(
    ({ path, verdict }) => !smallerThan(path).some((id) => isAsOpen(findings.get(id), verdict)),
  );
}

/** Ids of the paths inside a path that are worth as much: those that the catalogue names, and those with some of its calls. */
const smallerThan = derived((path: EscalationPath): readonly string[] => {
  const inside = knownPaths().filter((other) => isInside(other.path, path));
  return [...new Set([...(path.supersetOf ?? []), ...inside.map((other) => other.path.id)])];
});

function isInside(other: EscalationPath, path: EscalationPath): boolean {
  return (
    other.actions.length < path.actions.length &&
    (other.tier === "block" || path.tier === "warn") &&
    (other.requires === "none" || other.requires === path.requires) &&
    other.actions.every((action) => path.actions.includes(action))
  );
}

/** Steps for all paths together: hostile policies must not cost a multiple of what one question may. */
const catalogueBudget = 4 * questionBudget;

/** What the principal's policies let through at first sight; most paths end here. */
interface OpenActions {
  readonly layers: Layers;
  readonly candidates: Bitset;
  readonly prepared: Prepared;
  /** Whether the principal's boundary leaves nothing to gain from changing itself. */
  readonly held: boolean;
  /** The searches that the paths share, by scenario and circumstances. */
  readonly searches: Map<Scenario, Map<Freed, AimedSearch>>;
}

/** A search with all that paths can be aimed at in its scenario. */
interface AimedSearch {
  readonly search: PathSearch;
  readonly free: readonly Targets[];
  readonly bounded: readonly Targets[];
}

function openActions(principal: Principal, approximation: Approximation, options: EscalationOptions): OpenActions {
  const layers = layersOf(principal, approximation);
  const candidates = candidateActions(layers, allActions(), reachableActions);
  const prepared = prepare(principal, layers, {
    texts: textsAbout(principal),
    indirect: ["forwarded", "tagged"],
    budget: options.budget,
    now: options.now,
  });
  const held = principal.boundary !== undefined && isHeldByBoundary(principal, options);
  return { layers, candidates, prepared, held, searches: new Map() };
}

/** @param given with a budget that all paths share: what is worked out here serves them all */
function searchIn(
  { searches, candidates, held }: OpenActions,
  given: Search,
  principal: Principal,
  options: EscalationOptions,
): AimedSearch {
  const { layers, scenario, freed } = given;
  const { adminRoles = [] } = options;
  const inScenario = searches.get(scenario) ?? new Map<Freed, AimedSearch>();
  searches.set(scenario, inScenario);
  const known = inScenario.get(freed) ?? {
    search: new PathSearch({
      layers,
      scenario,
      freed,
      supply: supplyOf(principal, given, candidates, () => powersFor(principal, options)),
    }),
    free: [...freeTargets(principal, scenario, adminRoles, held)],
    bounded: [...boundedTargets(principal, scenario, held)],
  };
  inScenario.set(freed, known);
  return known;
}

/** Whether a smaller path says all that the verdict on the larger one does. */
function isAsOpen(smaller: EscalationFinding | undefined, verdict: Verdict<Grant>): boolean {
  if (smaller === undefined || smaller.verdict.answer !== verdict.answer) return false;
  if (smaller.verdict.answer !== "yes" || verdict.answer !== "yes") return true;
  const { qualifiers } = verdict.because;
  return smaller.verdict.because.qualifiers.every((qualifier) => qualifiers.includes(qualifier));
}

/**
 * First with targets that nothing bounds, then with any.
 *
 * @param budget of all paths together, and `budgetOf` gives what one search may take of it
 */
function* strengths(
  known: KnownPath,
  principal: Principal,
  options: EscalationOptions,
  approximation: Approximation,
  open: OpenActions,
  budget: Budget,
  budgetOf: () => Budget,
): Iterable<Verdict<Grant>> {
  const { layers, prepared } = open;
  for (const bounded of known.isAimed ? [false, true] : [false]) {
    const verdict = searchScenarios(
      principal,
      approximation,
      (given) => {
        const { search, free, bounded: reachable } = searchIn(open, { ...given, budget }, principal, options);
        return firstFound(bounded ? reachable : free, (targets) => search.find(known, targets, given.budget));
      },
      { layers, prepared, budget: budgetOf() },
    );
    yield bounded && verdict.answer === "yes"
      ? yes({ ...verdict.because, qualifiers: ["resource" as const, ...verdict.because.qualifiers] })
      : verdict;
  }
}

export type { EscalationPath };
