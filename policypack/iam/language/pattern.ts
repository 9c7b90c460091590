import type { Part, Template } from "./template";

/**
 * A pattern over characters: a code unit, or one of the wildcards below. The two `…InField` wildcards do not match a colon,
 * which separates the fields of an ARN.
 */
export interface Pattern {
  readonly tokens: readonly number[];
  readonly ignoreCase: boolean;
}

export const anyOne = -1;
export const anyRun = -2;
export const anyOneInField = -3;
export const anyRunInField = -4;

export const colon = ":".charCodeAt(0);

/** How many colons an ARN has before its sixth field, in which colons are ordinary characters. */
const separators = 5;

type Fields = readonly Template[];

function tokensOf(template: Template, one: number, run: number): number[] {
  const tokens: number[] = [];
  for (const part of template) {
    if (part.kind === "any-one") tokens.push(one);
    else if (part.kind === "any-run") tokens.push(run);
    else if (part.kind === "text") addText(tokens, part.text);
  }
  return tokens;
}

function addText(tokens: number[], text: string): void {
  for (let i = 0; i < text.length; i++) tokens.push(text.charCodeAt(i));
}

/** A template without variables as a pattern in which wildcards match any character. */
export function textPattern(template: Template, ignoreCase = false): Pattern {
  const tokens = tokensOf(template, anyOne, anyRun);
  return { tokens: ignoreCase ? tokens.map(lowerCase) : tokens, ignoreCase };
}

export function literal(text: string): Pattern {
  const tokens: number[] = [];
  addText(tokens, text);
  return { tokens, ignoreCase: false };
}

export const anything: Pattern = { tokens: [anyRun], ignoreCase: false };

/** Splits at the colons of the policy's own text, before variables are filled in: a colon in a value separates nothing. */
export function arnFields(template: Template): Fields {
  const fields: Part[][] = [[]];
  for (const part of template) {
    if (part.kind !== "text") {
      fields.at(-1)?.push(part);
      continue;
    }
    let rest = part.text;
    for (let at = rest.indexOf(":"); at >= 0 && fields.length <= separators; at = rest.indexOf(":")) {
      if (at > 0) fields.at(-1)?.push({ kind: "text", text: rest.slice(0, at) });
      fields.push([]);
      rest = rest.slice(at + 1);
    }
    if (rest !== "") fields.at(-1)?.push({ kind: "text", text: rest });
  }
  return fields;
}

function join(fields: readonly (readonly number[])[]): number[] {
  const tokens: number[] = [];
  for (const [index, field] of fields.entries()) {
    if (index > 0) tokens.push(colon);
    for (const token of field) tokens.push(token);
  }
  return tokens;
}

function isFree(fieldIndex: number): boolean {
  return fieldIndex >= separators;
}

/**
 * A value of the ArnLike family: six fields, compared one by one; the sixth may hold colons. A lone `*` is every ARN.
 * Undefined for any other value with fewer fields, of which AWS does not say what it matches.
 * "IAM JSON policy elements: Condition operators", Amazon Resource Name (ARN) condition operators (IAM User Guide).
 */
export function arnPattern(fields: Fields): Pattern | undefined {
  if (fields.length === 1 && fields[0]?.length === 1 && fields[0][0]?.kind === "any-run") return anything;
  if (fields.length <= separators) return undefined;
  return { tokens: join(fields.map(fieldTokens)), ignoreCase: false };
}

function fieldTokens(field: Template, index: number): number[] {
  return isFree(index) ? tokensOf(field, anyOne, anyRun) : tokensOf(field, anyOneInField, anyRunInField);
}

/** The same, but a `*` that ends its field may run past the colon. */
function crossingTokens(field: Template, index: number): number[] {
  const tokens = fieldTokens(field, index);
  if (tokens.at(-1) === anyRunInField) tokens[tokens.length - 1] = anyRun;
  return tokens;
}

/**
 * The patterns of one value of a Resource element; a resource is meant when one of them matches. A wildcard stays inside its
 * field, but a `*` that ends its field may run past the colon; missing fields count as `*`. For an ARN with missing fields
 * the two rules can disagree: `wide` takes what either reading matches and `narrow` only what the completed fields match.
 * "IAM JSON policy elements: Resource" and "IAM identifiers", Amazon Resource Names (IAM User Guide).
 */
export function resourcePatterns(fields: Fields, reading: "wide" | "narrow"): readonly Pattern[] {
  const first = fields[0]?.[0];
  const isArn = first?.kind === "text" && first.text === "arn" && fields[0]?.length === 1;
  // AWS refuses what is neither an ARN nor `*`; read as plain text it means what it looks like.
  if (!isArn) return [pattern(fields.map((field) => tokensOf(field, anyOne, anyRun)))];
  const crossing = fields.map(crossingTokens);
  if (fields.length > separators) return [pattern(crossing)];
  const missing = Array.from({ length: separators + 1 - fields.length }, (_, i) =>
    isFree(fields.length + i) ? [anyRun] : [anyRunInField],
  );
  if (reading === "narrow") return [pattern([...fields.map(fieldTokens), ...missing])];
  return [pattern([...crossing, ...missing]), pattern(crossing)];
}

function pattern(fields: readonly (readonly number[])[]): Pattern {
  return { tokens: join(fields), ignoreCase: false };
}

export function lowerCase(token: number): number {
  return token >= 0 ? String.fromCharCode(token).toLowerCase().charCodeAt(0) : token;
}

