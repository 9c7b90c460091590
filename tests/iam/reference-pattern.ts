import { contextValues } from "./reference-condition";

/** A pattern after its policy variables are filled in: text that stands for itself, and wildcards. */
export type Pattern = readonly ({ readonly text: string } | "*" | "?")[];

/** `*` is any run of characters, `?` exactly one ("IAM JSON policy elements: Action"). */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split("").map((char) => (char === "*" || char === "?" ? char : { text: char }));
  return matchesPattern(parts, text);
}

/** Whether the pattern from one place on matches the text from another on; `passes` says what a wildcard may stand for. */
export function matchesPattern(
  pattern: Pattern,
  text: string,
  passes: (wildcard: number, char: string) => boolean = () => true,
  from = 0,
  at = 0,
): boolean {
  const part = pattern[from];
  const char = text[at];
  if (part === undefined) return char === undefined;
  if (part === "*")
    return (
      matchesPattern(pattern, text, passes, from + 1, at) ||
      (char !== undefined && passes(from, char) && matchesPattern(pattern, text, passes, from, at + 1))
    );
  if (char === undefined) return false;
  const matches = part === "?" ? passes(from, char) : part.text === char;
  return matches && matchesPattern(pattern, text, passes, from + 1, at + 1);
}

/**
 * Fills in policy variables ("IAM policy elements: Variables and tags"). Only Version 2012-10-17 has them. `${*}`, `${?}` and
 * `${$}` stand for the characters themselves; a key with several values cannot be a variable. Undefined when a variable has
 * neither a value nor a default: such a text matches nothing.
 */
export function resolve(
  text: string,
  version: string,
  context: Readonly<Record<string, string | readonly string[]>>,
): Pattern | undefined {
  const pattern: ({ readonly text: string } | "*" | "?")[] = [];
  const literal = (value: string) => pattern.push(...value.split("").map((char) => ({ text: char })));
  for (let rest = text; rest !== ""; ) {
    const variable = version === "2012-10-17" ? /^\$\{([^}]*)\}/.exec(rest) : null;
    if (variable !== null) {
      const [whole, name = ""] = variable;
      const [, key = name, byDefault] = /^\s*(.*?)\s*,\s*'(.*)'\s*$/.exec(name) ?? [];
      const values = contextValues(context, key.trim());
      const value = ["*", "?", "$"].includes(name) ? name : values.length === 1 ? values[0] : byDefault;
      if (value === undefined) return undefined;
      literal(value);
      rest = rest.slice(whole.length);
    } else {
      const char = rest[0] ?? "";
      if (char === "*" || char === "?") pattern.push(char);
      else literal(char);
      rest = rest.slice(1);
    }
  }
  return pattern;
}

/** The parts between colons, at most six; the sixth keeps its colons ("Amazon Resource Names (ARNs)"). */
function segments(pattern: Pattern): Pattern[] {
  const parts: (typeof pattern)[number][][] = [[]];
  for (const part of pattern)
    if (part !== "*" && part !== "?" && part.text === ":" && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(part);
  return parts;
}

function arnFields(arn: string): string[] {
  const fields = arn.split(":");
  return [...fields.slice(0, 5), fields.slice(5).join(":")];
}

/**
 * "IAM JSON policy elements: Resource". Wildcards stay inside their segment, the last segment is free, and a `*` that ends
 * its segment may also run past the colon. "IAM identifiers": an ARN with fewer than six segments is completed with `*`. The
 * two can disagree about an incomplete ARN: `wide` takes whatever either of them matches, `narrow` the segments only.
 */
export function matchesResource(pattern: Pattern | undefined, resource: string, reading: "wide" | "narrow"): boolean {
  if (pattern === undefined) return false;
  const parts = segments(pattern);
  const isArn = parts[0]?.map((part) => (typeof part === "string" ? part : part.text)).join("") === "arn";
  if (!isArn) return matchesPattern(pattern, resource);
  if (parts.length === 6) return matchesRunningPast(pattern, resource);
  const missing = Array.from({ length: 6 - parts.length }, (): Pattern => [{ text: ":" }, "*"]);
  const completed = [...pattern, ...missing.flat()];
  if (reading === "narrow") return segmentsMatch(segments(completed), resource);
  return matchesRunningPast(completed, resource) || matchesRunningPast(pattern, resource);
}

function segmentsMatch(parts: readonly Pattern[], arn: string): boolean {
  const fields = arnFields(arn);
  return (
    parts.length === 6 && arn.split(":").length >= 6 && parts.every((part, i) => matchesPattern(part, fields[i] ?? ""))
  );
}

function matchesRunningPast(pattern: Pattern, resource: string): boolean {
  const isColon = (at: number) => {
    const part = pattern[at];
    return typeof part === "object" && part.text === ":";
  };
  const mayRunPast = pattern.map((part, at) => {
    const endsItsSegment = part === "*" && (at === pattern.length - 1 || isColon(at + 1));
    const isInLastSegment = pattern.filter((_, before) => before < at && isColon(before)).length >= 5;
    return endsItsSegment || isInLastSegment;
  });
  return matchesPattern(pattern, resource, (at, char) => char !== ":" || mayRunPast[at] === true);
}

/** "IAM JSON policy elements: Condition operators", ARN: each of the six parts is compared by itself. */
export function matchesArn(pattern: Pattern, value: string): boolean {
  return segmentsMatch(segments(pattern), value);
}
