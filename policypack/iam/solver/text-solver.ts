import { Budget, BudgetSpent, spend } from "../answer/budget";
import {
  accepted,
  advance,
  anyOne,
  anyOneInField,
  colon,
  covers,
  isLiteral,
  isRun,
  matches,
  mayMeet,
  type Pattern,
  start,
} from "../language/pattern";

/** What a text has to be: matched by at least one pattern of every group, and by none of the forbidden ones. */
export interface TextConstraint {
  /** Whether it can be empty. */
  readonly mayBeEmpty?: boolean;
  readonly required: readonly (readonly Pattern[])[];
  readonly forbidden: readonly Pattern[];
}

export function fulfils(text: string, constraint: TextConstraint): boolean {
  return fulfilsCounted(text, constraint, () => {});
}

/** @param count takes how many patterns are about to be compared */
function fulfilsCounted(text: string, { required, forbidden }: TextConstraint, count: (patterns: number) => void) {
  const meets = (pattern: Pattern) => {
    count(1);
    return matches(pattern, text);
  };
  return required.every((group) => group.some(meets)) && !forbidden.some(meets);
}

/** How many comparisons of two patterns, or how many characters, cost one step. */
const perStep = 32;

/** Spends what a pattern costs besides being counted itself, which is nothing for the ones that people write. */
class Meter {
  private parts = 0;

  constructor(private readonly budget: Budget) {}

  add(parts: number): void {
    this.parts += parts;
    if (this.parts < perStep) return;
    spend(this.budget, Math.floor(this.parts / perStep));
    this.parts %= perStep;
  }
}

/**
 * A text that fulfils the constraint, or undefined when there is none. Exact: texts that a person would write are tried first, then every way in which the patterns can advance together.
 */
export function findText(constraint: TextConstraint, budget: Budget): string | undefined {
  const { forbidden } = constraint;
  const meter = new Meter(budget);
  for (const pattern of [...constraint.required.flat(), ...forbidden]) meter.add(pattern.tokens.length / perStep);
  const meetsOneOf = (pattern: Pattern, others: readonly Pattern[]) =>
    others.some((other) => {
      meter.add(1);
      return mayMeet(pattern, other);
    });
  const isForbidden = (pattern: Pattern) =>
    forbidden.some((each) => {
      meter.add(1 + pattern.tokens.length / perStep);
      return covers(each, pattern);
    });
  const required = constraint.required.map((group) =>
    group.filter(
      (pattern) =>
        constraint.required.every((others) => others === group || meetsOneOf(pattern, others)) && !isForbidden(pattern),
    ),
  );
  const cost = required.reduce((sum, group) => sum + group.length, 1) + forbidden.length;
  const fixed = required.find((group) => group.every(isLiteral));
  const tries = fixed === undefined ? candidates(required) : fixed.map((pattern) => instance(pattern, false));
  for (const candidate of tries) {
    spend(budget);
    // Long texts cost as many steps as ordinary ones would that are as long together.
    const count = (patterns: number) => spend(budget, patterns * Math.ceil(candidate.length / mostOrdinary));
    if (candidate !== "" && fulfilsCounted(candidate, constraint, count)) return candidate;
  }
  if (constraint.mayBeEmpty === true && fulfils("", constraint)) return "";
  // An empty group is fixed to nothing.
  if (fixed !== undefined) return undefined;
  return quickSearch({ required, forbidden }, budget) ?? search({ required, forbidden }, cost, budget);
}

/** More alternatives than this for the same text are tried one by one first. */
const manyAlternatives = 64;

/** How many of them, and what each may cost. */
const triedAlone = 4;
const stepsAlone = 1000;

/**
 * Where one of many patterns has to match, any of them will often do: each of a few by itself costs as little as if there were no
 * others, so that a policy cannot be made too expensive to judge by repeating itself.
 */
