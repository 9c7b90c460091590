import { resourceKey } from "../aws/condition-keys";
import { type Operator, parseOperator } from "../language/operator";
import { matches, type Pattern } from "../language/pattern";

import { contains, parseAddress, parseNetwork } from "./address";

/** A condition whose policy variables are filled in: ready to be held against values of a request. */
export interface Test {
  /** In lower case. */
  readonly key: string;
  readonly operator: Operator;
  /** The values of the policy, for the families that compare text. */
  readonly patterns: readonly Pattern[];
  /**
   * Those of `patterns` that match exactly what the policy means. The others match more, because a policy variable in them
   * has no fixed value: a search for a proof that nothing matches may not count on them.
   */
  readonly exactPatterns: readonly Pattern[];
  /** The values of the policy as text, for the other families. */
  readonly values: readonly string[];
}

/**
 * The test as a search has to read it that wants it to hold, or to fail. Patterns that match more than the policy means may
 * only be counted on where a match is wanted: of a negated test, that is when it has to fail.
 */
export function readAs(wanted: boolean, test: Test): Test {
  const isMatchWanted = wanted !== test.operator.negated;
  return isMatchWanted || test.exactPatterns === test.patterns ? test : { ...test, patterns: test.exactPatterns };
}

export function comparesText({ operator }: Pick<Test, "operator">): boolean {
  return operator.family === "string" || operator.family === "arn" || operator.family === "binary";
}

/**
 * Whether the condition holds for the values that a request has for the key; `undefined` when it has none.
 * "IAM JSON policy elements: Condition operators" and "Set operators for multivalued context keys" (IAM User Guide).
 */
export function holds(test: Test, requested: readonly string[] | undefined): boolean {
  const { operator } = test;
  const absent = requested === undefined || requested.length === 0;
  if (operator.family === "null") return test.values.some((value) => value.toLowerCase() === String(absent));
  if (absent) {
    if (operator.ifExists || operator.set === "all") return true;
    return operator.set === "none" && operator.negated;
  }
  return operator.set === "all"
    ? requested.every((value) => holdsForOne(test, value))
    : requested.some((value) => holdsForOne(test, value));
}

/** The same for a single value that is there. Several values of a policy are alternatives; of a negated one, none may match. */
export function holdsForOne(test: Test, requested: string): boolean {
  return matchesSome(test, requested) !== test.operator.negated;
}

function matchesSome(test: Test, requested: string): boolean {
  if (comparesText(test)) return test.patterns.some((pattern) => matches(pattern, requested));
  return test.values.some((value) => compare(test.operator, requested, value));
}

function compare({ family, order }: Operator, requested: string, value: string): boolean {
  if (family === "bool") return requested.toLowerCase() === value.toLowerCase();
  if (family === "ip") {
    const [address, network] = [parseAddress(requested), parseNetwork(value)];
    return address !== undefined && network !== undefined && contains(network, address);
  }
  const parse = family === "date" ? parseDate : parseNumber;
  const [left, right] = [parse(requested), parse(value)];
  if (left === undefined || right === undefined) return false;
  switch (order) {
    case "equal":
      return left === right;
    case "less":
      return left < right;
    case "less-or-equal":
      return left <= right;
    case "greater":
      return left > right;
    case "greater-or-equal":
      return left >= right;
  }
}

export function parseNumber(text: string): number | undefined {
  return /^\s*[+-]?[0-9]+(?:\.[0-9]+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** Milliseconds since 1970: a W3C date, or seconds since 1970 as AWS takes them too. */
export function parseDate(text: string): number | undefined {
  const seconds = parseNumber(text);
  if (seconds !== undefined && !/^[0-9]{4}$/.test(text)) return seconds * 1000;
  const shape =
    /^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?$/;
  if (!shape.test(text)) return undefined;
  // A time without a zone would be read in the machine's own.
  const time = Date.parse(
    /^[^T]*T.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) || !text.includes("T") ? text : `${text}Z`,
  );
  return Number.isNaN(time) ? undefined : time;
}

const like = parseOperator("StringLike");

const notLike = parseOperator("StringNotLike");

/** The value matches one of the patterns. */
export function likeTest(patterns: readonly Pattern[], negated = false): Test {
  const operator = negated ? notLike : like;
  if (operator === undefined) throw new Error("StringLike is an operator");
  return { key: resourceKey, operator, patterns, exactPatterns: patterns, values: [] };
}
