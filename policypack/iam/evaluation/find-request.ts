import { Budget, spendShared } from "../answer/budget";
import { distinct, type Witness } from "../answer/grant";
import { supports } from "../aws/action-classes";
import { actionName } from "../aws/actions";
import { isShared } from "../aws/condition-keys";
import { resourcePatterns } from "../language/pattern";
import { type Freed, onlyValue, type Scenario, type Step, sharedDomain } from "../requests/request";
import { domainOf, exactly, regionDomain } from "../requests/scenario";
import { type Choice, type Clause, type Constraint, type Solution, solve } from "../solver/clause-solver";
import { type Domain, defaultValue, type Value } from "../solver/domain";
import { holds, likeTest, readAs, type Test } from "../solver/test";
import { firstFound, outcomeOf, Undecided } from "../solver/undecided";
import { keyOfAll, keyOfStep, meaningOf, resourceOfStep, sharedResource, type Variable } from "../solver/variable";
import {
  type CompiledCondition,
  type CompiledResource,
  type CompiledStatement,
  conditionPatterns,
} from "./compiled-statement";
import type { FoundRequests, StepSolution } from "./found-requests";
import type { Layers, PlacedStatement } from "./policy-layers";
import { anyOfForm, type Filling, filledIn } from "./policy-variables";
import { anyValue, type Reading, readings, type VariableValue } from "./readings";
import { candidateValues, textsOf } from "./variable-candidates";

/** How many values of policy variables that nothing settles are tried together. */
const mostFreeVariables = 3;

/** How many values are tried for one of them. */
const mostTries = 8;

/** What every resource fulfils. */
const anyResourceAtAll = likeTest([], true);

/**
 * A request for every step that is allowed in the scenario, with credentials, network and time shared by all steps; undefined
 * when there is none. Throws BudgetSpent or Undecided when neither can be shown.
 */
export function findRequests(
  layers: Layers,
  steps: readonly Step[],
  scenario: Scenario,
  freed: Freed,
  budget: Budget,
): FoundRequests | undefined {
  // The first step tells the domains of what all share, so one that is another caller's comes last.
  const all = scenario.tagging === undefined ? steps : [...steps, scenario.tagging];
  const query = new RequestSearch(layers, all, scenario, freed, budget);
  const free = query.freeVariables();
  if (free.length === 0) return query.run(new Map());
  // Reading a variable as anything fulfils more than any value of it, so that a failure is one for all values.
  if (outcomeOf(() => query.run("anything")) === undefined) return undefined;
  if (free.length <= mostFreeVariables) {
    const tried = readings(free, (variable) => query.tries(variable));
    const found = outcomeOf(() => firstFound(tried, (reading) => query.run(reading)));
    if (found !== undefined && !(found instanceof Undecided)) return found;
    // With each variable there or not: what fails for any value then fails for all values.
    const wide = readings(free, (variable) => query.presence(variable));
    if (outcomeOf(() => firstFound(wide, (reading) => query.run(reading))) === undefined) return undefined;
  }
  const names = new Set(free.map((variable) => `\${${keyOf(variable)}}`));
  throw new Undecided(`the policy variables ${[...names].join(", ")} can take values that were not tried`);
}

/**
 * The same for one step by itself, which says more about attacks that it is part of: without a request for the step there is
 * none for them, and requests that need the same of what is shared go together. `open` when a policy variable that nothing
 * settles matters; `findRequests` tries its values.
 */
export function solveStep(
  layers: Layers,
  step: Step,
  scenario: Scenario,
  freed: Freed,
  budget: Budget,
): StepSolution | "open" | undefined {
  if (scenario.tagging !== undefined) return "open";
  const query = new RequestSearch(layers, [step], scenario, freed, budget);
  return query.freeVariables().length === 0 ? query.runAlone() : "open";
}

/** A resource element that matters for a step: what it matches, without the `Not` that it may carry. */
export interface ResourceElement {
  readonly rule: CompiledStatement;
  /** Undefined when a policy variable stands in it that nothing settles. */
  readonly test: Test | undefined;
}

