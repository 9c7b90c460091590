import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npmEnvironment } from "./npm-environment";

/** The lock file that npm packs, unlike package-lock.json (npm documentation, "npm-shrinkwrap.json"). */
export const SHRINKWRAP = "npm-shrinkwrap.json";

/**
 * The pack's lock file for its consumers, as JSON text: of the repository's lock file what the pack's own dependencies
 * need, at the versions that the tests ran with. npm derives it without a network.
 *
 * @throws Error with npm's words when the lock file does not hold what the pack asks for
 */
export function shrinkwrapOf(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "shrinkwrap-"));
  try {
    copyFileSync(join(root, "policypack", "package.json"), join(folder, "package.json"));
    copyFileSync(join(root, "package-lock.json"), join(folder, SHRINKWRAP));
    const options = ["--package-lock-only", "--offline", "--omit-lockfile-registry-resolved", "--ignore-scripts"];
    const { status, stderr, error } = spawnSync("npm", ["install", ...options, "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
      env: npmEnvironment(),
    });
    if (status !== 0) {
      throw new Error(`npm cannot pin the pack's dependencies from package-lock.json: ${error?.message ?? stderr}`);
    }
    return readFileSync(join(folder, SHRINKWRAP), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
