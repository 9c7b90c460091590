import type { Budget } from "../../answer/budget";
import { distinct } from "../../answer/grant";
import { findRequests, solveStep } from "../../evaluation/find-request";
import type { FoundRequests, StepSolution } from "../../evaluation/found-requests";
import type { Layers } from "../../evaluation/policy-layers";
import { type Freed, type Scenario, type Step, sharedDomain } from "../../requests/request";
import { anyResource } from "../../requests/resource-domain";
import type { Domain, Value } from "../../solver/domain";
import { firstFound, outcomeOf, Undecided } from "../../solver/undecided";
import type { Variable } from "../../solver/variable";
import { reachesElsewhere, type Supply, waysOf } from "../admin/attachable-policies";
import { withTagging } from "../admin/tagged-targets";
import type { KnownPath, PathCall } from "./calls";
import type { Targets } from "./targets";

/** What is the same for all paths that are searched in the same circumstances. */
export interface Circumstances {
  readonly layers: Layers;
  readonly scenario: Scenario;
  readonly freed: Freed;
  /** The policies that a path can attach. */
  readonly supply: Supply;
}

interface KnownStep {
  /** Equal for steps that ask for the same. */
  readonly key: string;
  readonly step: Step;
}

/**
 * Searches paths in the same circumstances. The catalogue has far more paths than calls, so each call is searched for once,
 * by itself, and most paths are decided by what their calls need.
 */
export class PathSearch {
  private steps = 0;
  private readonly unaimed = new Map<string, readonly (readonly KnownStep[])[]>();
  private readonly aimed = new Map<Targets, Map<string, readonly (readonly KnownStep[])[]>>();
  private readonly answers = new Map<string, StepSolution | "open" | undefined>();

  constructor(private readonly circumstances: Circumstances) {}

  /** A request for every call of the path, on the targets. */
  find({ calls }: KnownPath, targets: Targets, budget: Budget): FoundRequests | undefined {
    const { supply } = this.circumstances;
    if (targets.policies === "elsewhere" && !calls.some(({ name }) => reachesElsewhere(name, supply))) return undefined;
    let ways: readonly (readonly KnownStep[])[] = [[]];
    for (const call of calls) {
      // A way whose steps are not possible by themselves is none in any combination.
      const known = this.waysOf(call, targets).filter((steps) =>
        steps.every((step) => this.answerTo(step, budget) !== undefined),
      );
      if (known.length === 0) return undefined;
      ways = ways.flatMap((steps) => known.map((more) => [...steps, ...more]));
    }
    return firstFound(ways, (steps) => this.findFor(steps, budget));
  }

  private findFor(steps: readonly KnownStep[], budget: Budget): FoundRequests | undefined {
    const alone: StepSolution[] = [];
    for (const step of sharing("role", steps)) {
      const answer = this.answerTo(step, budget);
      if (answer === undefined) return undefined;
      if (answer !== "open") alone.push(answer);
    }
    const { layers, scenario, freed } = this.circumstances;
    const joined = alone.length === steps.length ? together(alone, budget) : undefined;
    if (joined !== undefined) return joined;
    return findRequests(
      layers,
      steps.map(({ step }) => step),
      scenario,
      freed,
      budget,
    );
  }

  private answerTo({ key, step }: KnownStep, budget: Budget): StepSolution | "open" | undefined {
    if (!this.answers.has(key)) this.answers.set(key, this.search(step, budget));
    return this.answers.get(key);
  }

  private search(step: Step, budget: Budget): StepSolution | "open" | undefined {
    const { layers, scenario, freed } = this.circumstances;
    const answer = outcomeOf(() => solveStep(layers, step, scenario, freed, budget));
    // Another step may still rule the path out.
    return answer instanceof Undecided ? "open" : answer;
  }

  private waysOf(call: PathCall, targets: Targets): readonly (readonly KnownStep[])[] {
    const known = call.type === undefined ? this.unaimed : (this.aimed.get(targets) ?? new Map());
    if (call.type !== undefined) this.aimed.set(targets, known);
    let ways = known.get(call.key);
    if (ways === undefined) {
      ways = this.newWays(call, targets).map((steps) => steps.map((step) => ({ key: String(this.steps++), step })));
      known.set(call.key, ways);
    }
    return ways;
  }

  /** The passed role must be one for a service of the path. */
  private newWays({ name, action, type, services }: PathCall, targets: Targets): readonly (readonly Step[])[] {
    const { scenario, supply } = this.circumstances;
    const passed: Step["pins"] =
      services.length === 0
        ? new Map()
        : new Map([["iam:passedtoservice", oneOf(services.flatMap((each) => serviceNames(each, scenario)))]]);
    const resource = type === undefined ? anyResource(action, scenario) : targets.of[type](action, name);
    return waysOf(name, "any", supply, targets.policies).flatMap(({ before, pins, sharedKeys }) => {
      const step = { action, resource, pins: new Map([...passed, ...pins]), sharedKeys };
      const aimed = type === "role" ? { ...step, sharedResource: "role" } : step;
      return withTagging(aimed, supply.layers, supply.candidates).map((steps) => [...before, ...steps]);
    });
  }
}

function oneOf(values: readonly string[]): Domain {
  return { absent: false, values: values.map((value) => [value]), multivalued: false };
}

/** In China, some services go by a name of their own partition ("AWS service principals", IAM User Guide). */
function serviceNames(service: string, scenario: Scenario): readonly string[] {
  return scenario.partition === "aws-cn" ? [service, `${service}.cn`] : [service];
}

/** Where several steps speak of one thing, each of them asked about what all of them can be about. */
function sharing(name: string, steps: readonly KnownStep[]): readonly KnownStep[] {
  const those = steps.filter(({ step }) => step.sharedResource === name);
  if (those.length < 2) return steps;
  const all = those.map(({ key }) => key).join("&");
  const resource = sharedDomain(
    those.map(({ step }) => step),
    name,
  );
  return steps.map((known) =>
    known.step.sharedResource === name ? { key: `${known.key} of ${all}`, step: { ...known.step, resource } } : known,
  );
}

/** One request for each step, unless two of them need different things of what they share. */
function together(alone: readonly StepSolution[], budget: Budget): FoundRequests | undefined {
  const [only, ...others] = alone;
  if (only !== undefined && others.length === 0) return only.found;
  const shared = new Map<Variable, Value>();
  for (const { shared: needed } of alone)
    for (const [variable, value] of needed) {
      const known = shared.get(variable);
      if (known !== undefined && String(known) !== String(value)) return undefined;
      shared.set(variable, value);
    }
  return {
    witnesses: alone.flatMap((each) =>
      // What other steps need makes no difference to one that needs all of it itself.
      each.shared.size === shared.size ? each.found.witnesses : [each.witnessWith(shared, budget)],
    ),
    statements: distinct(alone.flatMap(({ found }) => found.statements)),
  };
}
