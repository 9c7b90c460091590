import assert from "node:assert/strict";
import { explainedAsJson } from "../explained";
import { everything, gate, gateWithoutSetUp, leakyGate, policyOf } from "../policies";

function mfaOf(files: Parameters<typeof explainedAsJson>[0]) {
  return explainedAsJson(files).subjects[0]?.mfa;
}

describe("explain about MFA", () => {
  it("finds the hole of long-term keys, with the request", () => {
    const mfa = mfaOf({ "all.json": everything, "gate.json": leakyGate });
    assert.equal(mfa?.answer, "hole");
    assert.match(JSON.stringify(mfa), /"scenario":"the user's access key, without MFA"/);
  });

  it("calls a Deny that covers both scenarios a gate", () => {
    assert.deepEqual(mfaOf({ "all.json": everything, "gate.json": gate }), {
      answer: "gate",
      setUpAllowed: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
      setUpRefused: [],
    });
  });

  it("names what a gate keeps a user from that wants to set MFA up", () => {
    assert.deepEqual(mfaOf({ "all.json": everything, "gate.json": gateWithoutSetUp }), {
      answer: "gate",
      setUpAllowed: ["iam:CreateVirtualMFADevice"],
      setUpRefused: ["iam:EnableMFADevice"],
    });
  });

  it("tells grants that need MFA from a gate, since another policy could grant the same without", () => {
    const withMfa = policyOf({
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    assert.deepEqual(mfaOf({ "with-mfa.json": withMfa }), {
      answer: "by-grants",
      setUpAllowed: [],
      setUpRefused: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
    });
  });

  it("does not decide what an operator means that nobody knows", () => {
    const strange = policyOf({
      Effect: "Deny",
      NotAction: "sts:GetSessionToken",
      Resource: "*",
      Condition: { BoolMaybe: { "aws:MultiFactorAuthPresent": "false" } },
    });
    assert.equal(mfaOf({ "all.json": everything, "strange.json": strange })?.answer, "unknown");
  });
});
