import { type Budget, spend } from "../answer/budget";
import { mayBeEmpty } from "../aws/condition-keys";
import type { Pattern } from "../language/pattern";
import { derived } from "../shared/remembering";
import { formatAddress, parseNetwork } from "./address";
import { comparesText, holds, holdsForOne, parseDate, parseNumber, readAs, type Test } from "./test";
import { findText } from "./text-solver";
import { Undecided } from "./undecided";

/** The values that a request can have for one condition key. */
export interface Domain {
  /** Whether the request can be without the key. */
  readonly absent: boolean;
  /** What it can be when it is there, each a list of the values that it has at once; no list at all when it never is. */
  readonly values: "any" | readonly (readonly string[])[];
  /** Whether it can have several values at once. */
  readonly multivalued: boolean;
  /** What every value fulfils by its nature: a public address, a time that is still to come. */
  readonly always?: readonly Test[];
  /** A form that all values have, wildcards allowed; any text where it is left out. */
  readonly form?: string;
  /** What a person would expect; tried first. */
  readonly usual?: readonly string[];
}

/** A condition that has to hold, or has to fail. */
export interface Requirement {
  readonly test: Test;
  readonly wanted: boolean;
}

/** `absent`, or the values of the key. */
export type Value = "absent" | readonly string[];

/** A value from the domain that fulfils all requirements; absent is tried first. Undefined when there is none. */
export function findValue(requirements: readonly Requirement[], domain: Domain, budget: Budget): Value | undefined {
  spend(budget);
  const fulfilled = (value: readonly string[] | undefined) =>
    requirements.every(({ test, wanted }) => holds(readAs(wanted, test), value) === wanted);
  if (domain.absent && fulfilled(undefined)) return "absent";
  if (domain.values !== "any") return domain.values.find(fulfilled);
  const usual = domain.usual?.find((value) => fulfilled([value]));
  if (usual !== undefined) return [usual];
  const present: Requirement[] = [];
  for (const requirement of requirements) {
    if (requirement.test.operator.family !== "null") present.push(requirement);
    else if (holds(requirement.test, ["anything"]) !== requirement.wanted) return undefined;
  }
  const natural = (domain.always ?? []).map((test) => ({ test, wanted: true }));
  const single = !domain.multivalued || present.some(({ test }) => test.operator.set === "none");
  return single ? listOf(findOne([...natural, ...present], budget)) : findSeveral(natural, present, budget);
}

const anyValues = derived((_: Domain): { found?: { readonly value: Value; readonly steps: number } } => ({}));

/** Some value of a domain, `absent` where it has none. Remembered, but it costs the same steps each time: a question must not depend on those before. */
export function anyValue(domain: Domain, budget: Budget): Value {
  const known = anyValues(domain);
  if (known.found !== undefined) {
    spend(budget, known.found.steps);
    return known.found.value;
  }
  const before = budget.used;
  const value = findValue([], domain, budget) ?? "absent";
  known.found = { value, steps: budget.used - before };
  return value;
}

/** What a request has where nothing is asked of it: nothing if it can, else what a person would expect. */
export function defaultValue(domain: Domain, budget: Budget): Value {
  if (domain.absent) return "absent";
  if (domain.values !== "any") return domain.values[0] ?? "absent";
  return domain.usual?.[0] === undefined ? anyValue(domain, budget) : [domain.usual[0]];
}

function listOf(value: string | undefined): Value | undefined {
  return value === undefined ? undefined : [value];
}

/** Each requirement binds every element (all hold, none holds) or asks for one element, which may be its own. */
function findSeveral(
  natural: readonly Requirement[],
  requirements: readonly Requirement[],
  budget: Budget,
): Value | undefined {
  const bindsEvery = ({ test, wanted }: Requirement) => (test.operator.set === "all") === wanted;
  const every = [...natural, ...requirements.filter(bindsEvery)];
  const some = requirements.filter((requirement) => !bindsEvery(requirement));
  if (some.length === 0) return listOf(findOne(every, budget));
  const elements = new Set<string>();
  for (const requirement of some) {
    const element = findOne([...every, requirement], budget);
    if (element === undefined) return undefined;
    elements.add(element);
  }
  return [...elements];
}

