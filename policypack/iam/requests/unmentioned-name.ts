import { Budget, BudgetSpent } from "../answer/budget";
import { arnGlob } from "../language/arn-glob";
import type { Mentioned } from "../language/mentions";
import { arnFields, covers, matches, type Pattern, resourcePatterns } from "../language/pattern";
import { parseTemplate } from "../language/template";
import { derived } from "../shared/remembering";
import { findText } from "../solver/text-solver";

export type EntityType = "user" | "group" | "role" | "policy";

/** Where an entity is, and the name that it has unless some policy speaks of it. */
export interface Unnamed {
  readonly partition: string;
  readonly account: string;
  readonly type: EntityType;
  readonly usual: string;
}

/** Steps for one name; more only hostile patterns take, and then the usual one stands. */
const mostSteps = 2_000;

const names = derived((_: Mentioned) => new Map<string, string>());

/**
 * A name that no Resource or NotResource singles out, be it by a pattern: what is allowed on it is allowed on any name that nothing
 * bounds. `role/*-role` bounds, `role/*` does not. The usual name where the patterns leave no other.
 */
export function unmentionedName(mentioned: Mentioned, { partition, account, type, usual }: Unnamed): string {
  const known = names(mentioned);
  const start = `arn:${partition}:iam::${account}:${type}/`;
  const key = `${start} ${usual}`;
  const name = known.get(key) ?? nameBeside(patternsOf(mentioned), start, usual);
  known.set(key, name);
  return name;
}

function nameBeside(values: readonly (readonly Pattern[])[], start: string, usual: string): string {
  const any = arnGlob(`${start}?*`);
  const narrower = values.filter((patterns) => !patterns.some((pattern) => covers(pattern, any))).flat();
  if (!narrower.some((pattern) => matches(pattern, `${start}${usual}`))) return usual;
  const forbidden = [...narrower, arnGlob(`${start}*/*`), arnGlob(`${start}*:*`)];
  try {
    const text = findText({ required: [[any]], forbidden }, new Budget(mostSteps));
    return text?.slice(start.length) ?? usual;
  } catch (error) {
    if (error instanceof BudgetSpent) return usual;
    throw error;
  }
}

/** What each Resource and NotResource value matches; a policy variable in one is any text. */
const patternsOf = derived((mentioned: Mentioned): readonly (readonly Pattern[])[] =>
  mentioned.values.flatMap(({ key, value, variables }) => {
    if (key !== "resource") return [];
    const template = parseTemplate(value, { variables, wildcards: true });
    const open = template.map((part) => (part.kind === "variable" ? ({ kind: "any-run" } as const) : part));
    return [resourcePatterns(arnFields(open), "wide")];
  }),
);