/** The resource elements of the rules that are about the step's action. */
export function resourceElements(
  layers: Layers,
  step: Step,
  scenario: Scenario,
  freed: Freed,
): readonly ResourceElement[] {
  return new RequestSearch(layers, [step], scenario, freed, new Budget(0)).resourceElements();
}

/** The condition key that a policy variable names. */
function keyOf(variable: Variable): string {
  const meaning = meaningOf(variable);
  return "key" in meaning ? meaning.key : "name" in meaning ? meaning.name : "";
}

function isOfAll(variable: Variable): boolean {
  return !("step" in meaningOf(variable));
}

class RequestSearch {
  private readonly domains = new Map<Variable, Domain>();
  private readonly relevant = new Map<Step, readonly PlacedStatement[]>();

  constructor(
    private readonly layers: Layers,
    private readonly steps: readonly Step[],
    private readonly scenario: Scenario,
    private readonly freed: Freed,
    private readonly budget: Budget,
  ) {}

  /** Policy variables in rules that matter here, whose value the scenario does not settle. */
  freeVariables(): Variable[] {
    const free = this.steps.flatMap((step, index) =>
      this.relevantRules(step)
        .flatMap(({ rule }) => rule.variables)
        .filter((key) => onlyValue(this.keyDomain(step, key)) === "open")
        .map((key) => this.variable(index, key)),
    );
    return [...new Set(free)];
  }

  /** Those of the first step. */
  resourceElements(): ResourceElement[] {
    const step = this.stepAt(0);
    return this.relevantRules(step).flatMap(({ rule }) => {
      const { resource } = rule;
      if (resource === undefined) return [];
      if (resource.named !== undefined) return [{ rule, test: resource.named }];
      const isFree = resource.variables.some((key) => onlyValue(this.keyDomain(step, key)) === "open");
      const named = { ...resource, inverted: false };
      return [{ rule, test: isFree ? undefined : this.resourceTest(named, step, 0, new Map()) }];
    });
  }

  /** Whether a policy variable can be there, and whether it can be absent. */
  presence(variable: Variable): readonly VariableValue[] {
    return this.ownDomain(variable).absent ? [anyValue, undefined] : [anyValue];
  }

  /** Values worth trying for a policy variable; `undefined` is its absence. */
  tries(variable: Variable): readonly VariableValue[] {
    const domain = this.ownDomain(variable);
    const absence = domain.absent ? [undefined] : [];
    if (domain.values !== "any") return [...domain.values.map(([first]) => first), ...absence];
    const rules = this.steps.flatMap((step) => this.relevantRules(step)).map(({ rule }) => rule);
    const resources = this.steps.flatMap(({ resource }) => textsOf(resource));
    return [...candidateValues(keyOf(variable), domain, rules, resources).slice(0, mostTries), ...absence];
  }

  run(reading: Reading): FoundRequests | undefined {
    const solution = this.solution(reading);
    return solution === undefined ? undefined : this.found(solution, reading);
  }

  /** For the only step, where no policy variable is free. */
  runAlone(): StepSolution | undefined {
    const reading = new Map<Variable, undefined>();
    const solution = this.solution(reading);
    if (solution === undefined) return undefined;
    const shared = new Map([...solution.values].filter(([variable]) => isOfAll(variable)));
    return {
      found: this.found(solution, reading),
      shared,
      witnessWith: (others, budget) =>
        this.witness(this.stepAt(0), 0, new Map([...others, ...solution.values]), reading, budget),
    };
  }

  private solution(reading: Reading): Solution<PlacedStatement | undefined> | undefined {
    this.domains.clear();
    const clauses: Clause<PlacedStatement | undefined>[] = [];
    for (const [index, step] of this.steps.entries())
      for (const clause of this.clausesOf(step, index, reading) ?? [[]]) clauses.push(clause);
    for (const [index, step] of this.steps.entries()) {
      // What no rule looks at must still be possible: a domain cut down in several ways may be empty.
      const cuts = step.resource.values === "any" ? (step.resource.always ?? []).length : 0;
      if (cuts <= 1 && step.sharedResource === undefined) continue;
      const exists = { variable: this.resourceVariable(step, index), test: anyResourceAtAll, wanted: true };
      clauses.push([{ constraints: [exists], tag: undefined }]);
    }
    const domainOf = (variable: Variable) => this.domainOfVariable(variable, reading);
    return solve(clauses, domainOf, this.budget, this.layers.memo);
  }

