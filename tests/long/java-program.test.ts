import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { run } from "../cli/command";
import { TemporaryFolder } from "../cli/temporary-folder";

describe("check of a program in Java, built by Maven", function () {
  this.timeout(15 * 60_000);
  const folder = new TemporaryFolder();
  cpSync(join(__dirname, "java-program"), folder.path, { recursive: true });
  after(() => folder.remove());
  before(function () {
    if (spawnSync("mvn", ["--version"]).status === 0) return;
    if (process.env.CI) throw new Error("these tests must run where CI is set: no mvn on PATH");
    this.skip();
  });

  const check = (...flags: string[]) => run(["check", folder.path, "--timeout", "600", ...flags]);

  it("passes an administrators' role that EC2 may assume", async () => {
    const { code, stdout, stderr } = await check();
    assert.equal(code, 0, stdout + stderr);
  });

  it("blocks one that anybody may assume", async () => {
    const { code, stdout, stderr } = await check("--config", 'principal={"AWS":"*"}');
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^BLOCKED {2}no-open-admin-role /);
  });
});
