import { extname } from "node:path";
import { fullKey, KEY_FORM } from "./config-key";
import { type ConfigValue, configValue, ValueFault } from "./config-value";
import { type PulumiFile, readPulumiFile } from "./pulumi-file";
import { FileMap, type FileValue } from "./yaml/values";

/** What a stack's own file says. */
export interface StackFile {
  /** `namespace:key` to value. */
  readonly config: ReadonlyMap<string, ConfigValue>;
  /** What a passphrase is told right or wrong by; undefined for a stack with another secrets provider, or none. */
  readonly encryptionSalt: string | undefined;
  /** The environments of Pulumi ESC that the stack takes configuration from, as far as the file names them. */
  readonly environments: readonly string[];
}

const FIELDS = ["secretsprovider", "encryptedkey", "encryptionsalt", "config", "environment"];

/**
 * Reads `Pulumi.STACK.yaml` (Pulumi documentation, "Stack settings file reference").
 *
 * @param namespace of keys without one: the project's name
 * @throws Failure that names the file and the place of what cannot be read
 */
export function readStackFile(file: string, namespace: string): StackFile {
  const content = readPulumiFile(file, FIELDS);
  if (content === undefined) return { config: new Map(), encryptionSalt: undefined, environments: [] };
  const salt = content.root.get("encryptionsalt");
  return {
    config: configIn(content, namespace, extname(file) === ".json"),
    encryptionSalt: typeof salt === "string" ? salt : undefined,
    environments: environmentsIn(content.root.get("environment") ?? null),
  };
}

/** A list of names, or an environment written here that imports others (Pulumi documentation, "Stack settings file reference"). */
function environmentsIn(value: FileValue): readonly string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(nameIn);
  if (!(value instanceof FileMap) || value.entries.size === 0) return [];
  const imports = value.get("imports");
  const names = Array.isArray(imports) ? imports.flatMap(nameIn) : [];
  return names.length === 0 ? ["written in the file itself"] : names;
}

/** An import may be a map of its name to how it is taken in. */
function nameIn(value: FileValue): readonly string[] {
  if (typeof value === "string") return [value];
  return value instanceof FileMap ? [...value.entries.keys()].slice(0, 1) : [];
}

function configIn(file: PulumiFile, namespace: string, isJson: boolean): Map<string, ConfigValue> {
  const config = new Map<string, ConfigValue>();
  const declared = file.root.get("config");
  if (declared === undefined || declared === null) return config;
  if (!(declared instanceof FileMap)) {
    return file.fail(file.root.at("config"), '"config" is no map', "Write keys and their values under it.");
  }
  for (const [name, { value, at }] of declared.entries) {
    // Pulumi adds the project's name to keys only where all of them are text.
    const key = fullKey(name, declared.hasTextKeysOnly ? namespace : undefined);
    if (key === undefined) return file.fail(at, `${JSON.stringify(name)} is no configuration key`, KEY_FORM);
    if (config.has(key)) return file.fail(at, `${key} is given twice, in two spellings`, "Keep one of them.");
    config.set(key, value === null && !isJson ? "" : valueIn(file, key, value, at));
  }
  return config;
}

function valueIn(file: PulumiFile, key: string, value: FileValue, at: number): ConfigValue {
  try {
    return configValue(value);
  } catch (error) {
    if (error instanceof ValueFault) file.fail(at, `${key}: ${error.message}`, "Correct the value.");
    throw error;
  }
}
