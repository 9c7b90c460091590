import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKOUT } from "./checkout";
import { isRecentEnough } from "./pulumi";

describe("the engine that the tests use", () => {
  let bare: string;

  before(() => {
    bare = mkdtempSync(join(tmpdir(), "no-engine-"));
    symlinkSync(process.execPath, join(bare, "node"));
  });
  after(() => rmSync(bare, { recursive: true, force: true }));

  /** Runs a suite of this folder in a place that has Node and nothing else. */
  function runBare(ci: string) {
    const environment = { PATH: bare, XDG_CACHE_HOME: join(bare, "cache"), CI: ci };
    const mocha = join(CHECKOUT, "node_modules", "mocha", "bin", "mocha.js");
    const args = [mocha, "--reporter", "spec", "tests/engine/stand-in.test.ts"];
    return spawnSync(process.execPath, args, { cwd: CHECKOUT, env: environment, encoding: "utf8" });
  }

  it("skips with the reason where neither pulumi nor go is there", () => {
    const { status, stdout } = runBare("");
    assert.match(
      stdout,
      /the stand-in AWS provider \[skipped: no pulumi 3\.271\.0 or later on PATH, and no go to build one with\]/,
    );
    assert.match(stdout, /[1-9]\d* pending/);
    assert.equal(status, 0);
  });

  it("fails there on a build server", () => {
    const { status, stdout } = runBare("true");
    assert.match(stdout, /must run where CI is set: no pulumi/);
    assert.notEqual(status, 0);
  });

  it("takes 3.271.0", () => assert.equal(isRecentEnough("v3.271.0\n"), true));
  it("takes a later prerelease", () => assert.equal(isRecentEnough("v3.280.1-alpha.5"), true));
  it("takes a later major", () => assert.equal(isRecentEnough("v4.0.0"), true));
  it("does not take 3.270.9", () => assert.equal(isRecentEnough("v3.270.9"), false));
  it("does not take what is no version", () => assert.equal(isRecentEnough("dev"), false));
});
