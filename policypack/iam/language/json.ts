/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What stands in a JSON text, with what `JSON.parse` throws away: where each value stands, and keys given twice. */
export interface ParsedJson {
  readonly value: Json;
  /** Position of each value, by its path. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Paths of the keys that an object has more than once; the last one counts, as with `JSON.parse`. */
  readonly duplicates: readonly { readonly path: string; readonly position: Position }[];
}

export class JsonError extends Error {
  constructor(
    message: string,
    readonly path: string,
    readonly position: Position,
  ) {
    super(message);
  }
}

/** `parent.key`, or `parent["key"]` when the key is no plain word; an index as `parent[0]`. */
export function childPath(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}

/** No policy is nested deeper than a handful of levels; the limit keeps hostile text from exhausting the stack. */
const maximumDepth = 64;

/** Reads a text by RFC 8259. Throws a JsonError that names the place. */
export function parseJson(text: string): ParsedJson {
  return new Reader(text).read();
}

const blanks = /[ \t\n\r]*/y;
const numbers = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// What a string may hold besides escapes: no quote, no backslash, nothing below the blank.
const plainText = /[ !#-[\]-\uffff]*/y;
const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Reader {
  private at = 0;
  private readonly positions = new Map<string, Position>();
  private readonly duplicates: { path: string; position: Position }[] = [];
  private readonly lineStarts: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.lineStarts.push(i + 1);
  }

  read(): ParsedJson {
    // A byte order mark is what some editors put in front of a file; AWS's tools drop it too.
    if (this.text.startsWith("\uFEFF")) this.at = 1;
    const value = this.value("$", 0);
    this.blank();
    if (this.at < this.text.length) this.fail("unexpected text after the end of the JSON value", "$");
    return { value, positions: this.positions, duplicates: this.duplicates };
  }

  private value(path: string, depth: number): Json {
    this.blank();
    this.positions.set(path, this.position());
    if (depth > maximumDepth) this.fail(`nested deeper than ${maximumDepth} levels`, path);
    switch (this.text[this.at]) {
      case "{":
        return this.object(path, depth);
      case "[":
        return this.array(path, depth);
      case '"':
        return this.string(path);
    }
    for (const [word, value] of [["true", true] as const, ["false", false] as const, ["null", null] as const])
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    const number = this.match(numbers);
    if (number === undefined || number === "") this.fail("a JSON value is expected here", path);
    return Number(number);
  }

  private object(path: string, depth: number): Json {
    // No prototype: a key named `__proto__` is a key like any other.
    const members: { [key: string]: Json } = Object.create(null);
    this.at++;
    this.blank();
    if (this.take("}")) return members;
    do {
      this.blank();
      const position = this.position();
      const key = this.string(path);
      const here = childPath(path, key);
      if (key in members) this.duplicates.push({ path: here, position });
      this.blank();
      if (!this.take(":")) this.fail(`":" is expected after the key ${JSON.stringify(key)}`, path);
      members[key] = this.value(here, depth + 1);
      this.blank();
    } while (this.take(","));
    if (!this.take("}")) this.fail('"," or "}" is expected here', path);
    return members;
  }

  private array(path: string, depth: number): Json {
    const items: Json[] = [];
    this.at++;
    this.blank();
    if (this.take("]")) return items;
    do {
      items.push(this.value(childPath(path, items.length), depth + 1));
      this.blank();
    } while (this.take(","));
    if (!this.take("]")) this.fail('"," or "]" is expected here', path);
    return items;
  }

  private string(path: string): string {
    const start = this.at;
    let isOpen = this.take('"');
    // Piece by piece: one expression for all of them keeps a place to return to for each, and megabytes of those overflow.
    while (isOpen) {
      this.match(plainText);
      if (this.take('"')) return JSON.parse(this.text.slice(start, this.at));
      isOpen = this.match(escapes) !== undefined;
    }
    this.at = start;
    this.fail("a string in double quotes is expected here", path);
  }

  private blank(): void {
    this.match(blanks);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private position(): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= this.at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: this.at - (this.lineStarts[low] ?? 0) + 1 };
  }

  private fail(message: string, path: string): never {
    throw new JsonError(message, path, this.position());
  }
}
