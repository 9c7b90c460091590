import { spawnSync } from "node:child_process";
import { npmEnvironment } from "./npm-environment";

/**
 * Runs npm in a folder.
 *
 * @returns what it prints
 * @throws Error with npm's words where it fails
 */
export function npm(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, encoding: "utf8", env: npmEnvironment(), maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync("npm", args, options);
  if (status !== 0) throw new Error(`npm ${args[0]} failed in ${folder}: ${error?.message ?? stderr}`);
  return stdout;
}
