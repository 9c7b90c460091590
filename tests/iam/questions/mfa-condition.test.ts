import { equal } from "node:assert/strict";
import { type Beside, isRead, type MfaFlaw, mfaFlaws, notYet, type Verdict } from "../../../policypack/iam";
import { allow, type ConditionJson, deny, documentOf, notRead, policy } from "../policies";

/** What is wrong with each statement that looks at MFA: `no`, `unknown`, or the mistake and who gets by. */
function flaws(...statements: readonly unknown[]): string {
  return flawsBeside({ identity: [] }, ...statements);
}

function flawsBeside(beside: Beside, ...statements: readonly unknown[]): string {
  const asked = policy(...statements);
  if (!isRead(asked)) throw new Error("the case's policy cannot be read");
  return mfaFlaws(asked, beside)
    .map(({ flaw }) => inWords(flaw))
    .join("; ");
}

function inWords(flaw: Verdict<MfaFlaw>): string {
  if (flaw.answer !== "yes") return flaw.answer;
  return [flaw.because.mistake, ...flaw.because.who].join(", ");
}

const key = "aws:MultiFactorAuthPresent";
const age = "aws:MultiFactorAuthAge";
const selfService = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"];

function gate(Condition: ConditionJson, more: object = {}): object {
  return { Effect: "Deny", NotAction: selfService, Resource: "*", Condition, ...more };
}

function grant(condition: ConditionJson): object {
  return allow("ec2:*", "*", condition);
}

const sound = { BoolIfExists: { [key]: "false" } };
const both = "passes, access key, session";

describe("conditions on MFA: of a Deny", () => {
  it("BoolIfExists false is right", () => equal(flaws(gate(sound)), "no"));
  it("Bool false misses access keys", () => equal(flaws(gate({ Bool: { [key]: "false" } })), "passes, access key"));
  it("Null true misses sessions", () => equal(flaws(gate({ Null: { [key]: "true" } })), "passes, session"));
  it("Null false strikes those with MFA, and sessions without it too", () =>
    equal(flaws(gate({ Null: { [key]: "false" } })), "strikes"));
  it("StringNotEquals true is right, for what is absent is not equal", () =>
    equal(flaws(gate({ StringNotEquals: { [key]: "true" } })), "no"));
  it("StringEquals false misses access keys", () =>
    equal(flaws(gate({ StringEquals: { [key]: "false" } })), "passes, access key"));
  it("StringEquals False with a capital misses everybody", () =>
    equal(flaws(gate({ StringEquals: { [key]: "False" } })), both));
  it("Bool False with a capital is the same as false", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: "False" } })), "no"));
  it("a value that is neither true nor false misses sessions", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: "no" } })), "passes, session"));
  it("Bool true strikes those with MFA", () => equal(flaws(gate({ Bool: { [key]: "true" } })), "strikes"));
  it("BoolIfExists true strikes them as well", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: "true" } })), "strikes"));
  it("a condition that always holds strikes them as well", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: ["true", "false"] } })), "strikes"));
  it("ForAnyValue misses access keys", () =>
    equal(flaws(gate({ "ForAnyValue:Bool": { [key]: "false" } })), "passes, access key"));
  it("ForAllValues holds where the key is absent", () =>
    equal(flaws(gate({ "ForAllValues:Bool": { [key]: "false" } })), "no"));
  it("two operators that cannot both hold hold for nobody", () =>
    equal(flaws(gate({ Bool: { [key]: "false" }, Null: { [key]: "true" } })), both));
  it("two operators that can hold as well as either", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: "false" }, Null: { [age]: "true" } })), "no"));
  it("one that has nothing to do with users is no Deny for them", () =>
    equal(flaws(deny("*", "*", { Bool: { "aws:SecureTransport": "false" } })), ""));
  it("of a list of actions that misses access keys", () =>
    equal(flaws(deny(["ec2:*"], "*", { Bool: { [key]: "false" } })), "passes, access key"));
  it("of nothing but self-service is left alone", () =>
    equal(flaws(deny(["iam:ChangePassword"], "*", { Bool: { [key]: "false" } })), "no"));
});

