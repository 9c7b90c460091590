import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NOT_SOURCES = new Set(["dist", "node_modules"]);

/** Paths of the TypeScript sources under `folder`, relative to it, `/` between the parts, in a fixed order. */
export function sourcesIn(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : sourcesIn(folder, path);
      return entry.name.endsWith(".ts") ? [path] : [];
    })
    .sort();
}

/** sha256 over names and contents of files, as hexadecimal text; `paths` are relative to `folder`. */
export function hashOfFiles(folder: string, paths: readonly string[], seed = ""): string {
  const hash = createHash("sha256").update(seed);
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)));
  return hash.digest("hex");
}

/** What a build of the pack is made from: its TypeScript sources and its package.json. */
export function hashOfPack(packFolder: string): string {
  return hashOfFiles(packFolder, ["package.json", ...sourcesIn(packFolder)]);
}

/**
 * Why the build in `packFolder` must not be served, or undefined when it may: its sources lie beside it and are not
 * the ones it was built from. A published pack has no sources beside it, so there is nothing to compare.
 *
 * @param builtFrom the hash of the pack at the time of the build, as `hashOfPack` gave it
 */
export function stalenessOf(packFolder: string, builtFrom: string): string | undefined {
  if (!existsSync(join(packFolder, "pack.ts")) || hashOfPack(packFolder) === builtFrom) return undefined;
  return `aws-identity-guardrails: the built policy pack is older than its sources in ${packFolder}: run npm run build`;
}
