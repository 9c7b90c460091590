import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command";

const pageOf = (id: string) => readFileSync(join(__dirname, "../../../docs/rules", `${id}.md`), "utf8");

describe("the rules command", function () {
  this.timeout(120_000);

  it("lists the rules by topic", async () => {
    const { code, stdout, stderr } = await run(["rules"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Users\n {2}require-user-mfa +mandatory {2}Users can do nothing that matters without MFA\n/);
    assert.match(stdout, /^Administrators\n/m);
  });

  it("prints the page of a rule, and of settings", async () => {
    assert.equal((await run(["rules", "root-scp-holds"])).stdout, pageOf("root-scp-holds"));
    assert.equal((await run(["rules", "settings"])).stdout, pageOf("settings"));
  });

  it("tells other programs of the rules and their options", async () => {
    const all = JSON.parse((await run(["rules", "--format", "json"])).stdout);
    const one = JSON.parse((await run(["rules", "require-user-mfa", "--format", "json"])).stdout);
    assert.deepEqual(one, all[0]);
    assert.deepEqual([one.id, one.level, one.options.mode.default], ["require-user-mfa", "mandatory", "effective"]);
  });

  it("suggests the rule that was meant", async () => {
    assert.deepEqual(await run(["rules", "no-overbrod-user"]), {
      code: 2,
      stdout: "",
      stderr: "error: no-overbrod-user is no rule of this policy pack\n\nDid you mean no-overbroad-user?\n",
    });
  });
});