describe("conditions on MFA: of an Allow", () => {
  it("Bool true is right", () => equal(flaws(grant({ Bool: { [key]: "true" } })), "no"));
  it("the JSON value true is right", () => equal(flaws(grant({ Bool: { [key]: true } })), "no"));
  it("BoolIfExists true lets access keys through", () =>
    equal(flaws(grant({ BoolIfExists: { [key]: "true" } })), "passes, access key"));
  it("Null false lets sessions through", () => equal(flaws(grant({ Null: { [key]: "false" } })), "passes, session"));
  it("Null false on the age is right", () => equal(flaws(grant({ Null: { [age]: "false" } })), "no"));
  it("Bool false lets sessions through, and nobody with MFA", () =>
    equal(flaws(grant({ Bool: { [key]: "false" } })), "passes, session"));
  it("Bool false for self-service is what self-service is for", () =>
    equal(
      flaws(allow(["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], "*", { Bool: { [key]: "false" } })),
      "no",
    ));
  it("ForAllValues lets access keys through", () =>
    equal(flaws(grant({ "ForAllValues:Bool": { [key]: "true" } })), "passes, access key"));
  it("ForAnyValue is right", () => equal(flaws(grant({ "ForAnyValue:Bool": { [key]: "true" } })), "no"));
  it("StringNotEquals false lets access keys through", () =>
    equal(flaws(grant({ StringNotEquals: { [key]: "false" } })), "passes, access key"));
  it("conditions that cannot both hold let nobody through", () =>
    equal(flaws(grant({ Bool: { [key]: "true" }, Null: { [key]: "true" } })), "no"));
  it("true or false lets sessions through", () =>
    equal(flaws(grant({ Bool: { [key]: ["true", "false"] } })), "passes, session"));
  it("a network beside a wrong operator lets access keys through from there", () =>
    equal(
      flaws(grant({ BoolIfExists: { [key]: "true" }, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })),
      "passes, access key",
    ));
  it("a name beside a wrong operator lets that user's keys through", () =>
    equal(
      flaws(grant({ BoolIfExists: { [key]: "true" }, StringEquals: { "aws:username": "alice" } })),
      "passes, access key",
    ));
  it("of another partition is judged all the same", () =>
    equal(
      flaws(allow("s3:GetObject", "arn:aws-us-gov:s3:::reports/*", { BoolIfExists: { [key]: "true" } })),
      "passes, access key",
    ));
  it("on the user's own resources is judged all the same", () =>
    equal(
      flaws(allow("s3:*", "arn:aws:s3:::home/${aws:username}/*", { BoolIfExists: { [key]: "true" } })),
      "passes, access key",
    ));
});

describe("conditions on the age of MFA", () => {
  it("an age limit on an Allow is right", () => equal(flaws(grant({ NumericLessThan: { [age]: "3600" } })), "no"));
  it("an age limit with IfExists on an Allow lets everybody without MFA through", () =>
    equal(flaws(grant({ NumericLessThanIfExists: { [age]: "3600" } })), both));
  it("an age limit with IfExists beside Bool true is right", () =>
    equal(flaws(grant({ NumericLessThanIfExists: { [age]: "3600" }, Bool: { [key]: "true" } })), "no"));
  it("a negated age on an Allow lets everybody without MFA through", () =>
    equal(flaws(grant({ NumericNotEquals: { [age]: "3600" } })), both));
  it("an age limit on a Deny misses those without any age", () =>
    equal(flaws(gate({ NumericGreaterThan: { [age]: "3600" } })), both));
  it("an age limit with IfExists on a Deny is right", () =>
    equal(flaws(gate({ NumericGreaterThanIfExists: { [age]: "3600" } })), "no"));
  it("Null true on the age is right for a Deny", () => equal(flaws(gate({ Null: { [age]: "true" } })), "no"));
  it("a Deny of every age strikes those with MFA", () =>
    equal(flaws(gate({ NumericGreaterThanEquals: { [age]: "0" } })), "strikes"));
  it("a Deny of young ages is no gate", () => equal(flaws(gate({ NumericLessThan: { [age]: "3600" } })), both));
});

describe("conditions on MFA: closed by other statements", () => {
  const stale = gate({ NumericGreaterThan: { [age]: "3600" } });
  it("Bool false and Null true hold together", () =>
    equal(flaws(gate({ Bool: { [key]: "false" } }), gate({ Null: { [key]: "true" } })), "no; no"));
  it("Bool false and Null true on different services do not", () =>
    equal(
      flaws(deny("ec2:*", "*", { Bool: { [key]: "false" } }), deny("s3:*", "*", { Null: { [key]: "true" } })),
      "passes, access key; passes, session",
    ));
  it("a wrong Deny beside a right one", () => equal(flaws(gate({ Bool: { [key]: "false" } }), gate(sound)), "no; no"));
  it("a wrong Deny beside a right one for other actions", () =>
    equal(flaws(gate({ Bool: { [key]: "false" } }), deny("ec2:*", "*", sound)), "passes, access key; no"));
  it("a wrong Allow beside a gate", () =>
    equal(flaws(grant({ BoolIfExists: { [key]: "true" } }), gate(sound)), "no; no"));
  it("a wrong Allow beside a gate that misses the same", () =>
    equal(
      flaws(grant({ BoolIfExists: { [key]: "true" } }), gate({ Bool: { [key]: "false" } })),
      "passes, access key; passes, access key",
    ));
  it("a wrong Allow is not mended by a right one", () =>
    equal(
      flaws(grant({ BoolIfExists: { [key]: "true" } }), grant({ Bool: { [key]: "true" } })),
      "passes, access key; no",
    ));
  it("nothing mends a Deny that strikes those with MFA", () =>
    equal(flaws(gate({ Bool: { [key]: "true" } }), gate(sound)), "strikes; no"));
  it("a Deny for stale sessions beside a gate", () => equal(flaws(gate(sound), stale), "no; no"));
  it("a Deny for stale sessions beside a gate that spares more", () =>
    equal(flaws(gate(sound, { NotAction: [...selfService, "iam:GetAccountSummary"] }), stale), "no; no"));
  it("a Deny for stale sessions beside a gate with a hole", () =>
    equal(flaws(gate({ Bool: { [key]: "false" } }), stale), `passes, access key; passes, access key`));
  it("a Deny for stale sessions beside a gate for other actions", () =>
    equal(
      flaws(deny("s3:*", "*", sound), deny("ec2:*", "*", { NumericGreaterThan: { [age]: "3600" } })),
      `no; ${both}`,
    ));
  it("a Deny for stale sessions alone", () => equal(flaws(stale), both));
});

describe("conditions on MFA: closed by other policies", () => {
  const wrong = gate({ Bool: { [key]: "false" } });
  it("a right gate in another policy", () => equal(flawsBeside({ identity: [policy(gate(sound))] }, wrong), "no"));
  it("a right gate in the boundary", () =>
    equal(flawsBeside({ identity: [], boundary: policy(allow("*"), gate(sound)) }, wrong), "no"));
  it("a boundary that allows with MFA only", () =>
    equal(flawsBeside({ identity: [], boundary: policy(allow("*", "*", { Bool: { [key]: "true" } })) }, wrong), "no"));
  it("a boundary that asks for nothing", () =>
    equal(flawsBeside({ identity: [], boundary: policy(allow("*")) }, wrong), "passes, access key"));
  it("another policy without a gate", () =>
    equal(flawsBeside({ identity: [policy(allow("*"))] }, wrong), "passes, access key"));
  it("another policy that nobody can read yet", () =>
    equal(flawsBeside({ identity: [notRead("later")] }, wrong), "unknown"));
  it("another policy that nobody can read yet is no matter to a right condition", () =>
    equal(flawsBeside({ identity: [notRead("later")] }, gate(sound)), "no"));
});

describe("conditions on MFA: not known yet", () => {
  it("a value", () => equal(flaws(gate({ BoolIfExists: { [key]: notYet } })), "unknown"));
  it("a value beside one that is enough", () =>
    equal(flaws(gate({ BoolIfExists: { [key]: ["false", notYet] } })), "unknown"));
  it("the resources of a wrong Deny", () =>
    equal(flaws(gate({ Bool: { [key]: "false" } }, { Resource: notYet })), "passes, access key"));
  it("the resources of a right Deny", () => equal(flaws(gate(sound, { Resource: notYet })), "no"));
  it("the resources of a wrong Allow", () =>
    equal(
      flaws({ Effect: "Allow", Action: "s3:*", Resource: notYet, Condition: { BoolIfExists: { [key]: "true" } } }),
      "unknown",
    ));
  it("the resources of a right Allow", () =>
    equal(flaws({ Effect: "Allow", Action: "s3:*", Resource: notYet, Condition: { Bool: { [key]: "true" } } }), "no"));
  it("another condition beside a wrong one", () =>
    equal(
      flaws(gate({ Bool: { [key]: "false" }, StringEquals: { "aws:username": [notYet] } as never })),
      "passes, access key",
    ));
  it("the whole condition", () => equal(flaws(gate(notYet as never)), "unknown"));
  it("the effect", () => equal(flaws(gate({ Bool: { [key]: "false" } }, { Effect: notYet })), "unknown"));
  it("another Deny, which may be the gate", () =>
    equal(flaws(gate({ Bool: { [key]: "false" } }), deny([notYet, "s3:*"])), "unknown"));
});

it("conditions on MFA are taken out of documents by their path", () => {
  const document = documentOf([allow("*"), gate({ Bool: { [key]: "false" } })]);
  equal(mfaFlaws({ origin: "policy", document })[0]?.statement.path, "$.Statement[1]");
});

it("conditions on MFA are asked in the partition that a statement's regions or ARNs tell of", () => {
  const present = (region: string, resource = "*") =>
    flaws(allow("iam:*", resource, { Null: { [key]: "false" }, StringEquals: { "aws:RequestedRegion": region } }));
  equal(present("cn-north-1"), "passes, session");
  equal(present("us-east-1"), "passes, session");
  equal(present("cn-north-1", "arn:aws:iam::*:*"), "no");
});
