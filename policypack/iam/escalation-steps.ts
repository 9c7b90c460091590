import { type Alone, distinct, type Found, findAlone, findRequests } from "./access";
import { pinsOf } from "./admin";
import type { Budget } from "./budget";
import type { KnownPath, PathCall } from "./escalation-calls";
import type { Targets } from "./escalation-targets";
import type { Layers } from "./layers";
import { anyResource } from "./resource";
import type { Freed, Scenario } from "./scenario";
import { type Step, sharedDomain } from "./step";
import { Undecided, type Value } from "./values";

/** What is the same for all paths that are searched in the same circumstances. */
export interface Circumstances {
  readonly layers: Layers;
  readonly scenario: Scenario;
  readonly freed: Freed;
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
  private readonly unaimed = new Map<string, KnownStep>();
  private readonly aimed = new Map<Targets, Map<string, KnownStep>>();
  private readonly answers = new Map<string, Alone | "open" | undefined>();

  constructor(private readonly circumstances: Circumstances) {}

  /** A request for every call of the path, on the targets. */
  find({ calls }: KnownPath, targets: Targets, budget: Budget): Found | undefined {
    const steps = calls.map((call) => this.stepOf(call, targets));
    const alone: Alone[] = [];
    for (const step of sharingTheirRole(steps)) {
      const answer = this.answerTo(step, budget);
      if (answer === undefined) return undefined;
      if (answer !== "open") alone.push(answer);
    }
    const { layers, scenario, freed } = this.circumstances;
    const joined = alone.length === steps.length ? together(alone) : undefined;
    if (joined !== undefined) return joined;
    return findRequests(
      layers,
      steps.map(({ step }) => step),
      scenario,
      freed,
      budget,
    );
  }

  private answerTo({ key, step }: KnownStep, budget: Budget): Alone | "open" | undefined {
    if (!this.answers.has(key)) this.answers.set(key, this.search(step, budget));
    return this.answers.get(key);
  }

  private search(step: Step, budget: Budget): Alone | "open" | undefined {
    const { layers, scenario, freed } = this.circumstances;
    try {
      return findAlone(layers, step, scenario, freed, budget);
    } catch (error) {
      // Another step may still rule the path out.
      if (error instanceof Undecided) return "open";
      throw error;
    }
  }

  private stepOf(call: PathCall, targets: Targets): KnownStep {
    const known = call.type === undefined ? this.unaimed : (this.aimed.get(targets) ?? new Map<string, KnownStep>());
    if (call.type !== undefined) this.aimed.set(targets, known);
    let step = known.get(call.key);
    if (step === undefined) {
      step = { key: String(this.steps++), step: this.newStep(call, targets) };
      known.set(call.key, step);
    }
    return step;
  }

  /** The passed role must be one for a service of the path. */
  private newStep({ name, action, type, services }: PathCall, targets: Targets): Step {
    const { scenario } = this.circumstances;
    const pins = new Map(pinsOf(name, scenario));
    if (services.length > 0)
      pins.set("iam:passedtoservice", {
        absent: false,
        values: services.flatMap((each) => serviceNames(each, scenario)),
        multivalued: false,
      });
    if (type === undefined) return { action, resource: anyResource(action, scenario), pins };
    const resource = targets[type](action, name);
    return type === "role" ? { action, resource, sharedResource: "role", pins } : { action, resource, pins };
  }
}

/** In China, some services go by a name of their own partition ("AWS service principals", IAM User Guide). */
function serviceNames(service: string, scenario: Scenario): readonly (readonly string[])[] {
  return scenario.partition === "aws-cn" ? [[service], [`${service}.cn`]] : [[service]];
}

/** Where several steps speak of one role, each of them asked about the roles that all of them can be about. */
function sharingTheirRole(steps: readonly KnownStep[]): readonly KnownStep[] {
  const sharing = steps.filter(({ step }) => step.sharedResource !== undefined);
  if (sharing.length < 2) return steps;
  const all = sharing.map(({ key }) => key).join("&");
  const resource = sharedDomain(
    sharing.map(({ step }) => step),
    "role",
  );
  return steps.map((known) =>
    known.step.sharedResource === undefined
      ? known
      : { key: `${known.key} of ${all}`, step: { ...known.step, resource } },
  );
}

/** One request for each step, unless two of them need different things of what they share. */
function together(alone: readonly Alone[]): Found | undefined {
  const [only, ...others] = alone;
  if (only !== undefined && others.length === 0) return only.found;
  const shared = new Map<string, Value>();
  for (const { shared: needed } of alone)
    for (const [variable, value] of needed) {
      const known = shared.get(variable);
      if (known !== undefined && String(known) !== String(value)) return undefined;
      shared.set(variable, value);
    }
  return {
    witnesses: alone.flatMap((each) =>
      // What other steps need makes no difference to one that needs all of it itself.
      each.shared.size === shared.size ? each.found.witnesses : [each.witnessWith(shared)],
    ),
    statements: distinct(alone.flatMap(({ found }) => found.statements)),
  };
}