export function isRun(token: number | undefined): boolean {
  return token === anyRun || token === anyRunInField;
}

/** Whether a token that is no run accepts the character. */
export function accepts(token: number, character: number, ignoreCase: boolean): boolean {
  if (token === anyOne) return true;
  if (token === anyOneInField) return character !== colon;
  return token === character || (ignoreCase && token === lowerCase(character));
}

/**
 * Positions in a pattern that are reached without reading a character: a run may be empty. Sorted, without repetition, and
 * without those that a later one makes superfluous.
 */
export function start(pattern: Pattern): readonly number[] {
  return close(pattern, [0]);
}

/** The positions after one more character; empty when the pattern can no longer match. */
export function advance(pattern: Pattern, positions: readonly number[], character: number): readonly number[] {
  const next: number[] = [];
  for (const position of positions) {
    const token = pattern.tokens[position];
    if (token === undefined) continue;
    if (token === anyRun || (token === anyRunInField && character !== colon)) next.push(position);
    else if (!isRun(token) && accepts(token, character, pattern.ignoreCase)) next.push(position + 1);
  }
  return close(pattern, next);
}

export function accepted(pattern: Pattern, positions: readonly number[]): boolean {
  return positions.at(-1) === pattern.tokens.length;
}

function close({ tokens }: Pattern, positions: readonly number[]): readonly number[] {
  const closed: number[] = [];
  for (const from of positions) {
    let position = from;
    while (closed.length === 0 || position > (closed.at(-1) ?? -1)) {
      const isAtRun = isRun(tokens[position]);
      if (isAtRun) dropOvertaken(tokens, closed, position);
      closed.push(position);
      if (!isAtRun) break;
      position++;
    }
  }
  return closed;
}

/**
 * Takes away the positions from which every way to the end passes this run while it still waits: what they reach, it reaches.
 * Without that, `*a*a*a…` has as many positions as wildcards, and every character costs as much.
 */
function dropOvertaken(tokens: readonly number[], closed: number[], run: number): void {
  if (tokens[run] === anyRun) {
    closed.length = 0;
    return;
  }
  // A run inside a field ends at a colon, so it waits only for those that read none on their way to it.
  for (let before = run - 1; closed.length > 0; before--) {
    const token = tokens[before];
    if (token === undefined || token === colon || token === anyRun || token === anyOne) return;
    if (closed.at(-1) === before) closed.pop();
  }
}

/** Whether the pattern matches the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  let positions = start(pattern);
  for (let i = 0; i < text.length && positions.length > 0; i++)
    positions = advance(pattern, positions, text.charCodeAt(i));
  return accepted(pattern, positions);
}

/** Whether the pattern has no wildcard, so that one text is all that it matches. */
export function isLiteral({ tokens, ignoreCase }: Pattern): boolean {
  return !ignoreCase && tokens.every((token) => token >= 0);
}

/**
 * Whether the first pattern surely matches all that the second one matches: the second is read token by token, each wildcard
 * of it taken as one token that only a wildcard at least as wide can match. False may also mean that this test cannot tell.
 */
export function covers(general: Pattern, specific: Pattern): boolean {
  if (general.ignoreCase || specific.ignoreCase) return false;
  // Most pairs differ before the first run; the rest of this function need not see them.
  let same = 0;
  for (; same < general.tokens.length; same++) {
    const own = general.tokens[same] ?? anyRun;
    if (isRun(own)) break;
    if (!isAsWide(own, specific.tokens[same] ?? anyRun)) return false;
  }
  let positions = close(general, [same]);
  for (const token of specific.tokens.slice(same)) {
    if (positions.length === 0) return false;
    positions = close(
      general,
      positions.flatMap((position) => {
        const own = general.tokens[position];
        if (own === anyRun || (own === anyRunInField && token !== colon && token !== anyOne && token !== anyRun))
          return [position];
        return own !== undefined && !isRun(own) && isAsWide(own, token) ? [position + 1] : [];
      }),
    );
  }
  return accepted(general, positions);
}

/** For a token that is no run. */
function isAsWide(own: number, token: number): boolean {
  if (own === token) return true;
  if (own === anyOne) return !isRun(token);
  return own === anyOneInField && token >= 0 && token !== colon;
}

/** Whether some text may be matched by both: false when they differ before the first run of either, or after the last. */
export function mayMeet(left: Pattern, right: Pattern): boolean {
  if (left.ignoreCase || right.ignoreCase) return true;
  for (let back = 1; back <= left.tokens.length && back <= right.tokens.length; back++) {
    const a = left.tokens[left.tokens.length - back] ?? anyRun;
    const b = right.tokens[right.tokens.length - back] ?? anyRun;
    if (isRun(a) || isRun(b)) break;
    if (!isAsWide(a, b) && !isAsWide(b, a)) return false;
  }
  for (let i = 0; i < left.tokens.length && i < right.tokens.length; i++) {
    const [a, b] = [left.tokens[i] ?? anyRun, right.tokens[i] ?? anyRun];
    if (isRun(a) || isRun(b)) return true;
    if (!isAsWide(a, b) && !isAsWide(b, a)) return false;
  }
  const longer = left.tokens.length > right.tokens.length ? left : right;
  return isRun(longer.tokens[Math.min(left.tokens.length, right.tokens.length)] ?? anyRun);
}
