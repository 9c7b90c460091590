import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../tools/build";
import { run } from "./command";
import { TemporaryFolder } from "./temporary-folder";

const EXAMPLES = join(__dirname, "..", "..", "examples");

/** An example as it stands in a project of its own that has installed the package. */
function installed(example: string): TemporaryFolder {
  const folder = new TemporaryFolder({ "package.json": "{}\n" });
  cpSync(join(EXAMPLES, example), folder.path, { recursive: true });
  const modules = join(folder.path, "node_modules");
  mkdirSync(modules);
  symlinkSync(join(EXAMPLES, "..", "node_modules/@pulumi"), join(modules, "@pulumi"));
  symlinkSync(join(EXAMPLES, ".."), join(modules, "aws-identity-guardrails"));
  return folder;
}

describe("the examples under the guardrails", function () {
  this.timeout(120_000);

  it("risky is blocked by every headline guardrail, and shows no key", async () => {
    const { code, stdout, stderr } = await run(["check", join(EXAMPLES, "risky"), "--format", "json"]);
    assert.equal(code, 1, stderr);
    const findings: { rule: string; level: string }[] = JSON.parse(stdout).findings;
    const blocking = findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
    assert.deepEqual(blocking.sort(), [
      "no-overbroad-group",
      "no-static-provider-credentials",
      "password-policy-strength",
      "require-user-mfa",
    ]);
    assert.doesNotMatch(stdout, /AKIAQX7M3RN|q8Zt1vLr0BmX/);
  });

  for (const name of ["safe", "landing-zone", "ci-role"]) {
    it(`${name} has no finding at all, and nothing undecided`, async () => {
      const { code, stdout, stderr } = await run(["check", join(EXAMPLES, name), "--format", "json"]);
      assert.equal(code, 0, stdout + stderr);
      const { outcome, findings, counts } = JSON.parse(stdout);
      assert.deepEqual({ outcome, findings }, { outcome: "passed", findings: [] });
      assert.ok(counts.resources > 5, `${counts.resources} resources`);
    });
  }

  it("ci-role holds itself to the guardrails in its own mocha tests, which fail where it does not", async () => {
    await build(join(EXAMPLES, ".."));
    const folder = installed("ci-role");
    const mocha = () =>
      spawnSync(process.execPath, [join(EXAMPLES, "../node_modules/mocha/bin/_mocha"), "test/*.test.mjs"], {
        cwd: folder.path,
        encoding: "utf8",
      });
    try {
      const passed = mocha();
      assert.equal(passed.status, 0, passed.stdout + passed.stderr);
      assert.match(passed.stdout, /2 passing/);

      const program = readFileSync(join(folder.path, "index.ts"), "utf8");
      folder.write("index.ts", program.replace(/\[`\$\{issuer\}:sub`\].*/, ""));
      const failed = mocha();
      assert.equal(failed.status, 2);
      assert.match(failed.stdout, /index\.ts:\d+ sound-federated-trust: /);
    } finally {
      folder.remove();
    }
  });
});
