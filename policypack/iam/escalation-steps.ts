import { type Alone, distinct, type Found, findAlone, findRequests } from "./access";
import { indexOf } from "./actions";
import { pinsOf } from "./admin";
import type { Budget } from "./budget";
import type { EscalationPath } from "./escalation-catalogue";
import { entityTypeOf, type Targets } from "./escalation-targets";
import type { Layers } from "./layers";
import { anyResource } from "./resource";
import type { Freed, Scenario } from "./scenario";
import { type Step, sharedDomain } from "./step";
import { Undecided, type Value } from "./values";

const numbers = new Map<string, number | undefined>();

/** `indexOf`, remembered for the few hundred names of the catalogue. */
export function numberOf(name: string): number | undefined {
  if (!numbers.has(name)) numbers.set(name, indexOf(name));
  return numbers.get(name);
}

/** Whether a path works on an entity that a policy can single out: a user, a group, a role or a policy. */
export function isAimed(path: EscalationPath): boolean {
  return path.actions.some((name) => entityTypeOf(numberOf(name) ?? -1, name) !== undefined);
}

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
  private readonly steps = new Map<string, KnownStep>();
  private readonly answers = new Map<string, Alone | "open" | undefined>();

  constructor(private readonly circumstances: Circumstances) {}

  /** A request for every step of the path; `aim` tells the targets from others. */
  find(path: EscalationPath, targets: Targets, aim: string, budget: Budget): Found | undefined {
    const steps = path.actions.map((name) => this.stepOf(name, path, targets, aim));
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

  private stepOf(name: string, path: EscalationPath, targets: Targets, aim: string): KnownStep {
    const services = name === "iam:PassRole" ? (path.passedTo ?? []) : [];
    const asked = [aim, name, ...services].join(" ");
    let known = this.steps.get(asked);
    if (known === undefined) {
      const action = numberOf(name) ?? -1;
      const isUnaimed = entityTypeOf(action, name) === undefined;
      known = { key: isUnaimed ? name : asked, step: this.newStep(name, action, services, targets) };
      this.steps.set(asked, known);
    }
    return known;
  }

  /** The passed role must be one for a service of the path. */
  private newStep(name: string, action: number, services: readonly string[], targets: Targets): Step {
    const { scenario } = this.circumstances;
    const type = entityTypeOf(action, name);
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
    witnesses: alone.map((each) => each.witnessWith(shared)),
    statements: distinct(alone.flatMap(({ found }) => found.statements)),
  };
}