function quickSearch({ required, forbidden }: TextConstraint, budget: Budget): string | undefined {
  const many = required.find((group) => group.length > manyAlternatives);
  for (const pattern of many?.slice(0, triedAlone) ?? []) {
    const narrowed = { required: required.map((group) => (group === many ? [pattern] : group)), forbidden };
    const own = new Budget(stepsAlone, budget);
    const cost = required.reduce((sum, group) => sum + (group === many ? 1 : group.length), 1) + forbidden.length;
    try {
      const text = search(narrowed, cost, own);
      if (text !== undefined) return text;
    } catch (error) {
      // Its own limit says nothing about the others; that of the question does.
      if (!(error instanceof BudgetSpent) || own.used <= own.limit) throw error;
    }
  }
  return undefined;
}

/** The longest ARN of a role is a little shorter ("IAM and AWS STS quotas", IAM User Guide). */
const mostOrdinary = 640;

/** What a wildcard may stand for in a witness, by the field of the ARN in which it stands. */
const fillers = ["example", "aws", "example", "us-east-1", "123456789012", "example"];

function* candidates(required: TextConstraint["required"]): Iterable<string> {
  if (required.length === 0) yield "example";
  const seen = new Set<string>();
  for (const group of required)
    for (const pattern of group.slice(0, mostOfGroup))
      for (const fill of [true, false]) {
        const text = instance(pattern, fill);
        if (!seen.has(text)) yield text;
        seen.add(text);
      }
  // Not the shortest, so only where the search that finds it follows many patterns at once.
  const patterns = required.reduce((sum, group) => sum + group.length, 0);
  if (patterns < manyToFollow || required.length > mostGroups) return;
  for (const [g, group] of required.entries()) for (const other of required.slice(g + 1)) yield* joined(group, other);
}

const manyToFollow = 6;

/** What many groups ask for together is seldom met by the beginning of one and the end of another. */
const mostGroups = 3;

/** Of how many patterns of a group a text is tried. */
const mostOfGroup = 8;

/** Texts that begin like one pattern and end like another: `home/*` and `*.txt` meet in `home/.txt`. */
function* joined(group: readonly Pattern[], other: readonly Pattern[]): Iterable<string> {
  for (const one of group.slice(0, mostJoined))
    for (const two of other.slice(0, mostJoined))
      for (const [first, last] of [
        [one, two],
        [two, one],
      ] as const) {
        const end = last.tokens.findIndex(isRun);
        if (end >= 0 && isRun(first.tokens.at(-1)))
          yield instance({ ...first, tokens: [...first.tokens.slice(0, -1), ...last.tokens.slice(end + 1)] }, true);
      }
}

const mostJoined = 4;

/** One text that the pattern matches; runs are filled, or left empty. */
function instance({ tokens }: Pattern, fill: boolean): string {
  let text = "";
  let field = 0;
  // How many single wildcards of the same kind stand directly before: `????` in an account's field becomes `1234`.
  let alike = 0;
  tokens.forEach((token, index) => {
    const filler = fillers[Math.min(field, fillers.length - 1)] ?? "";
    alike = tokens[index - 1] === token ? alike + 1 : 0;
    if (token === colon) field++;
    if (token >= 0) text += String.fromCharCode(token);
    else if (token === anyOne || token === anyOneInField) text += filler.charAt(alike) || "x";
    else if (fill) text += filler;
  });
  return text;
}

interface State {
  readonly required: readonly (readonly (readonly number[])[])[];
  readonly forbidden: readonly (readonly number[])[];
  readonly text: string;
}

/**
 * Follows the positions of all patterns at once, those first in which the least of the required patterns is left; two texts
 * that lead to the same positions are the same text.
 */
function search(constraint: TextConstraint, cost: number, budget: Budget): string | undefined {
  const { required, forbidden } = constraint;
  const other = characterOutside(constraint);
  const left = required.map((group) => group.map(charactersLeft));
  const waiting: State[][] = [];
  const seen = new Set<string>();
  const wait = (state: State) => {
    const least = leastLeft(state, left);
    waiting[least] ??= [];
    waiting[least].push(state);
    return least;
  };
  let from = wait({ required: required.map((group) => group.map(start)), forbidden: forbidden.map(start), text: "" });
  while (from < waiting.length) {
    const state = waiting[from]?.pop();
    if (state === undefined) {
      from++;
      continue;
    }
    for (const character of charactersFrom(constraint, state, other)) {
      spend(budget, cost);
      const after = step(constraint, state, character);
      if (after === undefined) continue;
      if (isAccepted(constraint, after)) return after.text;
      const key = keyOf(after);
      if (seen.has(key)) continue;
      seen.add(key);
      from = Math.min(from, wait(after));
    }
  }
  return undefined;
}

