import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { isObject, type Json, type JsonObject } from "../offline/wire";

/** One configuration value as its file has it. */
export interface ConfigEntry {
  /** `namespace:key`. */
  readonly key: string;
  /** Text, or JSON for a structured value, in which encrypted parts still have their envelope. */
  readonly value: string | JsonObject | Json[];
  /** Whether the whole value is encrypted, or declared as a secret. */
  readonly isSecret: boolean;
}

const ENVELOPE = "secure";

/** The cipher text of an encrypted value `{ secure: … }`, or nothing for any other. */
export function cipherTextOf(value: Json | undefined): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const cipherText = value[ENVELOPE];
  return typeof cipherText === "string" ? cipherText : undefined;
}

/**
 * The entries of a `config` map. Scalars stay the text that they are in the file: `0123` and `1e3` are no numbers here.
 *
 * @param namespace of keys without one: the project's name
 * @param kind in a project file a map is a declaration with a default, in a stack's it is the value itself
 */
export function configEntries(config: YAMLMap, namespace: string, kind: "default" | "value"): ConfigEntry[] {
  return config.items.flatMap((item) => entryOf(item as Pair<Node, Node | null>, namespace, kind) ?? []);
}

function entryOf({ key: keyNode, value: node }: Pair<Node, Node | null>, namespace: string, kind: "default" | "value") {
  const name = isScalar(keyNode) ? String(keyNode.value) : "";
  const key = qualified(name, namespace);
  if (kind === "value" || !isMap(node)) return { key, value: valueIn(node), isSecret: isEncrypted(node) };
  const declared = node.get("default", true) ?? node.get("value", true);
  if (declared === undefined) return undefined;
  return { key, value: valueIn(declared as Node), isSecret: node.get("secret") === true };
}

function isEncrypted(node: Node | null): boolean {
  return isMap(node) && cipherTextOf(node.toJSON() as Json) !== undefined;
}

function valueIn(node: Node | null): string | JsonObject | Json[] {
  if (isMap(node) || isSeq(node)) return node.toJSON() as JsonObject | Json[];
  if (!isScalar(node) || node.value === null) return "";
  return node.type === "PLAIN" ? (node.source ?? String(node.value)) : String(node.value);
}

/** `key` belongs to the project; `namespace:config:key` is an old way to write `namespace:key`. */
export function qualified(name: string, namespace: string): string {
  const parts = name.split(":");
  if (parts.length === 1) return `${namespace}:${name}`;
  return parts.length === 3 && parts[1] === "config" ? `${parts[0]}:${parts[2]}` : name;
}
