import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { hidesUnknown } from "./unknown-markers";

/** A property value as it travels between a program, the engine and a policy pack. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Stands for a value that a preview cannot know; the same text in every Pulumi SDK. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const BYTES = "803fd3297a5875dc03ca845dda5d2a98";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The plain value of a protobuf struct; an absent one is an empty object. */
export function fromStruct(struct: Struct | undefined): JsonObject {
  return struct === undefined ? {} : (struct.toJavaScript() as JsonObject);
}

export function toStruct(value: JsonObject): Struct {
  return Struct.fromJavaScript(value);
}

export function secret(value: Json): Json {
  return { [SIGNATURE]: SECRET, value };
}

/** The value inside a secret's envelope, or the value itself where there is none. */
export function unwrapSecret(value: Json | undefined): Json | undefined {
  return isSecret(value) ? value.value : value;
}

type SecretEnvelope = JsonObject & { value: Json };

export function isSecret(value: Json | undefined): value is SecretEnvelope {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** Whether a value is, or has inside it, one that a preview cannot know. */
export function containsUnknown(value: Json | undefined): boolean {
  if (typeof value === "string") return value === UNKNOWN;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) && Object.values(value).some(containsUnknown);
}

/**
 * Properties as the engine keeps them: references to resources become an id (or a URN, for components), output values
 * their content, and text that carries an unknown answer becomes unknown itself. Secrets, assets and bytes that are no UTF-8
 * keep their envelope.
 */
export function normalized(value: Json): Json {
  if (typeof value === "string") return hidesUnknown(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(normalized);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === RESOURCE_REFERENCE) return value.id === "" ? UNKNOWN : (value.id ?? value.urn ?? "");
  if (value[SIGNATURE] === OUTPUT) {
    const content = "value" in value ? normalized(value.value ?? null) : UNKNOWN;
    return value.secret === true ? secret(content) : content;
  }
  const text = textOfBytes(value);
  return text === undefined || text.includes(NO_CHARACTER) ? normalizedObject(value) : normalized(text);
}

const NO_CHARACTER = "\ufffd";

/** Text in the envelope for bytes, with U+FFFD for each that is no UTF-8, or nothing for any other value. */
function textOfBytes(value: JsonObject): string | undefined {
  if (value[SIGNATURE] !== BYTES || typeof value.value !== "string") return undefined;
  return Buffer.from(value.value, "base64").toString("utf8");
}

export function normalizedObject(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, normalized(value)]));
}

/**
 * Properties as a transform is shown them: what is secret or not known yet is an output, and so is what depends on other
 * resources.
 */
export function asOutputs(properties: JsonObject, dependencies: ReadonlyMap<string, readonly string[]>): JsonObject {
  const entries = Object.entries(properties).map(([key, value]) => {
    const upgraded = asOutput(value);
    const urns = dependencies.get(key) ?? [];
    if (urns.length === 0) return [key, upgraded] as const;
    const output =
      isObject(upgraded) && upgraded[SIGNATURE] === OUTPUT ? upgraded : { [SIGNATURE]: OUTPUT, value: upgraded };
    return [key, { ...output, dependencies: [...urns] }] as const;
  });
  return Object.fromEntries(entries);
}

function asOutput(value: Json): Json {
  if (value === UNKNOWN) return { [SIGNATURE]: OUTPUT };
  if (Array.isArray(value)) return value.map(asOutput);
  if (!isObject(value)) return value;
  if (isSecret(value)) {
    return value.value === UNKNOWN
      ? { [SIGNATURE]: OUTPUT, secret: true }
      : { [SIGNATURE]: OUTPUT, secret: true, value: asOutput(value.value) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asOutput(item)]));
}

/** The resources that a property's output values say they depend on. */
export function outputDependencies(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(outputDependencies);
  if (!isObject(value)) return [];
  const inside = Object.values(value).flatMap(outputDependencies);
  const own = value[SIGNATURE] === OUTPUT && Array.isArray(value.dependencies) ? value.dependencies.map(String) : [];
  return [...new Set([...own, ...inside])];
}

/** What a policy pack is shown: keys that are internal to the engine (`__defaults`, `__provider`) are left out. */
export function withoutInternalKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutInternalKeys);
  return isObject(value) ? withoutInternalProperties(value) : value;
}

export function withoutInternalProperties(properties: JsonObject): JsonObject {
  const visible = Object.entries(properties).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(visible.map(([key, value]) => [key, withoutInternalKeys(value)]));
}

/** Every text inside secret envelopes, so that reports can mask it. */
export function secretTexts(value: Json, insideSecret = false): string[] {
  if (typeof value === "string") return insideSecret && value !== UNKNOWN ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, insideSecret));
  if (!isObject(value)) return [];
  if (isSecret(value)) return secretTexts(value.value, true);
  const text = textOfBytes(value);
  if (text !== undefined) return secretTexts(text, insideSecret);
  return Object.values(value).flatMap((item) => secretTexts(item, insideSecret));
}
