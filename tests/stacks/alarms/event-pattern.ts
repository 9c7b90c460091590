/**
 * Whether a pattern of EventBridge matches an event: "Comparison operators for use in event patterns" in the Amazon EventBridge
 * User Guide. It knows literals, `wildcard`, `exists`, `anything-but` and `$or`; throws a SyntaxError for anything else.
 */
export function eventMatches(pattern: unknown, event: unknown): boolean {
  if (typeof pattern !== "object" || pattern === null) throw new SyntaxError("a pattern is an object");
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === "$or") return (wanted as unknown[]).some((alternative) => eventMatches(alternative, event));
    const value = isObject(event) ? event[name] : undefined;
    if (!Array.isArray(wanted)) return eventMatches(wanted, value);
    return wanted.some((matcher) => matches(matcher, value));
  });
}

function matches(matcher: unknown, value: unknown): boolean {
  if (!isObject(matcher)) return value === matcher;
  const [[name, wanted] = [], ...more] = Object.entries(matcher);
  if (more.length > 0) throw new SyntaxError("a matcher has one key");
  if (name === "exists") return (value !== undefined) === wanted;
  if (name === "wildcard" && typeof wanted === "string") return typeof value === "string" && fits(value, wanted);
  if (name === "anything-but") return value !== undefined && !matches(wanted, value);
  throw new SyntaxError(`${name} is not understood`);
}

function fits(text: string, wildcard: string): boolean {
  const [first = "", ...others] = wildcard.split("*");
  if (!text.startsWith(first)) return false;
  const last = others.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
