import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKOUT } from "../checkout";
import { pulumiCli } from "../pulumi";
import { needsEngine } from "../suite";

describe("the AWS emulator that the tests use", function () {
  needsEngine(this);
  let bare: string;

  before(() => {
    bare = mkdtempSync(join(tmpdir(), "no-python-"));
    mkdirSync(join(bare, "bin"));
    symlinkSync(process.execPath, join(bare, "bin", "node"));
    const cli = pulumiCli();
    const version = "version" in cli ? cli.version : "";
    // Enough of a CLI to get as far as the emulator.
    writeFileSync(join(bare, "bin", "pulumi"), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  });
  after(() => rmSync(bare, { recursive: true, force: true }));

  /** Runs a suite of this folder in a place that has Node and a Pulumi CLI, and `python3` where it is given as a script. */
  function runBare(ci: string, python?: string) {
    rmSync(join(bare, "bin", "python3"), { force: true });
    if (python !== undefined) writeFileSync(join(bare, "bin", "python3"), `#!/bin/sh\n${python}\n`, { mode: 0o755 });
    const environment = { PATH: join(bare, "bin"), XDG_CACHE_HOME: join(bare, "cache"), CI: ci };
    const mocha = join(CHECKOUT, "node_modules", "mocha", "bin", "mocha.js");
    const args = [mocha, "--reporter", "spec", "tests/engine/emulator/password-policy.test.ts"];
    return spawnSync(process.execPath, args, { cwd: CHECKOUT, env: environment, encoding: "utf8" });
  }

  it("skips with the reason where there is no Python", () => {
    const { status, stdout } = runBare("");
    assert.match(stdout, /deployed.*\[skipped: no python3 with the modules venv and ensurepip on PATH\]/);
    assert.match(stdout, /5 pending/);
    assert.equal(status, 0);
  });

  it("skips with the reason where Python is too old", () => {
    const { status, stdout } = runBare("", "echo 3.9");
    assert.match(stdout, /deployed.*\[skipped: python3 is 3\.9, and moto needs 3\.10 or later\]/);
    assert.equal(status, 0);
  });

  it("fails there on a build server", () => {
    const { status, stdout } = runBare("true");
    assert.match(stdout, /must run where CI is set: no python3/);
    assert.notEqual(status, 0);
  });

  it("says what pip says where the installation fails, and leaves nothing half made", () => {
    const failing = 'case "$1" in -c) echo 3.11;; *) echo "No space left on device" >&2; exit 1;; esac';
    const { status, stdout } = runBare("", failing);
    assert.match(stdout, /could not make the Python environment:\s+No space left on device/);
    assert.notEqual(status, 0);
    assert.deepEqual(readdirSync(join(bare, "cache", "aws-identity-guardrails")), []);
  });
});
