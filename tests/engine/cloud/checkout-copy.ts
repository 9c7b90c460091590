import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CHECKOUT } from "../checkout";

/** What building and publishing the pack reads, and one small suite, so that a test need not run all of them again. */
const NEEDED = [
  ...[".gitignore", ".mocharc.json", ".npmrc", "package.json", "package-lock.json"],
  ...[
    "tsconfig.json",
    "tsconfig.build.json",
    "cli",
    "policypack",
    "stacks",
    "tools",
    "tests/rules/authoring/globs.test.ts",
  ],
];

/** A repository of its own with the checkout's pack in it, everything committed, from where a test may publish. */
export class CheckoutCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "checkout-"));

  constructor() {
    const isSource = (path: string) => !/(^|\/)(node_modules|dist)$/.test(path);
    for (const path of NEEDED) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      cpSync(join(CHECKOUT, path), join(this.folder, path), { recursive: true, filter: isSource });
    }
    symlinkSync(join(CHECKOUT, "node_modules"), join(this.folder, "node_modules"));
    this.git("init", "--quiet");
    this.commit();
  }

  /** Raises the version as a release does, and commits it. */
  release(version: string): void {
    for (const path of ["package.json", "policypack/package.json", "package-lock.json"]) {
      const manifest: { version: string; packages?: Record<string, { version: string }> } = JSON.parse(this.read(path));
      const own = manifest.packages?.[""];
      if (own !== undefined) own.version = version;
      this.write(path, `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
    }
    this.commit();
  }

  commit(): void {
    this.git("add", "--all");
    this.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "A state.");
  }

  /** What git sees as changed or new. */
  changes(): string {
    return this.git("status", "--porcelain");
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" });
  }
}
