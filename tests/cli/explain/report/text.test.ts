import assert from "node:assert/strict";
import { explainedAsText } from "../explained";
import { everything, gate, ownInlinePolicies, policyOf, readOnly } from "../policies";

describe("explain in text", () => {
  it("tells an administrator behind an MFA gate", () => {
    assert.equal(
      explainedAsText({ "admin.json": everything, "gate.json": gate }),
      `admin.json, gate.json (as user)

Administrator power
  - Yes: with MFA, full administrator; no request is refused, one for a service of the future
    included.
      request: future-service:FutureAction on *, where aws:MultiFactorAuthPresent = true
      made by: the user, signed in with MFA
      granted by: statement 1 of admin.json

Ways to more power
  - An administrator needs none; 151 of the known ones are open. The JSON format lists them.

MFA
  - Gate: nothing outside self-service works without MFA, whatever other policies allow.
  - A user without MFA can set it up.

What restricts it
  - Deny everything but iam:CreateVirtualMFADevice, iam:EnableMFADevice, sts:GetSessionToken on *,
    where BoolIfExists aws:MultiFactorAuthPresent is false
      statement 1 of gate.json
  - Without these: full administrator; no request is refused, one for a service of the future
    included.
`,
    );
  });

  it("tells a user who can do nothing that matters", () => {
    assert.equal(
      explainedAsText({ "read.json": policyOf({ Effect: "Allow", Action: "sqs:ListQueues", Resource: "*" }) }),
      `read.json (as user)

Administrator power
  - None.

Ways to more power
  - None that is known.

MFA
  - Hole: a request outside self-service needs no MFA.
      request: sqs:ListQueues on *
      made by: the user's access key, without MFA
      granted by: statement 1 of read.json

What restricts it
  - No Deny and no boundary.
`,
    );
  });

  it("shows the one call that makes a user an administrator, and the path that it is", () => {
    const text = explainedAsText({ "self.json": ownInlinePolicies });
    assert.match(text, /^Administrator power\n {2}- Yes: one IAM call away from any power\.$/m);
    assert.match(
      text,
      /^ {6}request: iam:PutUserPolicy on arn:aws:iam::123456789012:user\/some-user, where aws:username =\n {8}some-user$/m,
    );
    assert.match(text, /^Ways to more power\n {2}- a policy written for a user \(iam:PutUserPolicy, iam-007\)\n/m);
  });

  it("shows a path whose halves stand in two files", () => {
    const text = explainedAsText({
      "pass.json": policyOf({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }),
      "run.json": policyOf({
        Effect: "Allow",
        Action: ["lambda:CreateFunction", "lambda:InvokeFunction"],
        Resource: "*",
      }),
    });
    assert.match(
      text,
      /^ {2}- a new Lambda function with a role of its choice \(iam:PassRole \+ lambda:CreateFunction \+\n {4}lambda:InvokeFunction, lambda-001\)\n/m,
    );
    assert.match(text, /^ {6}granted by: statement 1 of pass\.json; statement 1 of run\.json$/m);
  });

  it("shows no path when one half is missing", () => {
    const text = explainedAsText({
      "pass.json": policyOf({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }),
      "run.json": policyOf({ Effect: "Allow", Action: ["lambda:CreateFunction"], Resource: "*" }),
    });
    assert.doesNotMatch(text, /lambda-001/);
  });

  it("says what it cannot decide and why", () => {
    const strange = policyOf({
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { StringSounds: { "aws:username": "alice" } },
    });
    assert.match(
      explainedAsText({ "strange.json": strange }),
      /^Administrator power\n {2}- Undecided, because:\n.*StringSounds/m,
    );
  });

  it("keeps to 100 columns, but for words that are longer", () => {
    const text = explainedAsText({ "admin.json": everything, "gate.json": gate, "self.json": ownInlinePolicies });
    const tooLong = text.split("\n").filter((line) => line.length > 100 && line.trim().includes(" "));
    assert.deepEqual(tooLong, []);
  });

  it("notes what AWS would refuse, with the place and the fix", () => {
    const text = explainedAsText({
      "odd.json":
        '{\n  "Version": "2012-10-17",\n  "Statement": { "Effect": "Allow", "Action": "s3:*", "Resources": "*" }\n}',
    });
    assert.match(
      text,
      /^Noted in the files\n {2}- odd\.json:3:\d+: at \$\.Statement\.Resources: "Resources" is no element/m,
    );
    assert.match(text, /^ {6}fix: use one of /m);
  });

  it("explains a boundary as what an administrator keeps under it", () => {
    const text = explainedAsText({ "boundary.json": readOnly }, "boundary");
    assert.match(text, /^boundary\.json \(as boundary\)\n\nAssumed\n {2}- The user's own policies allow everything:/);
    assert.match(text, /^Administrator power\n {2}- None\.$/m);
    assert.match(text, /^ {6}request: s3:GetObject on /m);
  });

  it("says that nothing but what a boundary allows is left", () => {
    const text = explainedAsText({ "boundary.json": readOnly }, "boundary");
    assert.match(text, /^What restricts it\n {2}- Only what this boundary allows is left\.\n$/m);
    assert.doesNotMatch(text, /no boundary/);
  });

  it("says first that AWS refuses a policy, and which statement is left out", () => {
    const misspelt = policyOf({ Effect: "Alow", Action: "*", Resource: "*" });
    assert.match(
      explainedAsText({ "misspelt.json": misspelt }),
      /^misspelt\.json \(as user\)\n\nRefused by AWS\n {2}- AWS refuses misspelt\.json, for what is noted below: what follows leaves out \$\.Statement\[0\]\.\n\n/,
    );
  });

  it("says of a refused policy that is understood all the same how it is taken", () => {
    const lowerCase = policyOf({ effect: "Allow", Action: "s3:GetObject", Resource: "*" });
    const text = explainedAsText({ "lower.json": lowerCase, "read.json": readOnly });
    assert.match(
      text,
      /^Refused by AWS\n {2}- AWS refuses lower\.json, [\s\S]*takes it as it was\s+probably meant\.\n\n/m,
    );
    assert.doesNotMatch(text, /AWS refuses read\.json/);
  });

  it("names both calls that a user without MFA is refused", () => {
    assert.match(
      explainedAsText({ "read.json": policyOf({ Effect: "Deny", Action: "iam:*", Resource: "*" }) }),
      /iam:CreateVirtualMFADevice, iam:EnableMFADevice\s+are refused\./,
    );
  });

  it("asks a role nothing about MFA", () => {
    assert.doesNotMatch(explainedAsText({ "read.json": readOnly }, "role"), /^MFA$/m);
  });

  it("speaks of a member where the policies are a group's", () => {
    assert.match(
      explainedAsText({ "read.json": readOnly }, "group"),
      /^ {6}made by: a member's access key, without MFA$/m,
    );
  });
});
