import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  return pinned(root, "the pack's", readFileSync(join(root, "policypack", "package.json"), "utf8"));
}

/** The same for the package: what it brings along itself, without the peers that the program has anyway. */
export function packageLockOf(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const field of ["devDependencies", "peerDependencies", "peerDependenciesMeta"]) delete manifest[field];
  return pinned(root, "the package's", JSON.stringify(manifest));
}

function pinned(root: string, of: string, manifest: string): string {
  const folder = mkdtempSync(join(tmpdir(), "shrinkwrap-"));
  try {
    writeFileSync(join(folder, "package.json"), manifest);
    copyFileSync(join(root, "package-lock.json"), join(folder, SHRINKWRAP));
    const options = ["--package-lock-only", "--offline", "--omit-lockfile-registry-resolved", "--ignore-scripts"];
    const { status, stderr, error } = spawnSync("npm", ["install", ...options, "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
      env: npmEnvironment(),
    });
    if (status !== 0) {
      throw new Error(`npm cannot pin ${of} dependencies from package-lock.json: ${error?.message ?? stderr}`);
    }
    return readFileSync(join(folder, SHRINKWRAP), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
