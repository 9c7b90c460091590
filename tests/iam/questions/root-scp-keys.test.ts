import { equal } from "node:assert/strict";
import { rootHold } from "../../../policypack/iam";
import { documentOf } from "../policies";
import { gaps, guard, reasonFor, root, sound } from "./root-guards";

describe("root SCP: keys that say who the caller is", () => {
  const where = (operator: string, key: string, value: string) => gaps([guard({ [operator]: { [key]: value } })]);
  const beside = (operator: string, key: string, value: string) =>
    gaps([guard({ ArnEquals: { "aws:PrincipalArn": root }, [operator]: { [key]: value } })]);

  it("the root user's type is Account", () => {
    equal(where("StringEquals", "aws:PrincipalType", "Account"), "no");
    equal(where("StringEquals", "aws:PrincipalType", "Root"), "principal");
    equal(where("StringEquals", "aws:PrincipalType", "account"), "principal");
    equal(where("StringEqualsIgnoreCase", "aws:PrincipalType", "account"), "no");
  });
  it("it has no user name", () => {
    equal(where("StringEquals", "aws:username", "root"), "principal");
    equal(where("StringLike", "aws:username", "<root_account>"), "principal");
    equal(beside("Null", "aws:username", "true"), "no");
    equal(beside("Null", "aws:username", "false"), "principal");
  });
  it("its user id is the account's number", () => {
    equal(where("StringEquals", "aws:userid", "111122223333"), "no");
    equal(where("StringEquals", "aws:userid", "${aws:PrincipalAccount}"), "no");
    equal(where("StringEquals", "aws:userid", "root"), "principal");
    equal(beside("StringLike", "aws:userid", "AIDA*"), "principal");
  });
  it("one account is a narrower guard", () =>
    equal(beside("StringEquals", "aws:PrincipalAccount", "111122223333"), "no"));
  it("it has no tags and no source identity", () => {
    equal(beside("StringEquals", "aws:PrincipalTag/team", "ops"), "principal");
    equal(beside("StringNotEquals", "aws:PrincipalTag/team", "ops"), "no");
    equal(beside("StringLike", "aws:SourceIdentity", "*"), "principal");
  });
  it("its organization is the one that the policy speaks of", () => {
    equal(beside("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), "no");
    equal(beside("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), "principal");
    equal(beside("StringEquals", "aws:PrincipalOrgID", "111122223333"), "principal");
    equal(beside("Null", "aws:PrincipalOrgID", "true"), "principal");
  });
  it("which key is wrong, and what it is", () => {
    equal(
      reasonFor({ StringEquals: { "aws:PrincipalType": "Root" } }),
      "aws:PrincipalType of the root user is Account",
    );
    equal(reasonFor({ StringEquals: { "aws:username": "root" } }), "the root user's requests have no aws:username");
    equal(reasonFor({ StringEquals: { "aws:userid": "root" } }), "aws:userid of the root user is its account's number");
  });
});

describe("root SCP: keys that the caller chooses, and keys that it never has", () => {
  const beside = (operator: string, key: string, value: string) =>
    gaps([guard({ ...sound, [operator]: { [key]: value } })]);

  it("what the caller chooses is no limit", () => {
    equal(beside("StringLike", "aws:UserAgent", "Mozilla*"), "choice");
    equal(beside("StringNotLike", "aws:UserAgent", "aws-cli*"), "choice");
    equal(beside("StringEquals", "aws:Referer", "https://acme.example"), "choice");
    equal(beside("Bool", "aws:SecureTransport", "false"), "choice");
    equal(beside("StringEquals", "aws:RequestTag/owner", "ops"), "choice");
    equal(beside("ForAnyValue:StringEquals", "aws:TagKeys", "owner"), "choice");
    equal(beside("StringLike", "aws:UserAgent", "*"), "choice");
    equal(beside("StringLikeIfExists", "aws:UserAgent", "*"), "no");
    equal(beside("DateLessThan", "aws:TokenIssueTime", "2026-01-01T00:00:00Z"), "choice");
    const any = guard({ ...sound, DateGreaterThanIfExists: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } });
    equal(gaps([any], "aws", { now: new Date("2026-01-01T00:00:00Z") }), "no");
  });
  it("what its own requests never have binds nothing", () => {
    equal(beside("ArnEquals", "aws:SourceArn", "arn:aws:*:*:*:*"), "condition");
    equal(beside("ArnNotEquals", "aws:SourceArn", "arn:aws:sns:*:*:*"), "no");
    equal(beside("Bool", "aws:ViaAWSService", "true"), "condition");
    equal(beside("Bool", "aws:ViaAWSService", "false"), "no");
    equal(beside("ForAnyValue:StringEquals", "aws:CalledVia", "cloudformation.amazonaws.com"), "condition");
    equal(beside("Null", "aws:SourceArn", "true"), "no");
    equal(beside("Null", "aws:CurrentTime", "true"), "condition");
    const past = guard({ ...sound, DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } });
    equal(gaps([past], "aws", { now: new Date("2026-01-01T00:00:00Z") }), "condition");
    equal(gaps([past], "aws", { now: new Date("2019-12-31T00:00:00Z") }), "no");
  });
  it("so is how a request is signed or sent", () => {
    const reading = (operator: string, key: string, value: string) =>
      gaps([guard({ ...sound, [operator]: { [key]: value } }, { Action: "s3:GetObject" })]);
    equal(reading("StringEquals", "s3:authType", "REST-QUERY-STRING"), "choice");
    equal(reading("NumericLessThan", "s3:TlsVersion", "1.2"), "choice");
    equal(reading("StringEquals", "s3:ExistingObjectTag/class", "secret"), "no");
  });
  it("what only some of its actions have binds no others", () => {
    const listed = (Action: unknown) =>
      gaps([guard({ ...sound, StringEquals: { "ec2:InstanceType": "p4d.24xlarge" } }, { Action })]);
    equal(listed("ec2:RunInstances"), "no");
    equal(listed(["ec2:RunInstances", "ec2:DescribeVpcs"]), "condition");
  });
  it("IAM's requests are made in one region", () => {
    const only = (region: string) =>
      gaps([guard({ ...sound, StringEquals: { "aws:RequestedRegion": region } }, { Action: "iam:*" })]);
    equal(only("us-east-1"), "no");
    equal(only("eu-west-1"), "region");
  });
});

describe("root SCP: MFA", () => {
  const beside = (operator: string, key: string, value: string) => {
    const [verdict] = rootHold(documentOf([guard({ ...sound, [operator]: { [key]: value } })], "scp"), {
      origin: "scp",
    });
    if (verdict?.escapes.answer !== "yes") return verdict?.escapes.answer;
    const { mistake, isPartial } = verdict.escapes.because;
    return isPartial ? `${mistake} in part` : mistake;
  };

  it("a guard against being without it holds by BoolIfExists, and in part by Bool", () => {
    equal(beside("BoolIfExists", "aws:MultiFactorAuthPresent", "false"), "no");
    equal(beside("Bool", "aws:MultiFactorAuthPresent", "false"), "mfa in part");
    equal(beside("Null", "aws:MultiFactorAuthPresent", "true"), "mfa in part");
    equal(beside("NumericGreaterThanIfExists", "aws:MultiFactorAuthAge", "3600"), "no");
  });
  it("one against having it lets by whoever has none", () => {
    equal(beside("Bool", "aws:MultiFactorAuthPresent", "true"), "mfa");
    equal(beside("NumericGreaterThan", "aws:MultiFactorAuthAge", "3600"), "mfa");
  });
});
