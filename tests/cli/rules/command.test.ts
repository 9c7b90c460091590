import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command";

const rulesMd = readFileSync(join(__dirname, "../../../policypack/RULES.md"), "utf8");

describe("the rules command", function () {
  this.timeout(120_000);

  it("lists the rules by topic", async () => {
    const { code, stdout, stderr } = await run(["rules"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Users\n {2}require-user-mfa +mandatory {2}Users can do nothing that matters without MFA\n/);
    assert.match(stdout, /^Administrators\n/m);
  });

  it("prints a rule, and settings, as RULES.md has them", async () => {
    const rule = await run(["rules", "root-scp-holds"]);
    assert.match(rule.stdout, /^## root-scp-holds\n/);
    assert.ok(rulesMd.includes(rule.stdout));
    const settings = await run(["rules", "settings"]);
    assert.ok(rulesMd.endsWith(settings.stdout));
  });

  it("suggests the rule that was meant", async () => {
    assert.deepEqual(await run(["rules", "no-overbrod-user"]), {
      code: 2,
      stdout: "",
      stderr: "error: no-overbrod-user is no rule of this policy pack\n\nDid you mean no-overbroad-user?\n",
    });
  });
});
