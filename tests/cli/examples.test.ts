import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "./command";

const EXAMPLES = join(__dirname, "..", "..", "examples");

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
});
