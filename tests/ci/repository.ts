import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TemporaryFolder } from "../cli/temporary-folder";
import { CHECKOUT } from "../engine/checkout";

export type Files = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const NOBODY = ["-c", "user.name=tests", "-c", "user.email=tests@example.com"];

/** A clone of a real repository in which somebody is at work: `main` is what is merged, the branch `change` is what is proposed. */
export class Clone {
  private readonly folder = new TemporaryFolder();
  readonly path = join(this.folder.path, "clone");

  constructor(merged: Files, proposed: Files) {
    const origin = join(this.folder.path, "origin");
    mkdirSync(origin);
    git(origin, "init", "--quiet", "--initial-branch=main");
    commit(origin, { ".gitignore": "node_modules\n", ...merged });
    git(this.folder.path, "clone", "--quiet", origin, this.path);
    git(this.path, "switch", "--quiet", "--create", "change");
    commit(this.path, proposed);
    symlinkSync(join(CHECKOUT, "node_modules"), join(this.path, "node_modules"));
  }

  /** Runs a script as GitHub runs the steps of `shell: bash` (GitHub documentation, "Workflow syntax", `shell`). */
  bash(script: string, environment: Readonly<Record<string, string>>): Ended {
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: this.path,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    return { code: status, output: stdout + stderr };
  }

  git(...args: readonly string[]): void {
    git(this.path, ...args);
  }

  remove(): void {
    this.folder.remove();
  }
}

function commit(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  git(folder, "add", "--all");
  git(folder, ...NOBODY, "commit", "--quiet", "--allow-empty", "--message", "a change");
}

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync("git", args, { cwd, stdio: "pipe" });
}
