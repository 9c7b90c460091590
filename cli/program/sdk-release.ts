import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The releases of @pulumi/pulumi that programs are tried with (tests/compat); the first one opens the package's peer range. */
export const OLDEST_SDK = "3.204.0";
/** `npm run newest-sdk` moves it. */
export const NEWEST_SDK = "3.276.0";

/**
 * What is to be known about the SDK that a program brings: that nobody tried it, or that it wants a newer Node.js.
 *
 * @param folder of the installed package
 */
export function sdkRemarks(folder: string, nodeVersion = process.versions.node): string[] {
  const { version, engines }: { version: string; engines?: { node?: string } } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  return [...releaseRemark(version), ...nodeRemark(version, engines?.node ?? "", nodeVersion)];
}

function releaseRemark(version: string): string[] {
  if (compareReleases(version, OLDEST_SDK) < 0)
    return [`@pulumi/pulumi ${version} is older than ${OLDEST_SDK}, the oldest that check is tried with`];
  if (compareReleases(version, NEWEST_SDK) > 0)
    return [`@pulumi/pulumi ${version} is newer than ${NEWEST_SDK}, the newest that check is tried with`];
  return [];
}

function nodeRemark(version: string, wanted: string, nodeVersion: string): string[] {
  const [, atLeast] = /^\s*>=\s*(\d[\d.]*)/.exec(wanted) ?? [];
  if (atLeast === undefined || compareReleases(nodeVersion, atLeast) >= 0) return [];
  return [`@pulumi/pulumi ${version} is made for Node.js ${atLeast} or later, and this is ${nodeVersion}`];
}

/** Below 0 where `left` is the older one. What follows the numbers (`-alpha.1`) does not count. */
export function compareReleases(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => (version.match(/^[\d.]+/)?.[0] ?? "").split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
