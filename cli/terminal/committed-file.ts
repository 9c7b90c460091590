import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Failure } from "./failure";

/**
 * The text of a file as a commit of git has it: not as it lies in the folder, where a change that is to be judged may have written it.
 *
 * @param commit what git takes for one: `origin/main`
 * @throws Failure where there is no such commit here, or no such file in it
 */
export function committedText(name: string, commit: string): string {
  const { folder, path } = placeIn(name);
  // `cat-file` applies no filter that the repository's attributes name.
  const text = git(folder, "cat-file", "blob", `${commit}:./${path}`);
  if (text !== undefined) return text;
  if (git(folder, "rev-parse", "--git-dir") === undefined) {
    throw new Failure(
      `${name} is in no git repository, or there is no git`,
      "Leave --base out, or run this in a clone.",
    );
  }
  if (commit.startsWith("-") || git(folder, "rev-parse", "--quiet", "--verify", `${commit}^{commit}`) === undefined) {
    throw new Failure(
      `--base: ${commit} is no commit here`,
      "Fetch it first (git fetch origin main; in GitHub Actions checkout with fetch-depth: 0), or name another one.",
    );
  }
  throw new Failure(`${name} is not in ${commit}`, "Merge the file there first: a change cannot bring what judges it.");
}

/** The nearest folder that is there (the change may have deleted the file's own), and the way from it to the file. */
function placeIn(name: string): { folder: string; path: string } {
  let folder = dirname(resolve(name));
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return { folder, path: join(relative(folder, dirname(resolve(name))), basename(name)).replaceAll("\\", "/") };
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? stdout : undefined;
}
