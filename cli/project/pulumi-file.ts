import { extname } from "node:path";
import type { Json } from "../pulumi/values";
import { FilePosition, parsedFile } from "../terminal/json-file";
import { readYaml } from "./yaml/read";
import { readText } from "./yaml/source";
import { FileMap, type FileValue } from "./yaml/values";

/** The names that a file of Pulumi's may end with, the first that exists being the one that is read. */
export const EXTENSIONS = [".json", ".yaml", ".yml"] as const;

/** One of Pulumi's files (`Pulumi.yaml`, `Pulumi.STACK.yaml`, or the same as `.yml` or `.json`), read as Pulumi reads it. */
export interface PulumiFile {
  readonly root: FileMap;
  /** @throws Failure that names the file and, by a key's offset, the place in it */
  fail(at: number, problem: string, fix: string): never;
}

/**
 * @param fields the keys that Pulumi knows at the top of the file
 * @returns nothing for a file without content
 * @throws Failure that names the place of what cannot be read
 */
export function readPulumiFile(file: string, fields: readonly string[]): PulumiFile | undefined {
  return extname(file) === ".json" ? readJson(file, fields) : readYamlFile(file);
}

function readYamlFile(file: string): PulumiFile | undefined {
  const { source, value } = readYaml(file);
  if (value === null) return undefined;
  const fail = source.fail.bind(source);
  if (!(value instanceof FileMap)) return fail(0, "it is no map", "Write keys and values, as Pulumi does.");
  for (const [key, { at }] of value.entries) {
    if (!value.hasTextKeysOnly) fail(at, `beside ${JSON.stringify(key)} not every key is text`, "Write keys as text.");
  }
  return { root: value, fail };
}

function readJson(file: string, fields: readonly string[]): PulumiFile | undefined {
  const place = parsedFile(file, readText(file));
  if (place.value === null) return undefined;
  place.record();
  // Pulumi matches these names in any letter case, and of several takes one that no reader would guess.
  for (const key of Object.keys(place.value)) {
    const meant = fields.find((field) => folded(field) === folded(key));
    if (meant !== undefined && meant !== key) {
      new FilePosition(place.file, "$", place.value).fail(
        `the key is ${JSON.stringify(key)}`,
        `Write it as "${meant}".`,
      );
    }
  }
  const root = fileValue(place.value) as FileMap;
  return { root, fail: (_, problem, fix) => place.fail(problem, fix) };
}

/** Upper and lower case as Go's JSON reader takes them for the same: U+017F is an s to it, U+212A a k. */
function folded(key: string): string {
  return key.replaceAll("\u017f", "s").toLowerCase();
}

function fileValue(json: Json): FileValue {
  if (Array.isArray(json)) return json.map(fileValue);
  if (typeof json !== "object" || json === null) return json as FileValue;
  const map = new FileMap();
  for (const [key, value] of Object.entries(json)) map.entries.set(key, { value: fileValue(value), at: 0 });
  return map;
}