/** How many characters a text needs at least to match the pattern from each position on. */
function charactersLeft({ tokens }: Pattern): readonly number[] {
  const left = [0];
  for (const token of [...tokens].reverse()) left.push((left.at(-1) ?? 0) + (isRun(token) ? 0 : 1));
  return left.reverse();
}

/** How much of the patterns is left that come first to their end, in all groups together. */
function leastLeft(state: State, left: readonly (readonly (readonly number[])[])[]): number {
  let sum = 0;
  for (const [g, group] of state.required.entries()) {
    let least = Number.POSITIVE_INFINITY;
    for (const [p, positions] of group.entries()) {
      const last = positions.at(-1);
      if (last !== undefined) least = Math.min(least, left[g]?.[p]?.[last] ?? 0);
    }
    sum += least;
  }
  return sum;
}

/** Undefined when some group can no longer match. */
function step({ required, forbidden }: TextConstraint, state: State, character: number): State | undefined {
  const groups = state.required.map((group, g) =>
    group.map((positions, p) => advanceAt(required[g]?.[p], positions, character)),
  );
  if (groups.some((group) => group.every((positions) => positions.length === 0))) return undefined;
  return {
    required: groups,
    forbidden: state.forbidden.map((positions, p) => advanceAt(forbidden[p], positions, character)),
    text: state.text + String.fromCharCode(character),
  };
}

function advanceAt(pattern: Pattern | undefined, positions: readonly number[], character: number): readonly number[] {
  return pattern === undefined || positions.length === 0 ? [] : advance(pattern, positions, character);
}

function isAccepted({ required, forbidden }: TextConstraint, state: State): boolean {
  const groupsHold = required.every((group, g) =>
    group.some((pattern, p) => accepted(pattern, state.required[g]?.[p] ?? [])),
  );
  return groupsHold && !forbidden.some((pattern, p) => accepted(pattern, state.forbidden[p] ?? []));
}

function keyOf({ required, forbidden }: State): string {
  return `${required.map((group) => group.join(";")).join("|")}!${forbidden.join(";")}`;
}

/**
 * Characters that can make a difference next: those that some pattern waits for, the colon, and one that none mentions. Where
 * all patterns of a group wait for characters of their own, only those.
 */
function charactersFrom({ required, forbidden }: TextConstraint, state: State, other: number): Iterable<number> {
  const characters = new Set<number>([other, colon]);
  for (const [g, group] of required.entries()) {
    const awaited = new Set<number>();
    let isOpen = false;
    for (const [p, pattern] of group.entries()) isOpen = addAwaited(awaited, pattern, state.required[g]?.[p]) || isOpen;
    if (!isOpen) return awaited;
    for (const character of awaited) characters.add(character);
  }
  for (const [p, pattern] of forbidden.entries()) addAwaited(characters, pattern, state.forbidden[p]);
  return characters;
}

/** Adds the characters that the pattern waits for; true when it takes others as well. */
function addAwaited(
  characters: Set<number>,
  { tokens, ignoreCase }: Pattern,
  positions: readonly number[] = [],
): boolean {
  let isOpen = false;
  for (const position of positions) {
    const token = tokens[position];
    if (token === undefined) continue;
    if (token < 0) {
      isOpen = true;
      continue;
    }
    characters.add(token);
    if (ignoreCase) characters.add(String.fromCharCode(token).toUpperCase().charCodeAt(0));
  }
  return isOpen;
}

/** A character that stands for all that no pattern mentions. */
function characterOutside({ required, forbidden }: TextConstraint): number {
  const mentioned = new Set<number>();
  for (const pattern of [...required.flat(), ...forbidden])
    for (const token of pattern.tokens) {
      if (token < 0) continue;
      mentioned.add(token);
      if (pattern.ignoreCase) mentioned.add(String.fromCharCode(token).toUpperCase().charCodeAt(0));
    }
  let character = "x".charCodeAt(0);
  while (mentioned.has(character)) character = character === "z".charCodeAt(0) ? 0x100 : character + 1;
  return character;
}
