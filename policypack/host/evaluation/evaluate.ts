import { derived, WorkLimit } from "../../iam";
import { buildGraph, type Graph, possibleWorlds, type ReadResource, type Resource, type Touched } from "../../model";
import { Analysis, type AnyRule, type Phase, type RuleContext } from "../../rules";
import type { Configuration } from "../configuration/configure";
import type { AnyOptions } from "../configuration/options";
import type { Doubt } from "./doubt";
import { type Answer, type Answers, type Asked, ask } from "./run-rule";
import { type AnySubject, mayConcern, phasesOf, subjectsFor } from "./subject-selection";
import { inEveryWorld } from "./worlds";

/** What a run needs from outside, so that a test can give it. */
export interface Environment {
  /** Every rule that may be enabled. */
  readonly rules: readonly AnyRule[];
  /** Of those, the ones that this run asks; all of them when left out. */
  readonly asks?: readonly AnyRule[];
  readonly now: () => Date;
  /** Takes what this run leaves undecided, where another tells of it. */
  readonly onDoubts?: (doubts: readonly Doubt[]) => void;
  /** Subjects that are there and that no rule is asked about. */
  readonly spares?: (subject: AnySubject) => boolean;
  /** Takes what each rule said of each subject, nothing included. */
  readonly onAsked?: (asked: Asked) => void;
  /** How many findings a run tells before it only counts the rest; as many as a person reads when left out. */
  readonly mostReports?: number;
  /** `AWS_ACCESS_KEY_ID` of the environment that providers inherit. */
  readonly ambientKeyId?: string | undefined;
}

/** One request: which resources, at which phase, under which configuration. */
export interface Evaluation {
  readonly phase: Phase;
  readonly resources: readonly ReadResource[];
  /** Inputs of everything that the run has shown so far, by URN. */
  readonly shown: ReadonlyMap<string, Resource>;
  readonly configuration: Configuration;
  readonly environment: Environment;
  /** The graph, where it is there already; else it is that of the resources. */
  readonly graph?: () => Graph;
  /** Of the holders of policies in the graph, the ones to ask about; all of them when left out. */
  readonly touched?: () => Touched;
  /** What is asked of that graph, where others ask it too; it is of that graph. */
  readonly analysis?: Analysis;
}

export function askedRules({ asks, rules }: Environment): readonly AnyRule[] {
  return asks ?? rules;
}

/** Asks every enabled rule whose phase it is, over one graph; where templates leave open what the stack comes to be, over one for each possibility. */
export function evaluate(
  evaluation: Evaluation,
  fallbackUrn: string,
  work = new WorkLimit({ now: evaluation.environment.now() }),
): Answers {
  const { worlds, waiting } = possibleWorlds(evaluation.resources);
  const [only, another] = worlds;
  if (only !== undefined && another === undefined) return evaluateWorld(evaluation, fallbackUrn, work);
  return inEveryWorld(
    worlds.map((resources) => evaluateWorld({ ...evaluation, resources }, fallbackUrn, work)),
    waiting,
  );
}

function evaluateWorld(evaluation: Evaluation, fallbackUrn: string, work: WorkLimit): Answers {
  const { phase, resources, configuration, environment } = evaluation;
  const graph = evaluation.graph ?? graphOf(resources);
  const analysis = evaluation.analysis ?? new Analysis(graph, configuration.settings, work);
  const answers: Answer[] = [];
  const notApplicable: AnyRule[] = [];
  // What rules look at is among these resources or nowhere, where no graph of others is given.
  const areAlone = evaluation.graph === undefined;
  const declaring = resources.filter((each) => !each.declaresNothing);
  for (const rule of rulesOf(environment)(configuration)[phase]) {
    if (areAlone && !mayConcern(rule, resources)) {
      notApplicable.push(rule);
      continue;
    }
    let count = 0;
    const subjects = (): readonly AnySubject[] => {
      const there = subjectsFor(rule.on, rule.on === "resource" ? resources : declaring, graph, evaluation.touched);
      const { spares } = environment;
      const found = spares === undefined ? there : there.filter((subject) => !spares(subject));
      count = found.length;
      return found;
    };
    const given = ask(
      rule,
      subjects,
      contextOf(evaluation, rule, analysis),
      (id) => isEnabled(configuration, id),
      fallbackUrn,
      environment.onAsked,
    );
    answers.push(...given);
    if (count === 0 && given.length === 0) notApplicable.push(rule);
  }
  return { answers, notApplicable };
}

/** The enabled rules of each phase: a run asks the same ones at every resource. */
const rulesOf = derived((environment: Environment) =>
  derived((configuration: Configuration): Readonly<Record<Phase, readonly AnyRule[]>> => {
    const enabled = askedRules(environment).filter(({ id }) => isEnabled(configuration, id));
    const at = (phase: Phase) => enabled.filter((rule) => phasesOf(rule).includes(phase));
    return { resource: at("resource"), creating: at("creating"), stack: at("stack") };
  }),
);

/** The graph of some resources, built when the first rule wants it. */
export function graphOf(resources: readonly ReadResource[]): () => Graph {
  let built: Graph | undefined;
  return () => {
    built ??= buildGraph(resources);
    return built;
  };
}

/** What a rule may know beside its subject. */
export function contextOf(
  { phase, shown, configuration, environment }: Evaluation,
  rule: AnyRule,
  analysis: Analysis,
): RuleContext<AnyOptions> {
  const { settings, work, once } = analysis;
  return {
    options: configuration.rules.get(rule.id)?.options ?? {},
    settings,
    get graph() {
      return analysis.graph;
    },
    work,
    once,
    shown,
    phase,
    now: environment.now(),
    ambientKeyId: environment.ambientKeyId,
  };
}

function isEnabled(configuration: Configuration, id: string): boolean {
  const level = configuration.rules.get(id)?.level;
  return level !== undefined && level !== "disabled";
}
