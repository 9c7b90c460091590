/**
 * Whether a filter pattern for JSON of CloudWatch Logs matches an event: "Filter pattern syntax for metric filters" in the Amazon
 * CloudWatch Logs User Guide. It knows comparisons with texts and numbers, `*` at either end of a text, IS TRUE, IS FALSE, IS NULL,
 * EXISTS, NOT EXISTS, && before ||, and parentheses. Throws a SyntaxError for anything else, and where the guide does not say what
 * an operator makes of a value: `!=` for a field that is not there, a text compared with what is neither text nor number.
 */
export function filterMatches(pattern: string, event: unknown): boolean {
  const reader = new Reader(pattern);
  reader.demand("{");
  const matches = anyOf(reader);
  reader.demand("}");
  reader.demand("");
  return matches(event);
}

type Test = (event: unknown) => boolean;

/** Tokens: brackets, operators, selectors, words and texts in quotation marks (with them, so that they are no words). */
const TOKEN = /\s*([{}()]|&&|\|\||!=|<=|>=|[=<>]|"[^"]*"|\$(?:\.[\w-]+|\[[0-9]+\])+|[\w.*:/@-]+)/y;

class Reader {
  private readonly tokens: string[] = [];

  constructor(pattern: string) {
    TOKEN.lastIndex = 0;
    for (let at = 0; at < pattern.trimEnd().length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(pattern)?.[1];
      if (token === undefined) throw new SyntaxError(`${pattern.slice(at)} is not understood`);
      this.tokens.push(token);
    }
  }

  /** The next token; empty at the end. */
  next(): string {
    return this.tokens.shift() ?? "";
  }

  take(token: string): boolean {
    if (this.tokens[0] !== token) return false;
    this.tokens.shift();
    return true;
  }

  demand(token: string): void {
    const found = this.next();
    if (found !== token) throw new SyntaxError(`"${token}" is expected where "${found}" stands`);
  }
}

function anyOf(reader: Reader): Test {
  const tests = [allOf(reader)];
  while (reader.take("||")) tests.push(allOf(reader));
  return (event) => tests.some((test) => test(event));
}

function allOf(reader: Reader): Test {
  const tests = [single(reader)];
  while (reader.take("&&")) tests.push(single(reader));
  return (event) => tests.every((test) => test(event));
}

function single(reader: Reader): Test {
  if (reader.take("(")) {
    const inner = anyOf(reader);
    reader.demand(")");
    return inner;
  }
  const selector = reader.next();
  if (!selector.startsWith("$")) throw new SyntaxError(`a selector is expected where "${selector}" stands`);
  const test = fieldTest(reader);
  return (event) => test(valueAt(event, selector));
}

function fieldTest(reader: Reader): (value: unknown) => boolean {
  const operator = reader.next();
  switch (operator) {
    case "EXISTS":
      return (value) => value !== undefined;
    case "NOT":
      reader.demand("EXISTS");
      return (value) => value === undefined;
    case "IS":
      return isOneOf(reader.next());
    case "=": {
      const wanted = reader.next();
      return (value) => value !== undefined && equals(value, wanted);
    }
    case "!=": {
      const unwanted = reader.next();
      return (value) => {
        if (value === undefined)
          throw new SyntaxError("the guide does not say what != makes of a field that is not there");
        return !equals(value, unwanted);
      };
    }
    default:
      return compared(operator, Number(reader.next()));
  }
}

function isOneOf(word: string): (value: unknown) => boolean {
  const wanted = new Map<string, unknown>([
    ["TRUE", true],
    ["FALSE", false],
    ["NULL", null],
  ]);
  if (!wanted.has(word)) throw new SyntaxError(`IS ${word} is not understood`);
  return (value) => value === wanted.get(word);
}

function compared(operator: string, limit: number): (value: unknown) => boolean {
  if (Number.isNaN(limit)) throw new SyntaxError(`${operator} is for numbers`);
  const holds = new Map<string, (value: number) => boolean>([
    ["<", (value) => value < limit],
    [">", (value) => value > limit],
    ["<=", (value) => value <= limit],
    [">=", (value) => value >= limit],
  ]).get(operator);
  if (holds === undefined) throw new SyntaxError(`${operator} is not understood`);
  return (value) => typeof value === "number" && holds(value);
}

function equals(value: unknown, token: string): boolean {
  const wanted = token.startsWith('"') ? token.slice(1, -1) : token;
  if (typeof value === "number") return value === Number(wanted);
  if (value === null) return false;
  if (typeof value !== "string")
    throw new SyntaxError(`the guide does not compare ${JSON.stringify(value)} with a text`);
  const inner = wanted.replace(/^\*/, "").replace(/\*$/, "");
  if (inner.includes("*")) throw new SyntaxError(`${token}: the guide shows * at the ends only`);
  if (wanted === inner) return value === inner;
  if (!wanted.startsWith("*")) return value.startsWith(inner);
  return wanted.endsWith("*") ? value.includes(inner) : value.endsWith(inner);
}

/** What stands at `$.a.b[0]`; undefined where nothing does. */
function valueAt(event: unknown, selector: string): unknown {
  return [...selector.matchAll(/[\w-]+/g)].reduce<unknown>((value, [name]) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Record<string, unknown>)[name];
  }, event);
}
