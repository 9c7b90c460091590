import { matchesArn, matchesPattern, type Pattern } from "./reference-pattern";

/** Fills in the policy variables of one expected value; undefined when one of them has no value. */
export type Values = (text: string) => Pattern | undefined;

/** One operator and one key of a Condition element. A request that lacks the key has no values for it. */
export function conditionHolds(
  operator: string,
  key: string,
  expected: readonly string[],
  values: Values,
  context: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  const [, set, name = "", ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  const actual = contextValues(context, key);
  if (expected.length === 0) throw new Error(`${operator} ${key}: AWS does not say what an empty list of values means`);

  if (name === "null") return expected.some((value) => (value.toLowerCase() === "true") === (actual.length === 0));

  const isNegated = NEGATED.has(name);
  const test = TESTS[NEGATED.get(name) ?? name];
  if (test === undefined) throw new Error(`${operator} is no condition operator`);
  // Several expected values are alternatives; for a negated operator none of them may match.
  const one = (value: string) => expected.some((wanted) => test(value, values(wanted))) !== isNegated;

  if (set === "forallvalues:") return actual.every(one);
  if (actual.length === 0 && ifExists !== undefined) return true;
  if (set === "foranyvalue:") return actual.some(one);
  if (actual.length === 0) return isNegated;
  // Without a set operator a key has one value; were there more, each is one that the condition is about.
  return isNegated ? actual.every(one) : actual.some(one);
}

/** The values of a condition key in the request; letter case of the key's name does not matter. */
export function contextValues(
  context: Readonly<Record<string, string | readonly string[]>>,
  key: string,
): readonly string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return found === undefined ? [] : typeof found === "string" ? [found] : found;
}

const NEGATED: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "stringequals"],
  ["stringnotequalsignorecase", "stringequalsignorecase"],
  ["stringnotlike", "stringlike"],
  ["numericnotequals", "numericequals"],
  ["datenotequals", "dateequals"],
  ["notipaddress", "ipaddress"],
  ["arnnotequals", "arnequals"],
  ["arnnotlike", "arnlike"],
]);

type Test = (value: string, expected: Pattern | undefined) => boolean;

/** Operators that take no wildcards read `*` and `?` as they stand. */
function plain(compare: (value: string, expected: string) => boolean): Test {
  return (value, expected) =>
    expected !== undefined &&
    compare(value, expected.map((part) => (typeof part === "string" ? part : part.text)).join(""));
}

function ordered(read: (text: string) => number, compare: (value: number, expected: number) => boolean): Test {
  return plain((value, expected) => compare(read(value), read(expected)));
}

const TESTS: Readonly<Record<string, Test>> = {
  stringequals: plain((value, expected) => value === expected),
  stringequalsignorecase: plain((value, expected) => value.toLowerCase() === expected.toLowerCase()),
  stringlike: (value, expected) => expected !== undefined && matchesPattern(expected, value),
  numericequals: ordered(readNumber, (value, expected) => value === expected),
  numericlessthan: ordered(readNumber, (value, expected) => value < expected),
  numericlessthanequals: ordered(readNumber, (value, expected) => value <= expected),
  numericgreaterthan: ordered(readNumber, (value, expected) => value > expected),
  numericgreaterthanequals: ordered(readNumber, (value, expected) => value >= expected),
  dateequals: ordered(readDate, (value, expected) => value === expected),
  datelessthan: ordered(readDate, (value, expected) => value < expected),
  datelessthanequals: ordered(readDate, (value, expected) => value <= expected),
  dategreaterthan: ordered(readDate, (value, expected) => value > expected),
  dategreaterthanequals: ordered(readDate, (value, expected) => value >= expected),
  bool: plain((value, expected) => value.toLowerCase() === expected.toLowerCase()),
  binaryequals: plain((value, expected) => value === expected),
  ipaddress: plain(isInRange),
  arnequals: (value, expected) => expected !== undefined && matchesArn(expected, value),
  arnlike: (value, expected) => expected !== undefined && matchesArn(expected, value),
};

/** NaN, which no comparison accepts, for a text that is no integer or decimal number, such as `1e3`. */
function readNumber(text: string): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Milliseconds; the text is a W3C date or the seconds of the Unix epoch. */
function readDate(text: string): number {
  return /^\d{5,}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Whether an address is in a CIDR range; a range without a mask is one address. */
function isInRange(address: string, range: string): boolean {
  const [base = "", mask] = range.split("/");
  const [bits, baseBits] = [addressBits(address), addressBits(base)];
  const length = mask === undefined ? baseBits.length : Number(mask);
  return bits.length > 0 && bits.length === baseBits.length && bits.slice(0, length) === baseBits.slice(0, length);
}

/** An IPv4 or IPv6 address as a string of 32 or 128 bits; empty for any other text. */
function addressBits(address: string): string {
  if (/^\d+(\.\d+){3}$/.test(address))
    return address
      .split(".")
      .map((byte) => Number(byte).toString(2).padStart(8, "0"))
      .join("");
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(address)) return "";
  const [front = "", back] = address.split("::");
  const head = front.split(":").filter((group) => group !== "");
  const tail = (back ?? "").split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
