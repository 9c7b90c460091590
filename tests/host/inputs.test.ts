import assert from "node:assert/strict";
import { noOverbroadRole } from "../../policypack/rules/no-overbroad-role";
import { Engine } from "./engine";
import { unknownText } from "./requests";

const assumeRolePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const worker = { type: "aws:iam/role:Role", name: "worker", inputs: { name: "worker", path: "/", assumeRolePolicy } };

describe("at the end, what a program gave and what a provider will fill in", () => {
  it("waits for a list of policies that the program gave and nobody knows yet", async () => {
    const inputs = { ...worker.inputs, managedPolicyArns: unknownText };
    const told = await new Engine({ rules: [noOverbroadRole] }).preview([{ ...worker, inputs }]);
    assert.match(told[0]?.message ?? "", /cannot be judged yet/);
  });

  it("does not wait for the list that every new role shows as an output", async () => {
    const outputs = { managedPolicyArns: unknownText };
    assert.deepEqual(await new Engine({ rules: [noOverbroadRole] }).preview([{ ...worker, outputs }]), []);
  });
});
