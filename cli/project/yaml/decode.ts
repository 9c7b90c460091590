import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar as ScalarNode,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { kindOf, readScalar, type Scalar, ScalarFault, shortTag } from "./scalars";
import type { Source } from "./source";
import { type Entry, FileMap, type FileValue } from "./values";

/** Nobody's configuration is as deep; the limit keeps a hostile one from exhausting the stack. */
export const MAXIMUM_DEPTH = 500;

// The limits of gopkg.in/yaml.v3 on what aliases may expand to: nearly all of a small document, a tenth of a large one.
const [FEW_STEPS, MANY_STEPS] = [400_000, 4_000_000];

/** Turns a document's nodes into values as Pulumi's reader does, within its limits. */
export class Decoder {
  /** What each alias stands for: its anchor may be given anew further down. */
  readonly #targets = new Map<Alias, Node>();
  readonly #open = new Set<Alias>();
  #steps = 0;
  #aliasSteps = 0;

  constructor(private readonly source: Source) {}

  /** @throws Failure that names the place */
  decode(root: Node | null): FileValue {
    this.#findTargets(root);
    return this.#value(root, 0);
  }

  #findTargets(root: Node | null): void {
    const anchors = new Map<string, Node>();
    // By hand, in the order of the text: the library looks each alias up by walking the whole document again.
    const rest: unknown[] = [root];
    while (rest.length > 0) {
      const node = rest.pop();
      if (isPair(node)) rest.push(node.value, node.key);
      else if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target === undefined) this.#fail(node, `no anchor named ${node.source} stands before this alias`);
        this.#targets.set(node, target);
      } else if (isMap(node) || isSeq(node) || isScalar(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        if (!isScalar(node)) for (let i = node.items.length - 1; i >= 0; i--) rest.push(node.items[i]);
      }
    }
  }

  #value(node: Node | null, depth: number): FileValue {
    this.#count(node);
    if (depth > MAXIMUM_DEPTH) this.#fail(node, `nested deeper than ${MAXIMUM_DEPTH} levels`);
    if (node === null) return null;
    if (isAlias(node)) return this.#following(node, (target) => this.#value(target, depth + 1));
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq(node)) return this.#list(node, depth);
    return this.#map(node as YAMLMap, depth);
  }

  #scalar(node: ScalarNode): Scalar {
    const text = sourceOf(node);
    if (isPlain(node) && text.startsWith("?")) this.#fail(node, "a text that starts with ? stands without quotes");
    try {
      return readScalar(text, node.tag, isPlain(node));
    } catch (error) {
      if (error instanceof ScalarFault) this.#fail(node, error.message);
      throw error;
    }
  }

  #list(node: YAMLSeq, depth: number): FileValue[] {
    return node.items.map((item) => {
      // A pair in a list is a map of one entry: [a: b].
      if (!isPair(item)) return this.#value(item as Node | null, depth + 1);
      this.#count(node);
      return this.#mapOf([item as Pair<Node | null, Node | null>], depth + 1);
    });
  }

  #map(node: YAMLMap, depth: number): FileMap {
    return this.#mapOf(node.items as Pair<Node | null, Node | null>[], depth);
  }

  #mapOf(pairs: readonly Pair<Node | null, Node | null>[], depth: number): FileMap {
    const map = new FileMap();
    map.hasTextKeysOnly = pairs.every(({ key }) => ["!!str", "!!merge"].includes(this.#tagOf(key)));
    this.#fill(map, pairs, depth);
    return map;
  }

  /** @param given keys that a map has before another is merged into it; undefined for a map's own entries */
  #fill(map: FileMap, pairs: readonly Pair<Node | null, Node | null>[], depth: number, given?: Set<string>): void {
    this.#requireUnique(pairs);
    let merged: Node | null | undefined;
    for (const { key: keyNode, value: valueNode } of pairs) {
      if (isMergeKey(keyNode)) {
        merged = valueNode;
        continue;
      }
      const key = this.#key(keyNode, map.hasTextKeysOnly, depth);
      if (key === undefined || given?.has(key)) continue;
      given?.add(key);
      map.entries.set(key, { value: this.#value(valueNode, depth + 1), at: offsetOf(keyNode) } satisfies Entry);
    }
    if (merged !== undefined) this.#merge(map, merged, depth + 1, given ?? new Set(map.entries.keys()));
  }

  /** What a map has itself beats what is merged into it; of several merged maps the first beats the others. */
  #merge(map: FileMap, merged: Node | null, depth: number, given: Set<string>): void {
    if (depth > MAXIMUM_DEPTH) this.#fail(merged, `nested deeper than ${MAXIMUM_DEPTH} levels`);
    const sources = isSeq(merged) ? (merged.items as (Node | null)[]) : [merged];
    for (const source of sources) {
      this.#count(source);
      const fill = (node: Node | null) => {
        if (!isMap(node)) this.#fail(source, "a merge key (<<) takes a map, or a list of maps");
        this.#fill(map, node.items as Pair<Node | null, Node | null>[], depth, given);
      };
      if (isAlias(source)) this.#following(source, fill);
      else fill(source);
    }
  }

  /** The text of a key; undefined for one that Pulumi leaves out. */
  #key(node: Node | null, asText: boolean, depth: number): string | undefined {
    const value = this.#value(node, depth + 1);
    if (value instanceof FileMap || Array.isArray(value)) this.#fail(node, "a map or a list cannot be a key");
    // Pulumi writes the file anew before it reads it for good, and there the quotes are gone.
    if (value === "<<") this.#fail(node, "a key << in quotes or behind a tag is a merge key to Pulumi all the same");
    if (typeof value === "string") return value;
    const target = isAlias(node) ? this.#targets.get(node) : node;
    if (asText) return value === null ? undefined : sourceOf(target as ScalarNode);
    return keyText(value as Scalar);
  }

  #tagOf(node: Node | null): string {
    if (node === null) return "!!null";
    if (isAlias(node)) return this.#tagOf(this.#targets.get(node) ?? null);
    if (!isScalar(node)) return "!!map";
    if (isMergeKey(node)) return "!!merge";
    const hasTag = node.tag !== undefined && node.tag !== "!";
    return hasTag ? shortTag(node.tag as string) : kindOf(this.#scalar(node));
  }

  #requireUnique(pairs: readonly Pair<Node | null, Node | null>[]): void {
    const seen = new Set<string>();
    for (const { key } of pairs) {
      const text = isAlias(key) ? `*${key.source}` : isScalar(key) || key === null ? `=${sourceOf(key)}` : "=";
      if (seen.has(text)) this.#fail(key, `the key ${JSON.stringify(text.slice(1, 80))} is given twice`);
      seen.add(text);
    }
  }

  #following<T>(alias: Alias, use: (target: Node) => T): T {
    const target = this.#targets.get(alias);
    if (target === undefined || this.#open.has(alias)) this.#fail(alias, `the anchor ${alias.source} contains itself`);
    this.#open.add(alias);
    try {
      return use(target);
    } finally {
      this.#open.delete(alias);
    }
  }

  #count(node: Node | null): void {
    this.#steps += 1;
    if (this.#open.size > 0) this.#aliasSteps += 1;
    if (this.#aliasSteps <= 100 || this.#steps <= 1000) return;
    const beyond = Math.min(Math.max(this.#steps - FEW_STEPS, 0) / (MANY_STEPS - FEW_STEPS), 1);
    if (this.#aliasSteps / this.#steps > 0.99 - 0.89 * beyond) this.#fail(node, "aliases expand to too much");
  }

  #fail(node: Node | null, problem: string): never {
    return this.source.fail(offsetOf(node), problem, "Mend the YAML at that place: Pulumi does not read it either.");
  }
}

/** The text of a key that is no text, as programs get it. */
function keyText(value: Scalar): string {
  if (value === null) return "<nil>";
  if (typeof value !== "number") return String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  // From a million on, and below a ten-thousandth, with an exponent of two digits.
  const [, exponent = "0"] = /e(.*)$/.exec(value.toExponential()) ?? [];
  if (Number(exponent) >= -4 && Number(exponent) < 6) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

function isMergeKey(node: Node | null): boolean {
  if (!isScalar(node) || sourceOf(node) !== "<<") return false;
  if (node.tag === undefined || node.tag === "!") return isPlain(node);
  return shortTag(node.tag) === "!!merge";
}

function isPlain(node: ScalarNode): boolean {
  return node.type === undefined || node.type === "PLAIN";
}

function sourceOf(node: ScalarNode | null): string {
  return node === null ? "" : String(node.source ?? node.value ?? "");
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
