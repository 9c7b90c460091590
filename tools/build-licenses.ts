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
    for (const text of licensesIn(folder)) holders.set(text, [...(holders.get(text) ?? []), `${name} ${version}`]);
  }
  const notices = [...holders].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  if (notices.length === 0) return "";
  const lines = ["This file holds these packages, under these licences.", ...notices].join(`\n\n${"-".repeat(72)}\n`);
  return lines.replace(/^/gm, "// ").replace(/ +$/gm, "");
}

function licensesIn(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  if (files.length === 0) throw new Error(`${folder} brings no licence, so that it cannot be bundled`);
  return files.sort().map((name) => readFileSync(join(folder, name), "utf8").replace(/\r\n/g, "\n").trim());
}
