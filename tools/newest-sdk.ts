import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NEWEST_SDK } from "../cli/program/sdk-release";

/** Every file that names the newest release of @pulumi/pulumi that programs are tried with. */
const FILES = ["cli/program/sdk-release.ts", "README.md"];

/** Moves that release to the newest one that npm has, or to the one given; `npx mocha 'tests/compat/**'` then tries it. */
function main([wanted]: readonly string[]): void {
  const release = wanted ?? execFileSync("npm", ["view", "@pulumi/pulumi", "version"], { encoding: "utf8" }).trim();
  if (!/^\d+\.\d+\.\d+$/.test(release)) throw new Error(`"${release}" is no release of @pulumi/pulumi.`);
  for (const file of FILES) {
    const path = join(__dirname, "..", file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(NEWEST_SDK, release));
  }
  console.log(`${NEWEST_SDK} -> ${release} in ${FILES.join(", ")}. Try it: npx mocha 'tests/compat/**/*.test.ts'`);
}

main(process.argv.slice(2));
