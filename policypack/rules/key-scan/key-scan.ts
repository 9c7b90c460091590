import { notYet } from "../../iam";
import { isDocumentationKey, isSecretKeyLike, keyIdsIn } from "./access-keys";
import { base64In, decoded, ReadingBudget } from "./encodings";

/** A key found in a resource's inputs. Holds no secret: a secret key is only located, a key id is for comparison and masking. */
export interface FoundKey {
  /** Property path, such as `environment.variables.AWS_ACCESS_KEY_ID`. */
  readonly property: string;
  /** The access key id; undefined for a secret key found by its name. */
  readonly id: string | undefined;
}

export interface KeyScan {
  readonly keys: readonly FoundKey[];
  /** Properties in which something is packed deeper, or is larger, than the scan reads. */
  readonly unread: readonly string[];
}

/** Names under which a 40-character text is AWS's secret key; a bare `SECRET_KEY` is what web frameworks sign with. */
const tellingName = /secret_?-?access_?-?key|(?:aws|s3)[:._-]{0,2}(?:credentials?[:._-])?secret(?:[._-]?key)?/i;

/** In every telling name, so that most names and texts are passed over at once. */
const secretWord = /secret/i;

// Names, separators and quotes as shells, ini files, YAML, JSON and JSON within texts have them; a list of names and values as well.
const secretInText =
  /(?:secret_?-?access_?-?key|(?:aws|s3)[:._-]{0,2}(?:credentials?[:._-])?secret(?:[._-]?key)?)\\{0,8}["']?(?:(?:\s{0,99},|[^\S\n]{0,99}\n)\s{0,99}(?:-\s{0,9})?\\{0,8}["']?value\\{0,8}["']?)?(?:\s{0,99}[=:]\s{0,99}|\s{1,99})\\{0,8}["']?([A-Za-z0-9+/]{40,60}={0,2})(?![A-Za-z0-9+/=])/gi;

/** How many encodings within one another are opened: JSON, YAML, base64, gzip. */
const deepest = 8;

/** How many objects and lists within one another are looked into. */
const deepestNesting = 200;

/**
 * Finds AWS access key ids, and secret keys under a telling name, in plain values, in JSON and YAML text, and in base64, zipped or not, in
 * each other as well. AWS's documentation examples are left out. Values not known yet are passed over: a scan is never undecided. The
 * work is bounded, and what was not read to the end is named.
 *
 * @param made ids and secret keys that are not looked for
 * @param telling further names of secret keys, in lower case
 */
export function keysIn(
  properties: Readonly<Record<string, unknown>>,
  { made = new Set(), telling = new Set() }: { made?: ReadonlySet<unknown>; telling?: ReadonlySet<string> } = {},
): KeyScan {
  const scan = new Scan(made, telling);
  scan.value(properties, "", { encodings: 0, nesting: 0, isNamed: false });
  return { keys: [...scan.found.values()], unread: [...scan.unread] };
}

interface Depth {
  readonly encodings: number;
  readonly nesting: number;
  /** Whether something on the way there is called a secret key. */
  readonly isNamed: boolean;
}

class Scan {
  readonly found = new Map<string, FoundKey>();
  readonly unread = new Set<string>();
  private readonly budget = new ReadingBudget();

  constructor(
    private readonly made: ReadonlySet<unknown>,
    private readonly telling: ReadonlySet<string>,
  ) {}

  /** @param property where to report: the path in the resource, without what is inside a text */
  value(value: unknown, property: string, depth: Depth, isInText = false): void {
    if (value === notYet || typeof value !== "object" || value === null) {
      if (typeof value === "string") this.text(value, property, depth);
      return;
    }
    if (depth.nesting >= deepestNesting) {
      this.unread.add(property);
      return;
    }
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    const isLabelled =
      !isList && entries.some(([name, item]) => this.isTelling(item) && labels.has(name.toLowerCase()));
    for (const [name, item] of entries) {
      const inside = isInText ? property : pathInside(property, name, isList);
      if (!isList) this.ids(name, property);
      const isNamed =
        depth.isNamed || (!isList && this.isTelling(name)) || (isLabelled && valueNames.has(name.toLowerCase()));
      if (isNamed && typeof item === "string" && this.isSecret(item)) this.add(inside, undefined);
      else this.value(item, inside, { ...depth, nesting: depth.nesting + 1, isNamed }, isInText);
    }
  }

  private text(text: string, property: string, depth: Depth): void {
    this.ids(text, property);
    const speaksOfSecrets = secretWord.test(text);
    if (speaksOfSecrets) {
      for (const [, secret = ""] of text.matchAll(secretInText)) {
        if (this.isSecret(secret)) this.add(property, undefined);
      }
    }
    const deeper = { ...depth, encodings: depth.encodings + 1, nesting: 0 };
    const isDeepest = depth.encodings >= deepest;
    // Nothing is escaped in the text, so what a document in it says stands in it as it is, and the rest is seen below.
    const isPlain = !depth.isNamed && !speaksOfSecrets && this.telling.size === 0 && !text.includes("\\");
    const inside = isDeepest || isPlain ? undefined : parsedJson(text);
    if (inside !== undefined) {
      if (this.budget.spend(text.length)) this.value(inside, property, deeper, true);
      else this.unread.add(property);
      return;
    }
    for (const candidate of base64In(text)) {
      const unpacked = decoded(candidate, this.budget);
      if (unpacked === "nothing") continue;
      if (unpacked === "too much" || isDeepest) {
        this.unread.add(property);
        if (isDeepest) return;
      } else this.text(unpacked.text, property, deeper);
    }
  }

  private isTelling(name: unknown): boolean {
    if (typeof name !== "string") return false;
    return (
      (secretWord.test(name) && tellingName.test(name)) ||
      (this.telling.size > 0 && this.telling.has(name.toLowerCase()))
    );
  }

  private ids(text: string, property: string): void {
    if (!text.includes("AKIA") && !text.includes("ASIA")) return;
    for (const id of keyIdsIn(text)) if (!this.made.has(id)) this.add(property, id);
  }

  private add(property: string, id: string | undefined): void {
    this.found.set(JSON.stringify([property, id]), { property, id });
  }

  /** As it stands, or in base64 as Kubernetes has it. */
  private isSecret(item: string): boolean {
    const text = item.trim();
    const plain = isSecretKeyLike(text) ? text : Buffer.from(text.slice(0, 80), "base64").toString("latin1").trim();
    return isSecretKeyLike(plain) && !isDocumentationKey(plain) && !this.made.has(plain);
  }
}

/** What the lists of environment variables, tags and parameters call the name beside a value. */
const labels: ReadonlySet<string> = new Set(["name", "key", "variablename", "parametername", "parameterkey"]);
const valueNames: ReadonlySet<string> = new Set(["value", "parametervalue", "stringvalue"]);

function pathInside(property: string, name: string, isList: boolean): string {
  if (isList) return `${property}[${name}]`;
  return property === "" ? name : `${property}.${name}`;
}

function parsedJson(text: string): unknown {
  const start = /^\s{0,99}([{["])/.exec(text)?.[1];
  if (start === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" || typeof parsed === "string" ? parsed : undefined;
  } catch {
    // Not JSON after all: templates and YAML begin so, too. The plain scan has seen it.
    return undefined;
  }
}