/** One value for which each condition holds or fails as wanted. */
function findOne(requirements: readonly Requirement[], budget: Budget): string | undefined {
  const textual = requirements.filter(({ test }) => comparesText(test));
  if (textual.length === requirements.length) return findTextFor(textual, budget);
  const fulfils = (value: string) =>
    requirements.every(({ test, wanted }) => holdsForOne(readAs(wanted, test), value) === wanted);
  for (const candidate of candidatesFor(requirements)) {
    spend(budget);
    if (fulfils(candidate)) return candidate;
  }
  if (textual.length === 0) return undefined;
  // The other families allow few spellings of a value, so a text that fulfils the rest is a candidate as well.
  const text = findTextFor(textual, budget);
  if (text === undefined) return undefined;
  if (fulfils(text)) return text;
  throw new Undecided(`conditions on ${requirements[0]?.test.key} compare it both as text and as something else`);
}

function findTextFor(requirements: readonly Requirement[], budget: Budget): string | undefined {
  const required: (readonly Pattern[])[] = [];
  const forbidden: Pattern[] = [];
  for (const { test, wanted } of requirements)
    if (wanted !== test.operator.negated) required.push(test.patterns);
    else forbidden.push(...test.exactPatterns);
  const key = requirements[0]?.test.key ?? "";
  return findText({ required, forbidden, mayBeEmpty: mayBeEmpty(key) }, budget);
}

/**
 * Values of which one fulfils the requirements if any value does: the conditions cut numbers, dates and addresses into
 * intervals, and every interval has one of these.
 */
function* candidatesFor(requirements: readonly Requirement[]): Iterable<string> {
  const values = (family: Test["operator"]["family"]) =>
    requirements.filter(({ test }) => test.operator.family === family).flatMap(({ test }) => test.values);
  if (requirements.some(({ test }) => test.operator.family === "bool")) yield* ["false", "true"];
  if (requirements.some(({ test }) => test.operator.family === "numeric"))
    yield* between(values("numeric").map(parseNumber))
      .filter((number) => number >= 0)
      .flatMap(plainNumber);
  if (requirements.some(({ test }) => test.operator.family === "date"))
    yield* between(values("date").map(parseDate), 1000)
      .filter((time) => time >= 0 && time <= latest)
      .map((time) => new Date(time).toISOString());
  if (requirements.some(({ test }) => test.operator.family === "ip")) yield* addresses(values("ip"));
}

/** The latest moment that a date can hold. */
const latest = 8.64e15;

/** The number in digits alone, as AWS reads numbers; nothing where that would be another number. */
function plainNumber(number: number): readonly string[] {
  const text = String(number);
  if (!text.includes("e")) return [text];
  const written = number.toFixed(20).replace(/0+$/, "");
  return Number(written) === number && !written.includes("e") ? [written] : [];
}

/** The bounds themselves, a step to each side, and a point between neighbours. No number in a request is below zero. */
function between(bounds: readonly (number | undefined)[], step = 1): number[] {
  const sorted = [...new Set(bounds.filter((bound) => bound !== undefined))].sort((a, b) => a - b);
  const points = sorted.flatMap((bound, i) => [
    bound,
    bound - step,
    bound + step,
    (bound + (sorted[i + 1] ?? bound)) / 2,
  ]);
  return [...new Set(points.length === 0 ? [0] : points)];
}

/** Addresses for documentation, which no network of a policy is likely to hold ("IPv4 Address Blocks Reserved for Documentation", RFC 5737). */
export const ordinaryAddress = "198.51.100.23";

function* addresses(networks: readonly string[]): Iterable<string> {
  yield ordinaryAddress;
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network === undefined) continue;
    const { bits, first, last } = network;
    const points = [first < last ? first + 1n : first, first, last, last + 1n];
    for (const value of points) if (value < 1n << BigInt(bits)) yield formatAddress({ bits, value });
  }
  yield* ["0.0.0.0", "2001:db8::1", "::"];
}
