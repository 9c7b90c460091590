import { deepEqual, equal } from "node:assert/strict";
import {
  type MfaOptions,
  mfaHole,
  mfaSetUpForOthers,
  notYet,
  type Principal,
  rolesWithoutMfa,
} from "../../../policypack/iam";
import { allow, deny, group, notRead, policy, user } from "../policies";

/** `no`, `unknown`, or who gets through with which action. */
function hole(principal: Principal, options: MfaOptions = {}): string {
  const verdict = mfaHole(principal, options);
  if (verdict.answer !== "yes") return verdict.answer;
  const [witness] = verdict.because.witnesses;
  return `${witness?.scenario}: ${witness?.action}`;
}

const key = "the user's access key, without MFA";
const session = "the user's console or temporary session, without MFA";

const selfService = [
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetUser",
  "iam:GetMFADevice",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
];

const gateWith = (Condition: unknown, more: object = {}) => ({
  Effect: "Deny",
  NotAction: selfService,
  Resource: "*",
  Condition,
  ...more,
});

const sound = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };

describe("MFA: gates by Deny", () => {
  it("BoolIfExists false holds", () => equal(hole(user(allow("*"), gateWith(sound))), "no"));
  it("the JSON value false is the text false", () =>
    equal(hole(user(allow("*"), gateWith({ BoolIfExists: { "aws:MultiFactorAuthPresent": false } }))), "no"));
  it("letter case of operator and key does not matter", () =>
    equal(hole(user(allow("*"), gateWith({ boolifexists: { "AWS:multifactorauthpresent": "false" } }))), "no"));
  it("no gate at all lets a key through", () => equal(hole(user(allow("s3:*"))), `${key}: s3:GetObject`));
  it("Bool false misses long-term keys", () =>
    equal(
      hole(user(allow("*"), gateWith({ Bool: { "aws:MultiFactorAuthPresent": "false" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("Null true misses sessions", () =>
    equal(
      hole(user(allow("*"), gateWith({ Null: { "aws:MultiFactorAuthPresent": "true" } }))),
      `${session}: iam:CreateUser`,
    ));
  it("Bool false and Null true together hold", () =>
    equal(
      hole(
        user(
          allow("*"),
          gateWith({ Bool: { "aws:MultiFactorAuthPresent": "false" } }),
          gateWith({ Null: { "aws:MultiFactorAuthPresent": "true" } }),
        ),
      ),
      "no",
    ));
  it("Bool false and Null true in one block can never hold together", () =>
    equal(
      hole(
        user(
          allow("*"),
          gateWith({ Bool: { "aws:MultiFactorAuthPresent": "false" }, Null: { "aws:MultiFactorAuthPresent": "true" } }),
        ),
      ),
      `${key}: iam:CreateUser`,
    ));
  it("StringNotEquals true holds, for a key that is absent is not equal", () =>
    equal(hole(user(allow("*"), gateWith({ StringNotEquals: { "aws:MultiFactorAuthPresent": "true" } }))), "no"));
  it("StringEqualsIfExists false holds as well", () =>
    equal(hole(user(allow("*"), gateWith({ StringEqualsIfExists: { "aws:MultiFactorAuthPresent": "false" } }))), "no"));
  it("ForAnyValue misses long-term keys", () =>
    equal(
      hole(user(allow("*"), gateWith({ "ForAnyValue:Bool": { "aws:MultiFactorAuthPresent": "false" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("ForAllValues holds for a key that is absent", () =>
    equal(hole(user(allow("*"), gateWith({ "ForAllValues:Bool": { "aws:MultiFactorAuthPresent": "false" } }))), "no"));
  it("Null true on the age holds for both", () =>
    equal(hole(user(allow("*"), gateWith({ Null: { "aws:MultiFactorAuthAge": "true" } }))), "no"));
  it("an age limit alone misses those without any age", () =>
    equal(
      hole(user(allow("*"), gateWith({ NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("an age limit with IfExists holds", () =>
    equal(
      hole(user(allow("*"), gateWith({ NumericGreaterThanIfExists: { "aws:MultiFactorAuthAge": "3600" } }))),
      "no",
    ));
  it("a list of denied actions leaves the rest open", () =>
    equal(hole(user(allow("*"), deny(["iam:*", "ec2:*"], "*", sound))), `${key}: s3:GetObject`));
  it("a list of denied actions that covers what is allowed holds", () =>
    equal(hole(user(allow(["s3:*", "ec2:Describe*"]), deny(["s3:*", "ec2:*"], "*", sound))), "no"));
  it("all of IAM spared lets a key create users", () =>
    equal(hole(user(allow("*"), gateWith(sound, { NotAction: "iam:*" }))), `${key}: iam:CreateUser`));
  it("a Deny on ARNs misses what takes no resource", () =>
    equal(hole(user(allow("*"), gateWith(sound, { Resource: "arn:aws:*:*:*:*" }))), `${key}: s3:ListAllMyBuckets`));
  it("a Deny that spares one bucket leaves it open", () =>
    equal(
      hole(
        user(allow("*"), {
          Effect: "Deny",
          NotAction: selfService,
          NotResource: "arn:aws:s3:::open/*",
          Condition: sound,
        }),
      ),
      `${key}: s3:GetObject`,
    ));
  it("a Deny that spares a bucket which nothing allows holds", () =>
    equal(
      hole(
        user(allow("ec2:*"), {
          Effect: "Deny",
          NotAction: selfService,
          NotResource: "arn:aws:s3:::open/*",
          Condition: sound,
        }),
      ),
      "no",
    ));
  it("sparing calls that services make leaves direct calls denied", () =>
    equal(
      hole(
        user(
          allow("*"),
          gateWith({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false", "aws:ViaAWSService": "false" } }),
        ),
      ),
      "no",
    ));
  it("a gate for one network only leaves the others open", () =>
    equal(
      hole(user(allow("*"), gateWith({ ...sound, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("a gate by group holds for its members", () => equal(hole(group(allow("*"), gateWith(sound))), "no"));
  it("a gate in another policy holds as well", () =>
    equal(hole({ ...user(), identity: [policy(allow("*")), policy(gateWith(sound))] }), "no"));
  it("a gate in the boundary holds", () =>
    equal(hole({ ...user(allow("*")), boundary: policy(allow("*"), gateWith(sound)) }), "no"));
  it("sparing DeactivateMFADevice is a hole", () =>
    equal(
      hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, "iam:DeactivateMFADevice"] }))),
      `${key}: iam:DeactivateMFADevice`,
    ));
  it("sparing ChangePassword is self-service", () =>
    equal(hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, "iam:ChangePassword"] }))), "no"));
  it("sparing what the console's security page reads is self-service", () => {
    const read = [
      "iam:ListUsers",
      "iam:ListAccountAliases",
      "iam:GetAccountSummary",
      "iam:GetAccountPasswordPolicy",
      "iam:GetLoginProfile",
      "iam:ListAccessKeys",
      "iam:ListSSHPublicKeys",
      "iam:ListServiceSpecificCredentials",
      "iam:ListSigningCertificates",
    ];
    equal(hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, ...read] }))), "no");
  });
  it("sparing DeleteVirtualMFADevice is no hole: AWS refuses while the device is enabled", () =>
    equal(
      hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, "iam:DeleteVirtualMFADevice"] }))),
      "no",
    ));
  it("sparing what the options add is self-service", () =>
    equal(
      hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, "iam:ListGroups"] })), {
        selfService: ["iam:ListGroups"],
      }),
      "no",
    ));
  it("sparing the same without the option is a hole", () =>
    equal(
      hole(user(allow("*"), gateWith(sound, { NotAction: [...selfService, "iam:ListGroups"] }))),
      `${key}: iam:ListGroups`,
    ));
  it("who has only a password makes no request by access key", () => {
    const leaky = user(allow("*"), gateWith({ Bool: { "aws:MultiFactorAuthPresent": "false" } }));
    equal(hole(leaky, { credentials: "password" }), "no");
    equal(hole(leaky), `${key}: iam:CreateUser`);
    equal(hole(user(allow("s3:*")), { credentials: "password" }), `${session}: s3:GetObject`);
  });
  it("a gate of the wrong user name holds nobody", () =>
    equal(
      hole(user(allow("*"), gateWith({ ...sound, StringEquals: { "aws:username": "bob" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("a gate of the right user name holds", () =>
    equal(hole(user(allow("*"), gateWith({ ...sound, StringEquals: { "aws:username": "alice" } }))), "no"));
});

describe("MFA: gates by conditioned Allows", () => {
  it("Bool true holds", () =>
    equal(hole(user(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }))), "no"));
  it("BoolIfExists true lets keys through", () =>
    equal(
      hole(user(allow("*", "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("Null false lets sessions through", () =>
    equal(
      hole(user(allow("*", "*", { Null: { "aws:MultiFactorAuthPresent": "false" } }))),
      `${session}: iam:CreateUser`,
    ));
  it("Null false on the age holds", () =>
    equal(hole(user(allow("*", "*", { Null: { "aws:MultiFactorAuthAge": "false" } }))), "no"));
  it("ForAllValues lets keys through", () =>
    equal(
      hole(user(allow("*", "*", { "ForAllValues:Bool": { "aws:MultiFactorAuthPresent": "true" } }))),
      `${key}: iam:CreateUser`,
    ));
  it("ForAnyValue true holds", () =>
    equal(hole(user(allow("*", "*", { "ForAnyValue:Bool": { "aws:MultiFactorAuthPresent": "true" } }))), "no"));
  it("a younger age holds", () =>
    equal(hole(user(allow("*", "*", { NumericLessThan: { "aws:MultiFactorAuthAge": 3600 } }))), "no"));
  it("a younger age with IfExists lets keys through", () =>
    equal(
      hole(user(allow("*", "*", { NumericLessThanIfExists: { "aws:MultiFactorAuthAge": 3600 } }))),
      `${key}: iam:CreateUser`,
    ));
  it("one statement without the condition opens what it allows", () =>
    equal(
      hole(user(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }), allow("s3:GetObject"))),
      `${key}: s3:GetObject`,
    ));
  it("one statement without the condition may allow self-service", () =>
    equal(hole(user(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }), allow(selfService))), "no"));
});

describe("MFA: nothing to protect, doubts and modes", () => {
  it("a user without policies has no hole", () => equal(hole({ kind: "user", name: "alice", identity: [] }), "no"));
  it("GetCallerIdentity, which nobody can deny, is no hole", () =>
    equal(hole(user(allow("sts:GetCallerIdentity"))), "no"));
  it("an action that AWS does not have is no hole", () => equal(hole(user(allow("iam:DoesNotExist"))), "no"));
  it("robust asks what happens if another policy allows everything", () =>
    equal(hole(user(allow("s3:*"), deny("s3:*", "*", sound)), { mode: "robust" }), `${key}: iam:CreateUser`));
  it("effective asks about these policies only", () =>
    equal(hole(user(allow("s3:*"), deny("s3:*", "*", sound)), { mode: "effective" }), "no"));
  it("a full gate is robust", () => equal(hole(user(allow("s3:*"), gateWith(sound)), { mode: "robust" }), "no"));
  it("a policy that is not read may be the gate", () =>
    equal(hole({ ...user(), identity: [policy(allow("*")), notRead("urn:gate")] }), "unknown"));
  it("a policy that is not read may grant something", () =>
    equal(hole({ ...user(), identity: [notRead("urn:grant")] }), "unknown"));
  it("a gate holds whatever a policy that is not read may grant", () =>
    equal(hole({ ...user(), identity: [policy(gateWith(sound)), notRead("urn:grant")] }), "no"));
  it("the doubt names what is waited for", () =>
    deepEqual(mfaHole({ ...user(), identity: [policy(allow("*")), notRead("urn:gate")] }), {
      answer: "unknown",
      because: ["urn:gate: its text is not known yet"],
    }));
});

describe("MFA: signing in on the command line", () => {
  const gateSparing = (...more: readonly string[]) => ({
    ...gateWith(sound),
    NotAction: [...selfService, ...more],
  });
  it("what aws login calls gives no more than the sign-in in the browser", () =>
    equal(hole(user(allow("*"), gateSparing("signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"))), "no"));
  it("what configures sign-in for the account is none of it", () =>
    equal(
      hole(user(allow("*"), gateSparing("signin:PutResourcePermissionStatement"))),
      `${key}: signin:PutResourcePermissionStatement`,
    ));
});

describe("MFA: set up for others", () => {
  const enable = (Resource: string) => allow("iam:EnableMFADevice", Resource);
  const forOthers = (...statements: readonly object[]) => {
    const verdict = mfaSetUpForOthers(user(...statements));
    return verdict.answer === "yes" ? (verdict.because.witnesses[0]?.resource ?? "") : verdict.answer;
  };
  it("a grant on every user is one", () =>
    equal(forOthers(enable("*"), gateWith(sound)), "arn:aws:iam::111122223333:user/example"));
  it("one on oneself is none", () =>
    equal(forOthers(enable("arn:aws:iam::*:user/${aws:username}"), gateWith(sound)), "no"));
  it("one on oneself with a path is none, as nobody else has the name", () =>
    equal(forOthers(enable("arn:aws:iam::*:user/*/${aws:username}"), gateWith(sound)), "no"));
  it("one on users whose names end like the own one is one", () =>
    equal(
      forOthers(enable("arn:aws:iam::*:user/*${aws:username}"), gateWith(sound)),
      "arn:aws:iam::111122223333:user/aalice",
    ));
  it("one on another user is one", () =>
    equal(forOthers(enable("arn:aws:iam::*:user/bob")), "arn:aws:iam::111122223333:user/bob"));
  it("one that asks for MFA is none", () =>
    equal(forOthers({ ...enable("*"), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }), "no"));
  it("a Deny on everybody else closes it", () =>
    equal(
      forOthers(enable("*"), {
        Effect: "Deny",
        Action: "iam:EnableMFADevice",
        NotResource: "arn:*:iam::*:user/${aws:username}",
        Condition: sound,
      }),
      "no",
    ));
  it("a gate that does not spare it closes it", () =>
    equal(forOthers(enable("*"), { Effect: "Deny", NotAction: "iam:Get*", Resource: "*", Condition: sound }), "no"));
  it("a Deny that is not known yet may close it", () =>
    equal(forOthers(enable("*"), { Effect: "Deny", Action: notYet, Resource: "*" }), "unknown"));
});

describe("MFA: roles that can be assumed without it", () => {
  const ops = "arn:aws:iam::111122223333:role/ops";
  const roles = (...statements: readonly unknown[]) => {
    const { unnamed, named } = rolesWithoutMfa(user(...statements));
    return `${unnamed.answer}; ${[...named].map(([arn, verdict]) => `${arn} ${verdict.answer}`).join(", ")}`;
  };

  it("named ones are told apart from patterns", () => {
    equal(roles(allow("sts:AssumeRole", ops)), `no; ${ops} yes`);
    equal(roles(allow("sts:AssumeRole", [ops, "arn:aws:iam::111122223333:role/team-*"])), `yes; ${ops} yes`);
    equal(roles(allow("sts:AssumeRole", "arn:aws:iam::*:role/ops")), "yes; ");
  });
  it("a name that a Deny takes away again is none", () =>
    equal(roles(allow("sts:AssumeRole", ops), deny("sts:*", ops)), `no; ${ops} no`));
  it("roles that are passed are not assumed", () => equal(roles(allow("iam:PassRole", ops)), "no; "));
  it("roles of AWS's services let no user in", () =>
    equal(roles(allow("sts:AssumeRole", "arn:aws:iam::*:role/aws-service-role/*")), "no; "));
});
