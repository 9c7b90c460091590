import assert from "node:assert/strict";
import { join } from "node:path";
import { check } from "../../../cli/check/check";

const CHECKOUT = join(__dirname, "..", "..", "..");
const OPTIONS = {
  path: join(CHECKOUT, "examples", "risky"),
  stack: undefined,
  config: [],
  policyConfig: undefined,
  answers: undefined,
  account: undefined,
  region: undefined,
  timeoutSeconds: 120,
};

describe("the pack in the process of check", function () {
  this.timeout(120_000);

  it("says what it says as a process that the engine starts", async () => {
    const own = await check(OPTIONS);
    const process = await check({ ...OPTIONS, packDirectory: join(CHECKOUT, "policypack") });
    const told = (findings: typeof own.findings) =>
      findings.map(({ rule, level, severity, resource, message }) => ({ rule, level, severity, resource, message }));
    assert.ok(own.findings.length > 3);
    assert.deepEqual(told(own.findings), told(process.findings));
  });

  it("says where the program makes what is to be mended, and proves it by a request", async () => {
    const { findings } = await check(OPTIONS);
    const finding = findings.find(({ rule }) => rule === "require-user-mfa");
    assert.equal(finding?.source?.file, "index.ts");
    assert.equal(finding?.witnesses[0]?.action, "iam:CreateUser");
    assert.deepEqual(finding?.statements, [
      { origin: "arn:aws:iam::aws:policy/AdministratorAccess", path: "$.Statement[0]" },
    ]);
  });
});
