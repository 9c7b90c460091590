import { fullKey, KEY_FORM } from "./config-key";
import { type ConfigValue, configValue, ValueFault } from "./config-value";
import { PathFault, type PropertyPath, parsePath, valueAt, withValueAt } from "./property-path";
import type { PulumiFile } from "./pulumi-file";
import { Timestamp } from "./yaml/timestamp";
import { FileMap, type FileValue } from "./yaml/values";

/** One key of the `config` of a project file: where its value belongs, and what it is unless the stack says otherwise. */
export interface ConfigDeclaration {
  /** As the file has it. */
  readonly name: string;
  /** `namespace:key`. */
  readonly key: string;
  /** The way from the key's value to the declared one; a project may declare `tags.team`. */
  readonly path: PropertyPath;
  /** Undefined where the stack has to give the value. */
  readonly value: ConfigValue | undefined;
  /** Whether the value is declared to be secret. */
  readonly isSecret: boolean;
}

const ATTRIBUTES = ["type", "items", "description", "secret", "default", "value"];

/**
 * The declarations of a project file (Pulumi documentation, "Project file reference", `config`), in the order in which
 * Pulumi applies them.
 *
 * @throws Failure that names the file and the place of what Pulumi does not read
 */
export function readDeclarations(file: PulumiFile, config: FileMap, project: string): ConfigDeclaration[] {
  const names = [...config.entries.keys()].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  return names.map((name) => {
    const fail = (problem: string, fix: string) =>
      file.fail(config.at(name), `configuration key ${JSON.stringify(name)} ${problem}`, fix);
    if (!config.hasTextKeysOnly) fail("stands beside a key that is no text", "Write keys as text.");
    return declarationOf(name, config.get(name) ?? null, project, fail);
  });
}

type Fail = (problem: string, fix: string) => never;

function declarationOf(name: string, content: FileValue, project: string, fail: Fail): ConfigDeclaration {
  const { key, path } = placeOf(name, project, fail);
  const isOwn = !name.includes(":") || name.startsWith(`${project}:`);
  if (!(content instanceof FileMap)) return { name, key, path, value: shorthand(content, fail), isSecret: false };
  for (const attribute of content.entries.keys()) {
    if (!ATTRIBUTES.includes(attribute) || !content.hasTextKeysOnly) {
      fail(`has the attribute ${JSON.stringify(attribute)}`, `Use ${ATTRIBUTES.join(", ")}.`);
    }
  }
  const given = { default: content.get("default") ?? null, value: content.get("value") ?? null };
  if (given.default !== null && given.value !== null) fail('has both "default" and "value"', "Keep one of them.");
  if (!isOwn && given.value === null) fail('needs a "value", being of another namespace', 'Write "value": ….');
  const value = given.default ?? given.value;
  return {
    ...{ name, key, path, isSecret: content.get("secret") === true },
    value: value === null ? undefined : declaredValue(value, fail),
  };
}

function placeOf(name: string, project: string, fail: Fail): Pick<ConfigDeclaration, "key" | "path"> {
  const full = fullKey(name, project);
  if (full === undefined) return fail("is none", KEY_FORM);
  const colon = full.indexOf(":");
  try {
    const [first, ...path] = parsePath(full.slice(colon + 1));
    if (typeof first !== "string" || first === "") return fail("starts with no name", KEY_FORM);
    return { key: `${full.slice(0, colon)}:${first}`, path };
  } catch (error) {
    if (error instanceof PathFault) fail(`is no path: ${error.message}`, "Write names with dots between them.");
    throw error;
  }
}

function shorthand(value: FileValue, fail: Fail): ConfigValue {
  const isRead = ["string", "boolean"].includes(typeof value) || isInteger(value) || Array.isArray(value);
  if (!isRead) fail("has a value that Pulumi does not read here", "Write it under default: or value:.");
  return declaredValue(value, fail);
}

function isInteger(value: FileValue): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function declaredValue(value: FileValue, fail: Fail): ConfigValue {
  try {
    return configValue(plain(value, fail));
  } catch (error) {
    if (error instanceof ValueFault) fail(`has no value: ${error.message}`, "Correct the value.");
    throw error;
  }
}

/** Declared values pass through JSON: points in time and large numbers come out otherwise than in a stack's file. */
function plain(value: FileValue, fail: Fail): FileValue {
  if (value instanceof Timestamp) return value.toJSON();
  if (typeof value === "bigint") return isInteger(value) ? value : Number(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, fail));
  if (!(value instanceof FileMap)) return value;
  if (!value.hasTextKeysOnly) fail("has a value with a key that is no text", "Write the key in quotes.");
  const map = new FileMap();
  for (const [key, entry] of value.entries) map.entries.set(key, { ...entry, value: plain(entry.value, fail) });
  return map;
}

/**
 * Puts declared values where a stack has none of its own.
 *
 * @returns the names of the keys of the project for which there is no value
 * @throws PathFault where a declared value does not fit what the stack has
 */
export function applyDeclarations(
  declarations: readonly ConfigDeclaration[],
  config: Map<string, ConfigValue>,
  project: string,
): string[] {
  return declarations.flatMap(({ name, key, path, value }) => {
    const own = config.get(key);
    if (valueAt(own, path) !== undefined) return [];
    if (value === undefined) return key.startsWith(`${project}:`) ? [name] : [];
    config.set(key, path.length === 0 ? value : withValueAt(own, path, coerced(value)));
    return [];
  });
}

/** Inside another value, the texts of numbers and booleans become what they say. */
function coerced(value: ConfigValue): ConfigValue {
  if (value === "true" || value === "false") return value === "true";
  if (typeof value !== "string" || !/^([-+]?[1-9]\d*|[-+]0\d*|0)$/.test(value)) return value;
  const integer = BigInt(value.replace("+", ""));
  return BigInt.asIntN(64, integer) === integer || BigInt.asUintN(64, integer) === integer ? integer : value;
}
