import { Timestamp } from "./timestamp";

/** What a scalar is: whole numbers are bigint, numbers with a fraction or an exponent are number. */
export type Scalar = null | boolean | bigint | number | string | Timestamp;

const LONG_TAG = "tag:yaml.org,2002:";
const WORDS: ReadonlyMap<string, null | boolean | number> = new Map<string, null | boolean | number>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);
/** Tags that only narrow what the text itself says; any other makes it a string. */
const NARROWING: ReadonlySet<string> = new Set(["!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"]);
const [LEAST, MOST] = [-(2n ** 63n), 2n ** 64n - 1n];

/** Why a scalar cannot be what its tag says. */
export class ScalarFault extends Error {}

/** `!!int` for `tag:yaml.org,2002:int`; other tags as they are. */
export function shortTag(tag: string): string {
  return tag.startsWith(LONG_TAG) ? `!!${tag.slice(LONG_TAG.length)}` : tag;
}

/**
 * Reads a scalar as Pulumi does, by neither version of YAML: `010` and `0o10` are 8, `yes` is text, `2024-01-01` a point
 * in time and `1_000` a thousand (gopkg.in/yaml.v3, which the Pulumi CLI reads its files with).
 *
 * @param tag in either form; undefined or `!` for none
 * @throws ScalarFault where the text is not what the tag says
 */
export function readScalar(text: string, tag: string | undefined, isPlain: boolean): Scalar {
  const value = tagged(text, tag === undefined || tag === "!" ? undefined : shortTag(tag), isPlain);
  return typeof value === "string" ? rewritten(value) : value;
}

function tagged(text: string, tag: string | undefined, isPlain: boolean): Scalar {
  if (tag === "!!str" || (tag === undefined && !isPlain)) return text;
  if (tag === "!!binary") return decoded(text);
  if (tag !== undefined && !NARROWING.has(tag)) return text;
  const value = untagged(text, tag === undefined || tag === "!!timestamp");
  if (tag === undefined || kindOf(value) === tag) return value;
  if (tag === "!!float" && typeof value === "bigint" && value < 2n ** 63n) return Number(value);
  // Not the value itself: it may be meant to be a secret.
  throw new ScalarFault(`the value is no ${tag}`);
}

/**
 * Pulumi writes what it read as YAML again and reads that. A text of several lines is a literal block there, which loses
 * an empty first line, unless it has something that only quotes can hold.
 */
function rewritten(text: string): string {
  if (!text.includes("\n") || NEEDS_QUOTES.test(text)) return text;
  return text.replace(/^[\n\u2028\u2029]/, "");
}

/** A blank at the end of a line, and characters that the writer takes for not printable. */
const NEEDS_QUOTES = / (?:[\n\u2028\u2029]|$)|[^\n\t -~\u00a0-\ufefe\uff00-\ufffd]/u;

/** The tag of a value that has none written. */
export function kindOf(value: Scalar): string {
  if (value === null) return "!!null";
  if (value instanceof Timestamp) return "!!timestamp";
  return { boolean: "!!bool", bigint: "!!int", number: "!!float", string: "!!str" }[typeof value as "string"];
}

function untagged(text: string, mayBeTime: boolean): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith(".")) return numberIn(text, /^\.\d+([eE][-+]?\d+)?$/) ?? text;
  if (!/^[-+0-9]/.test(text)) return text;
  const time = mayBeTime ? Timestamp.of(text) : undefined;
  if (time !== undefined) return time;
  const digits = text.replaceAll("_", "");
  return (
    integerIn(digits) ?? numberIn(digits, /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/) ?? lateIntegerIn(digits) ?? text
  );
}

function integerIn(digits: string): bigint | undefined {
  const [, sign, body] = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9]\d*)$/.exec(digits) ?? [];
  if (body === undefined || sign === undefined) return undefined;
  return bounded(sign, BigInt(/^0[0-7]/.test(body) ? `0o${body.slice(1)}` : body));
}

/** A sign behind the prefix, which the reader takes too. */
function lateIntegerIn(digits: string): bigint | undefined {
  const [, prefix, sign, body] = /^(0[bo])([-+])(\d+)$/.exec(digits) ?? [];
  if (prefix === undefined || sign === undefined || body === undefined) return undefined;
  if (!(prefix === "0b" ? /^[01]+$/ : /^[0-7]+$/).test(body)) return undefined;
  return bounded(sign, BigInt(prefix + body));
}

/** The reader knows numbers of 64 bits; one with a plus sign has 63. */
function bounded(sign: string, size: bigint): bigint | undefined {
  const value = sign === "-" ? -size : size;
  const most = sign === "" ? MOST : 2n ** 63n - 1n;
  return value < LEAST || value > most ? undefined : value;
}

function numberIn(text: string, form: RegExp): number | undefined {
  const value = form.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function decoded(text: string): string {
  const base64 = text.replace(/[\r\n]/g, "");
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw new ScalarFault("the value is no base64");
  return Buffer.from(base64, "base64").toString("utf8");
}