  private stepAt(index: number): Step {
    const step = this.steps[index] ?? this.steps[0];
    if (step === undefined) throw new Error("a search has at least one step");
    return step;
  }

  private relevantRules(step: Step): readonly PlacedStatement[] {
    let rules = this.relevant.get(step);
    if (rules === undefined) {
      const { layers, denies } = this.layersFor(step);
      const sets = [...layers.map(({ allows }) => allows), denies];
      rules = sets.flatMap((set) => set.filter(({ rule }) => rule.actions.has(step.action)));
      this.relevant.set(step, rules);
    }
    return rules;
  }

  /** A step that comes before what is asked about is judged by the policies as they are. */
  private layersFor({ before }: Step): Layers {
    return before === undefined ? this.layers : (this.layers.real ?? this.layers);
  }

  private resourceVariable(step: Step, index: number): Variable {
    return step.sharedResource === undefined ? resourceOfStep(index) : sharedResource(step.sharedResource);
  }

  private variable(index: number, key: string): Variable {
    const { sharedKeys, setsTags } = this.stepAt(index);
    const shared = sharedKeys?.get(key);
    if (shared !== undefined) return sharedResource(shared);
    if (setsTags !== undefined) {
      const tag = setsTags.get(key);
      if (tag !== undefined) return keyOfAll(tag);
      if ([...setsTags.values()].includes(key)) return keyOfStep(key, index);
    }
    return isShared(key) ? keyOfAll(key) : keyOfStep(key, index);
  }

  private keyDomain(step: Step, key: string): Domain {
    const pinned = step.pins?.get(key);
    if (pinned !== undefined) return pinned;
    // What IAM is asked about is of the caller's own account.
    if (key === "aws:resourceaccount" && actionName(step.action).startsWith("iam:"))
      return exactly((step.before ?? this.scenario).account);
    if (key === "aws:requestedregion") return regionDomain(actionName(step.action), this.scenario.partition);
    if (!supports(step.action, key)) return { absent: true, values: [], multivalued: false };
    return domainOf(step.before ?? this.scenario, key, this.freed);
  }

  private domainOfVariable(variable: Variable, reading: Reading): Domain {
    let domain = this.domains.get(variable);
    if (domain === undefined) {
      domain = this.ownDomain(variable);
      if (reading !== "anything" && reading.has(variable)) {
        const value = reading.get(variable);
        const absent = value === undefined;
        if (value === anyValue) domain = { ...domain, absent };
        else domain = { ...domain, absent, values: absent ? [] : [[value]] };
      }
      this.domains.set(variable, domain);
    }
    return domain;
  }

  private ownDomain(variable: Variable): Domain {
    const meaning = meaningOf(variable);
    switch (meaning.kind) {
      case "shared resource":
        return sharedDomain(this.steps, meaning.name);
      case "resource":
        return this.stepAt(meaning.step).resource;
      case "key":
        return this.keyDomain(this.stepAt(meaning.step), meaning.key);
      case "key of all":
        return this.keyDomain(this.stepAt(0), meaning.key);
    }
  }

  /** Undefined when no request of the step is allowed whatever the values. */
  private clausesOf(step: Step, index: number, reading: Reading): Clause<PlacedStatement | undefined>[] | undefined {
    if (step.before === undefined && this.scenario.forwarding?.includes(step.action) === false) return undefined;
    const clauses: Clause<PlacedStatement | undefined>[] = [];
    const { layers, denies } = this.layersFor(step);
    for (const { allows, everything } of layers) {
      if (everything) continue;
      const choices: Choice<PlacedStatement>[] = [];
      for (const placed of allows) {
        if (!placed.rule.actions.has(step.action)) continue;
        const constraints = this.constraintsOf(placed.rule, step, index, true, reading);
        if (constraints !== "never") choices.push({ constraints, tag: placed });
      }
      if (choices.length === 0) return undefined;
      clauses.push(choices.sort((a, b) => a.constraints.length - b.constraints.length));
    }
    for (const placed of denies) {
      if (!placed.rule.actions.has(step.action)) continue;
      const constraints = this.constraintsOf(placed.rule, step, index, false, reading);
      if (constraints === "never") continue;
      if (constraints.length === 0) return undefined;
      clauses.push(constraints.map((each) => ({ constraints: [{ ...each, wanted: false }], tag: undefined })));
    }
    return clauses;
  }

