import { type Policy, WorkLimit } from "../iam";
import { buildGraph, ReadResource, type Resource, stackUrnOf } from "../model";
import { Analysis } from "../rules";
import type { Configuration } from "./configuration/configure";
import { type Environment, type Evaluation, evaluate } from "./evaluation/evaluate";
import type { Answer } from "./evaluation/run-rule";
import type { Report } from "./reporting/report";
import { settle } from "./reporting/to-reports";

/** What is found in resources that are all there. */
export interface WholeJudgement {
  readonly reports: readonly Report[];
  /** What the rules asked of the graph, for further questions about the same. */
  readonly analysis: Analysis;
}

/**
 * Judges resources that exist and are all there, as those of an account are: each alone, and then all together. No engine asks, so
 * nothing is capped, nothing is stopped before it is made, and what is undecided is for whoever listens to the environment's `onAsked`.
 *
 * @param scps service control policies that bind every identity
 */
export function judgeWhole(
  resources: readonly Resource[],
  configuration: Configuration,
  environment: Environment,
  scps?: readonly (readonly Policy[])[],
): WholeJudgement {
  const read = resources.map((resource) => new ReadResource(resource));
  const shown = new Map(resources.map((resource) => [resource.urn, resource]));
  const work = new WorkLimit({ now: environment.now() });
  const base = { shown, configuration, environment };
  const answers: Answer[] = [];
  for (const each of read) {
    const evaluation: Evaluation = { ...base, phase: "resource", resources: [each] };
    answers.push(...evaluate(evaluation, stackUrnOf(each.resource.urn)).answers);
  }
  const graph = buildGraph(read, scps);
  const analysis = new Analysis(() => graph, configuration.settings, work);
  const [first] = resources;
  const at = first === undefined ? "" : stackUrnOf(first.urn);
  const whole: Evaluation = { ...base, phase: "stack", resources: read, graph: () => graph, analysis };
  const told = new Set(answers.map(keyOf));
  answers.push(...evaluate(whole, at, work).answers.filter((answer) => !told.has(keyOf(answer))));
  return { reports: settle(answers, configuration), analysis };
}

/** What was told at a resource is not told again with the whole. */
function keyOf({ rule, outcome }: Answer): string {
  return JSON.stringify([rule.id, outcome.urn, outcome.kind === "finding" ? outcome.what : outcome.kind]);
}
