import assert from "node:assert/strict";
import { join } from "node:path";
import { check } from "../../cli/check";
import { ownPackDirectory } from "../../cli/pack/location";

/** What the pack, with every rule at its default, says about a stack of this project: `level rule: name of the resource`. */
async function findingsOn(stack: string, config: readonly string[] = []): Promise<readonly string[]> {
  const { findings } = await check({
    path: join(__dirname, "../.."),
    stack,
    config,
    policyConfig: undefined,
    answers: undefined,
    account: "123456789012",
    region: "us-east-1",
    timeoutSeconds: 120,
    packDirectory: ownPackDirectory(),
  });
  return findings.map(({ level, rule, resource }) => `${level} ${rule}: ${resource.split("::").at(-1)}`);
}

describe("stacks: under our own pack", () => {
  it("password-policy has no finding", async () => {
    assert.deepEqual(await findingsOn("password-policy"), []);
  });

  it("admin-group has no finding", async () => {
    assert.deepEqual(await findingsOn("admin-group"), []);
  });

  it("root-scp has no finding", async () => {
    assert.deepEqual(await findingsOn("root-scp"), []);
  });

  it("root-scp has no finding where AssumeRoot sessions are bound too", async () => {
    assert.deepEqual(await findingsOn("root-scp", ["aws-identity-guardrails:exemptAssumeRoot=false"]), []);
  });
});
