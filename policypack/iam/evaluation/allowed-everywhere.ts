import { universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import type { Step } from "../requests/request";
import { exactly } from "../requests/scenario";
import type { Domain, Requirement } from "../solver/domain";
import type { Test } from "../solver/test";
import { allHold, outcomeOf, Undecided } from "../solver/undecided";
import type { CompiledStatement } from "./compiled-statement";
import { alike, anyText, telling } from "./find-any";
import { findRequests, type ResourceElement, resourceElements } from "./find-request";
import { candidateActions, type Layers, type PlacedStatement, plainlyAllowed } from "./policy-layers";
import { actionsTouching } from "./reachable-actions";
import type { Search } from "./search";

/**
 * Whether every one of the actions can be called on every resource, each in whatever circumstances suit it. `resourceOf`
 * gives the resources that count.
 */
export function isAllowedEverywhere(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): boolean {
  if (!actions.isSubsetOf(candidateActions(search.layers, actions))) return false;
  const open = actions.andNot(plainlyAllowed(search.layers));
  return allHold(parts(open, search, resourceOf), (isAllowed) => isAllowed());
}

/** What has to be allowed, so that all of it is. */
function* parts(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): Iterable<() => boolean> {
  // Where something is refused, it is mostly refused for one of these.
  for (const action of telling().filter((each) => actions.has(each)))
    yield () => isAllowedOnAll({ action, resource: resourceOf(action) }, search);
  let open = actions;
  for (let action = open.first(); action !== undefined; action = open.first()) {
    const same = alike(action, open, search.layers, "any-resource");
    const onAnyText = { action, resource: anyText };
    // What holds for every text holds for every resource; only where it does not, the resources of each action matter.
    yield () => outcomeOf(() => isAllowedOnAll(onAnyText, search)) === true || areAllowedEach(same, search, resourceOf);
    open = open.andNot(same);
  }
}

function areAllowedEach(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): boolean {
  return allHold(partsOfEach(actions, search, resourceOf), (isAllowed) => isAllowed());
}

function* partsOfEach(
  actions: Bitset,
  search: Search,
  resourceOf: (action: number) => Domain,
): Iterable<() => boolean> {
  let open = actions.and(touched(search.layers));
  const untouched = actions.andNot(open).first();
  if (untouched !== undefined) yield () => isAllowedOnOthers({ action: untouched, resource: anyText }, search);
  for (let action = open.first(); action !== undefined; action = open.first()) {
    const step = { action, resource: resourceOf(action) };
    yield () => isAllowedOnAll(step, search);
    open = open.andNot(alike(action, open, search.layers, "own-resources"));
  }
}

/** The actions on whose resources some resource element can match. */
function touched({ layers, denies }: Layers): Bitset {
  const rules = [...layers.flatMap(({ allows }) => allows), ...denies].map(({ rule }) => rule);
  const limited = rules.filter(({ resource }) => resource !== undefined);
  return Bitset.union(universeSize(), limited.map(actionsTouching));
}

/** Whether the action can be called on every resource of the step's domain. */
function isAllowedOnAll(step: Step, search: Search): boolean {
  const elements = resourceElements(search.layers, step, search.scenario, search.freed);
  const tests = new Map<string, Test>();
  for (const { test } of elements) if (test !== undefined) tests.set(nameOf(test), test);
  return new Cells(step, search, elements, [...tests.values()]).areAllowed([]);
}

/** Whether the action can be called on resources that no resource element matches. */
function isAllowedOnOthers(step: Step, search: Search): boolean {
  const elements = resourceElements(search.layers, step, search.scenario, search.freed);
  const unmatched = new Map(elements.map(({ rule }) => [rule, false]));
  const layers = seenAs(search.layers, unmatched, "pessimistic");
  return findRequests(layers, [step], search.scenario, search.freed, search.budget) !== undefined;
}

function nameOf({ patterns }: Test): string {
  return patterns.map(({ tokens }) => tokens.join()).join(";");
}

/**
 * Cuts the resources into cells by which resource elements match them, and stops cutting as soon as a whole part is allowed
 * whatever the elements not looked at yet may match, or refused whatever they may match.
 */
class Cells {
  constructor(
    private readonly step: Step,
    private readonly search: Search,
    private readonly elements: readonly ResourceElement[],
    private readonly tests: readonly Test[],
  ) {}

  /** For the resources that fulfil the requirements, one for each of the first tests. */
  areAllowed(requirements: readonly Requirement[]): boolean {
    const sample = this.search.layers.memo.find(requirements, this.step.resource, this.search.budget);
    if (sample === undefined || sample === "absent") return true;
    if (outcomeOf(() => this.isAllowed(requirements, "pessimistic")) === true) return true;
    if (!this.isAllowed(requirements, "optimistic")) return false;
    const test = this.tests[requirements.length];
    if (test === undefined) return this.isDecidedBy(sample[0] ?? "");
    return allHold([true, false], (wanted) => this.areAllowed([...requirements, { test, wanted }]));
  }

  /** Elements with policy variables may tell the resources of a cell apart; one that is refused settles it all the same. */
  private isDecidedBy(sample: string): boolean {
    const { layers, scenario, freed, budget } = this.search;
    if (findRequests(layers, [{ ...this.step, resource: exactly(sample) }], scenario, freed, budget) === undefined)
      return false;
    throw new Undecided("a policy variable in a Resource can take values that were not tried");
  }

  private isAllowed(requirements: readonly Requirement[], view: "pessimistic" | "optimistic"): boolean {
    const { layers, scenario, freed, budget } = this.search;
    const matched = new Map<CompiledStatement, boolean | undefined>();
    for (const { rule, test } of this.elements)
      matched.set(rule, test && requirements.find((each) => nameOf(each.test) === nameOf(test))?.wanted);
    const seen = seenAs(layers, matched, view);
    const step = { ...this.step, resource: layers.memo.restricted(this.step.resource, requirements) };
    return findRequests(seen, [step], scenario, freed, budget) !== undefined;
  }
}

/** The layers with resource elements taken as matched or not; where that is open, as the view has it. */
function seenAs(
  layers: Layers,
  matched: ReadonlyMap<CompiledStatement, boolean | undefined>,
  view: "pessimistic" | "optimistic",
): Layers {
  const see = (placed: PlacedStatement): PlacedStatement[] => {
    const { rule } = placed;
    if (rule.resource === undefined || !matched.has(rule)) return [placed];
    const found = matched.get(rule);
    const applies =
      found === undefined ? (rule.effect === "Allow") === (view === "optimistic") : found !== rule.resource.inverted;
    return applies ? [{ ...placed, rule: { ...rule, resource: undefined } }] : [];
  };
  return {
    ...layers,
    real: layers.real ?? layers,
    layers: layers.layers.map((layer) => ({ ...layer, allows: layer.allows.flatMap(see) })),
    denies: layers.denies.flatMap(see),
  };
}