  /** What has to hold for the rule to match; constraints that the scenario settles are left out. `never` when it cannot match. */
  private constraintsOf(
    rule: CompiledStatement,
    step: Step,
    index: number,
    wanted: boolean,
    reading: Reading,
  ): Constraint[] | "never" {
    spendShared(this.budget, 1 + rule.compiledConditions.length);
    const constraints: Constraint[] = [];
    const add = (variable: Variable, test: Test): boolean => {
      const only = onlyValue(this.domainOfVariable(variable, reading));
      if (only === "open") constraints.push({ variable, test, wanted });
      else if (!holds(readAs(wanted, test), only === "absent" ? undefined : only.values)) return false;
      return true;
    };
    if (rule.resource !== undefined) {
      const test = this.resourceTest(rule.resource, step, index, reading);
      if (!add(this.resourceVariable(step, index), test)) return "never";
    }
    for (const compiledCondition of rule.compiledConditions)
      if (!add(this.variable(index, compiledCondition.key), this.keyTest(compiledCondition, step, index, reading)))
        return "never";
    return constraints;
  }

  private resourceTest(resource: CompiledResource, step: Step, index: number, reading: Reading): Test {
    if (resource.test !== undefined) return resource.test;
    const { patterns, exact } = filledIn(resource, this.fillingFor(step, index, reading), (fields) =>
      resourcePatterns(fields, resource.reading),
    );
    return { ...likeTest(patterns, resource.inverted), exactPatterns: exact };
  }

  private keyTest(compiledCondition: CompiledCondition, step: Step, index: number, reading: Reading): Test {
    if (compiledCondition.test !== undefined) return compiledCondition.test;
    const { key, operator, values } = compiledCondition;
    const { patterns, exact } = filledIn(compiledCondition, this.fillingFor(step, index, reading), (fields) =>
      conditionPatterns(operator, fields),
    );
    return { key, operator, patterns, exactPatterns: exact, values };
  }

  private fillingFor(step: Step, index: number, reading: Reading): Filling {
    return (key) => {
      const domain = this.keyDomain(step, key);
      const only = onlyValue(domain);
      const variable = this.variable(index, key);
      if (reading === "anything") {
        if (only === "open") return anyOfForm(domain.form);
      } else if (reading.has(variable)) {
        const value = reading.get(variable);
        return value === anyValue ? anyOfForm(domain.form) : value;
      }
      return typeof only === "string" || only.values.length > 1 ? undefined : only.values[0];
    };
  }

  private found(solution: Solution<PlacedStatement | undefined>, reading: Reading): FoundRequests {
    const witnesses = this.steps.map((step, index) => this.witness(step, index, solution.values, reading));
    // In the order in which the calls are made.
    if (this.steps.at(-1)?.before !== undefined) witnesses.unshift(...witnesses.splice(-1));
    const statements = solution.chosen.flatMap((placed) =>
      placed === undefined ? [] : [{ origin: placed.origin, path: placed.rule.statement.path }],
    );
    return { witnesses, statements: distinct(statements) };
  }

  private witness(
    step: Step,
    index: number,
    values: ReadonlyMap<Variable, Value>,
    reading: Reading,
    budget = this.budget,
  ): Witness {
    const context: Record<string, string | readonly string[]> = {};
    for (const key of [...this.layers.keys, ...(step.setsTags?.keys() ?? [])]) {
      const variable = this.variable(index, key);
      const value = values.get(variable) ?? defaultValue(this.domainOfVariable(variable, reading), budget);
      if (value === "absent") continue;
      const [only, ...others] = value;
      if (only !== undefined) context[key] = others.length === 0 ? only : value;
    }
    const resource = values.get(this.resourceVariable(step, index)) ?? defaultValue(step.resource, budget);
    return {
      scenario: (step.before ?? this.scenario).label,
      action: actionName(step.action),
      resource: resource === "absent" ? "*" : (resource[0] ?? "*"),
      context,
    };
  }
}
