import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licences of packages that were bundled into a file, as one JavaScript comment for its end: they ask for being passed
 * on with every copy, and the file may be copied alone. A text that several packages share is given once.
 *
 * @param packages folders of the packages
 * @throws Error for a package that brings no licence
 */
export function licenseComment(packages: readonly string[]): string {
  const holders = new Map<string, string[]>();
  for (const folder of [...packages].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const text of licensesOf(folder, packages))
      holders.set(text, [...(holders.get(text) ?? []), `${name} ${version}`]);
  }
  const notices = [...holders].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  if (notices.length === 0) return "";
  const lines = ["This file holds these packages, under these licences.", ...notices].join(`\n\n${"-".repeat(72)}\n`);
  return lines.replace(/^/gm, "// ").replace(/ +$/gm, "");
}

/** Its own, or those of another package of the same repository under the same licence: one of several that come from there may leave it out. */
function licensesOf(folder: string, packages: readonly string[]): readonly string[] {
  const own = licensesIn(folder);
  if (own.length > 0) return own;
  const { license, repository } = manifestOf(folder);
  for (const other of packages) {
    const manifest = manifestOf(other);
    const texts = manifest.license === license && sameSource(manifest.repository, repository) ? licensesIn(other) : [];
    if (texts.length > 0) return texts;
  }
  throw new Error(`${folder} brings no licence, so that it cannot be bundled`);
}

interface Manifest {
  readonly license?: string;
  readonly repository?: { readonly url?: string };
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function sameSource(one: Manifest["repository"], other: Manifest["repository"]): boolean {
  return one?.url !== undefined && one.url === other?.url;
}

function licensesIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  return files.sort().map((name) => readFileSync(join(folder, name), "utf8").replace(/\r\n/g, "\n").trim());
}
