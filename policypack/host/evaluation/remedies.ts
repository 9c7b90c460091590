import { WorkLimit } from "../../iam";
import type { ReadResource } from "../../model";
import { Analysis, type AnyRule, type Rule } from "../../rules";
import { contextOf, type Evaluation, graphOf } from "./evaluate";
import { whereOf } from "./run-rule";
import { subjectsFor } from "./subject-selection";

/** What one rule would change on a resource. */
export interface Remedy {
  readonly rule: AnyRule;
  /** Properties to set; undefined where the rule failed. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Sort and place of the error. */
  readonly failure?: string;
}

/** What these rules would change on a resource; a rule that fails changes nothing and stops no other. */
export function remediesFor(rules: readonly AnyRule[], read: ReadResource, evaluation: Evaluation): readonly Remedy[] {
  return rules.flatMap((rule) => remedyOf(rule, read, evaluation) ?? []);
}

function remedyOf(rule: AnyRule, read: ReadResource, evaluation: Evaluation): Remedy | undefined {
  // Its subjects' kind is between the rule and its definition.
  const anyRule: Rule = rule;
  const graph = graphOf([read]);
  try {
    const subjects = subjectsFor(rule.on, [read], graph);
    const work = new WorkLimit({ now: evaluation.environment.now() });
    const context = contextOf(evaluation, rule, new Analysis(graph, evaluation.configuration.settings, work));
    const changes = Object.assign({}, ...subjects.map((subject) => anyRule.remediate?.(subject, context) ?? {}));
    return Object.keys(changes).length > 0 ? { rule, changes } : undefined;
  } catch (error) {
    return { rule, failure: whereOf(error) };
  }
}
