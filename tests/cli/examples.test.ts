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

  it("safe has no mandatory finding", async () => {
    const { code, stdout, stderr } = await run(["check", join(EXAMPLES, "safe"), "--format", "json"]);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(JSON.parse(stdout).outcome, "passed");
  });
});
