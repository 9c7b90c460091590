/**
 * What an event of CloudTrail has to look like, in a form that can be put both as a filter of CloudWatch Logs and as a
 * pattern of EventBridge. Fields are paths into the event, such as `requestParameters.roleName`; letter case counts.
 */
export interface EventCondition {
  /** What has to hold. */
  readonly all: readonly FieldTest[];
  /** Of which one at least has to hold as a whole; left out where `all` says everything. */
  readonly any?: readonly (readonly FieldTest[])[];
}

/** `*` at either end of a text stands for anything. A field that an event does not have is none of the texts. */
export type FieldTest =
  | { readonly field: string; readonly is: readonly [string, ...string[]] }
  | { readonly field: string; readonly isNot: string }
  | { readonly field: string; readonly flag: boolean }
  | { readonly field: string; readonly absent: true };

/**
 * The condition as a filter pattern for JSON ("Filter pattern syntax for metric filters" in the Amazon CloudWatch Logs User
 * Guide). What `!=` makes of a field that is not there the guide leaves open, so that is asked for by itself.
 */
export function filterPattern({ all, any = [] }: EventCondition): string {
  const alternatives = any.map((tests) => bracketed(tests.map(filterTest), " && "));
  const parts = [...all.map(filterTest), ...(alternatives.length > 0 ? [bracketed(alternatives, " || ")] : [])];
  return `{ ${parts.join(" && ")} }`;
}

function filterTest(test: FieldTest): string {
  const field = `$.${test.field}`;
  if ("absent" in test) return `(${field} NOT EXISTS)`;
  if ("flag" in test) return `(${field} IS ${test.flag ? "TRUE" : "FALSE"})`;
  if ("isNot" in test) return `((${field} NOT EXISTS) || (${field} != "${test.isNot}"))`;
  return bracketed(
    test.is.map((text) => `(${field} = "${text}")`),
    " || ",
  );
}

function bracketed(parts: readonly string[], operator: string): string {
  return parts.length === 1 ? parts.join() : `(${parts.join(operator)})`;
}

/**
 * The condition as an event pattern ("Comparison operators for use in event patterns" in the Amazon EventBridge User Guide),
 * for what CloudTrail hands to EventBridge, read-only calls aside. Throws a RangeError where a field is tested twice at once,
 * which a pattern cannot say.
 */
export function eventPattern({ all, any = [] }: EventCondition): string {
  const alternatives = any.map((tests) => merged(tests));
  const detail = { ...merged(all), ...(alternatives.length > 0 ? { $or: alternatives } : {}) };
  return JSON.stringify({ detail });
}

/** An event pattern for everything of the services that these conditions are about, whatever they ask besides. */
export function sourcesPattern(conditions: readonly EventCondition[]): string {
  const tests = conditions.flatMap(({ all, any = [] }) => [...all, ...any.flat()]);
  const sources = tests.flatMap((test) => (test.field === "eventSource" && "is" in test ? test.is : []));
  return JSON.stringify({ detail: { eventSource: [...new Set(sources)] } });
}

interface Nested {
  [name: string]: Nested | readonly unknown[];
}

function merged(tests: readonly FieldTest[]): Nested {
  const pattern: Nested = {};
  for (const test of tests) {
    const names = test.field.split(".");
    const last = names.pop() ?? "";
    let level = pattern;
    for (const name of names) {
      const below = level[name] ?? {};
      if (Array.isArray(below)) throw new RangeError(`${test.field} lies in a field that is tested itself`);
      level[name] = below;
      level = below as Nested;
    }
    if (Object.hasOwn(level, last)) throw new RangeError(`${test.field} is tested twice`);
    level[last] = matchers(test);
  }
  return pattern;
}

function matchers(test: FieldTest): readonly unknown[] {
  const matcher = (text: string) => (text.includes("*") ? { wildcard: text } : text);
  if ("absent" in test) return [{ exists: false }];
  if ("flag" in test) return [test.flag];
  if ("isNot" in test) return [{ exists: false }, { "anything-but": matcher(test.isNot) }];
  return test.is.map(matcher);
}
