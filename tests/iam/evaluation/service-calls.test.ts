import { deepEqual, equal } from "node:assert/strict";
import { adminPower, mayCall, mfaHole } from "../../../policypack/iam";
import { allow, deny, group, role, user } from "../policies";
import { powerOrReasons as power } from "../verdicts";

const viaService = { Bool: { "aws:ViaAWSService": "true" } };
const direct = { Bool: { "aws:ViaAWSService": "false" } };
const viaStack = { "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } };
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };

describe("calls that a service makes for the caller", () => {
  it("are an administrator's where a stack may do everything", () =>
    equal(power(group(allow("cloudformation:CreateStack"), allow("*", "*", viaStack))), "full"));
  it("are nobody's where no stack can be made", () =>
    equal(power(group(allow("cloudformation:DescribeStacks"), allow("*", "*", viaStack))), "no"));
  it("are nobody's where a stack needs a role of its own", () =>
    equal(
      power(
        group(
          allow("cloudformation:CreateStack"),
          allow("*", "*", viaStack),
          deny("cloudformation:*", "*", { Null: { "cloudformation:RoleArn": "true" } }),
        ),
      ),
      "no",
    ));
  it("are an administrator's by a change set", () =>
    equal(
      power(
        group(allow(["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]), allow("*", "*", viaStack)),
      ),
      "full",
    ));
  it("need both calls of a change set", () =>
    equal(power(group(allow("cloudformation:CreateChangeSet"), allow("*", "*", viaStack))), "no"));
  it("are an administrator's where IAM is denied for direct calls only", () =>
    equal(power(group(allow("*"), deny("iam:*", "*", direct))), "full"));
  it("are nobody's where IAM is denied for both", () =>
    equal(power(group(allow("*"), deny("iam:*", "*", direct), deny("iam:*", "*", viaService))), "no"));
  it("are those of any service by its first and its last name", () =>
    equal(
      power(
        role(
          allow("cloudformation:*"),
          allow("iam:*", "*", {
            StringEquals: {
              "aws:CalledViaFirst": "cloudformation.amazonaws.com",
              "aws:CalledViaLast": "cloudformation.amazonaws.com",
            },
          }),
        ),
      ),
      "iam-full",
    ));
  it("are not IAM's where the service is another", () =>
    equal(
      power(
        role(
          allow("*"),
          deny("iam:*", "*", { "ForAllValues:StringNotEquals": { "aws:CalledVia": "athena.amazonaws.com" } }),
        ),
      ),
      "no",
    ));
  it("need what starting the service needs", () =>
    equal(power(group(allow("cloudformation:CreateStack", "*", mfa), allow("*", "*", viaStack))), "full mfa"));
  it("are undecided where they need the caller's MFA themselves", () =>
    equal(
      power(group(allow("cloudformation:CreateStack", "*", mfa), allow("*", "*", { ...viaStack, ...mfa }))),
      "AWS does not say whether calls that a service makes for its caller carry the caller's MFA",
    ));
  it("say so", () => {
    const verdict = adminPower(group(allow("cloudformation:CreateStack"), allow("*", "*", viaStack)));
    equal(
      verdict.answer === "yes" && verdict.because.witnesses[0]?.scenario,
      "a member's access key, without MFA, through a stack of CloudFormation",
    );
  });
  it("are some services' own", () => {
    const asked = (action: string) =>
      mayCall(
        user(
          allow("athena:StartQueryExecution"),
          allow("*", "*", { StringEquals: { "aws:CalledViaLast": "athena.amazonaws.com" } }),
        ),
        { action, resources: [] },
      ).answer;
    deepEqual([asked("s3:GetObject"), asked("iam:CreateUser")], ["yes", "no"]);
  });

  it("pass through two services where one calls the other", () => {
    const through = (first: string, last: string, action = "kms:CreateGrant") =>
      mayCall(
        user(
          allow("cloudformation:CreateStack"),
          allow("*", "*", {
            StringEquals: {
              "aws:CalledViaFirst": `${first}.amazonaws.com`,
              "aws:CalledViaLast": `${last}.amazonaws.com`,
            },
          }),
        ),
        { action, resources: [] },
      ).answer;
    equal(through("cloudformation", "dynamodb"), "yes");
    equal(through("dynamodb", "cloudformation"), "no");
    equal(through("cloudformation", "dynamodb", "iam:CreateUser"), "no");
  });

  it("are no hole in a gate that spares them, as what starts them needs MFA", () =>
    equal(
      mfaHole(user(allow("*"), deny("*", "*", { ...withoutMfa, Bool: { "aws:ViaAWSService": "false" } }))).answer,
      "no",
    ));
  it("are one where what starts them is spared as well", () =>
    equal(
      mfaHole(
        user(allow("*"), {
          Effect: "Deny",
          NotAction: "cloudformation:*",
          Resource: "*",
          Condition: { ...withoutMfa, Bool: { "aws:ViaAWSService": "false" } },
        }),
      ).answer,
      "yes",
    ));
});
