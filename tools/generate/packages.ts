import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Folder of an installed npm package. */
export function packageFolder(name: string): string {
  const entry = require.resolve(name);
  const end = join("node_modules", ...name.split("/"));
  return entry.slice(0, entry.lastIndexOf(end) + end.length);
}

/** A JSON file, taken to have the shape that the caller states: the packages are pinned, and the tests read every table back. */
export function readJson<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(...path), "utf8")) as T;
}

/** The JSON files of a folder by name without the extension. */
export function readJsonFolder<T>(...path: readonly string[]): Map<string, T> {
  const folder = join(...path);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(names.sort().map((name) => [name.slice(0, -".json".length), readJson<T>(folder, name)]));
}

export const repositoryRoot = dirname(dirname(__dirname));
