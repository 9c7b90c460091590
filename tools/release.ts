import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeReleaseFiles, releaseFaults } from "./publish/release-files";

const ROOT = join(__dirname, "..");

/** @throws Error with everything that is wrong with a tag */
function requireReleasable(tag: string, repository: string): void {
  const faults = releaseFaults(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), tag, repository);
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

const [folder, tag, repository] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: npm run release:files -- FOLDER [TAG OWNER/NAME]");
  process.exitCode = 2;
} else {
  try {
    if (tag !== undefined) requireReleasable(tag, repository ?? "");
    for (const name of makeReleaseFiles(ROOT, resolve(folder))) console.log(name);
  } catch (error) {
    console.error(`No release: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
