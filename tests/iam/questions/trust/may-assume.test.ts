import { equal } from "node:assert/strict";
import { type Caller, mayAssume, mayCall, notYet, type Policy, type Principal } from "../../../../policypack/iam";
import { allow, deny, documentOf, notRead, user } from "../../policies";

function trust(...statements: readonly unknown[]): Policy {
  return { origin: "trust", document: documentOf(statements, "trust") };
}

const lets = (Principal: unknown, Condition?: unknown) => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...(Condition === undefined ? {} : { Condition }),
});

const alice: Caller = { kind: "user", arn: "arn:aws:iam::111122223333:user/alice" };

/** `no`, `unknown`, or as whom the caller is trusted. */
function trusted(policy: Policy, caller: Caller = alice, mfa = false): string {
  const verdict = mayAssume(policy, caller, { mfa });
  return verdict.answer === "yes" ? verdict.because.by : verdict.answer;
}

const account = { AWS: "arn:aws:iam::111122223333:root" };
const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

describe("who may assume a role, by its trust policy", () => {
  it("a user that is named", () => equal(trusted(trust(lets({ AWS: alice.arn }))), "named"));
  it("not a user of another name", () =>
    equal(trusted(trust(lets({ AWS: "arn:aws:iam::111122223333:user/bob" }))), "no"));
  it("not a user of that name in another account", () =>
    equal(trusted(trust(lets({ AWS: "arn:aws:iam::444455556666:user/alice" }))), "no"));
  it("not a user whose name goes on", () =>
    equal(trusted(trust(lets({ AWS: "arn:aws:iam::111122223333:user/alice2" }))), "no"));
  it("a wildcard inside a principal's ARN is none", () =>
    equal(trusted(trust(lets({ AWS: "arn:aws:iam::111122223333:user/*" }))), "no"));
  it("the account by its root ARN", () => equal(trusted(trust(lets(account))), "account"));
  it("the account by its number", () => equal(trusted(trust(lets({ AWS: "111122223333" }))), "account"));
  it("not another account", () => equal(trusted(trust(lets({ AWS: "444455556666" }))), "no"));
  it("not the same account of another partition", () =>
    equal(trusted(trust(lets({ AWS: "arn:aws-cn:iam::111122223333:root" }))), "no"));
  it("anyone", () => equal(trusted(trust(lets("*"))), "anyone"));
  it("anyone, as an AWS principal", () => equal(trusted(trust(lets({ AWS: "*" }))), "anyone"));
  it("not a service", () => equal(trusted(trust(lets({ Service: "ec2.amazonaws.com" }))), "no"));
  it("named counts before the account", () => equal(trusted(trust(lets({ AWS: [account.AWS, alice.arn] }))), "named"));
  it("not for another action", () =>
    equal(trusted(trust({ Effect: "Allow", Principal: account, Action: "sts:AssumeRoleWithSAML" })), "no"));
  it("for every action", () => equal(trusted(trust({ Effect: "Allow", Principal: account, Action: "*" })), "account"));
  it("everyone but the one who asks", () =>
    equal(trusted(trust({ Effect: "Allow", NotPrincipal: { AWS: alice.arn }, Action: "sts:AssumeRole" })), "no"));
  it("everyone but someone else", () =>
    equal(
      trusted(
        trust({
          Effect: "Allow",
          NotPrincipal: { AWS: "arn:aws:iam::111122223333:user/bob" },
          Action: "sts:AssumeRole",
        }),
      ),
      "anyone",
    ));
  it("a Deny wins", () => equal(trusted(trust(lets(account), { ...lets({ AWS: alice.arn }), Effect: "Deny" })), "no"));
  it("a Deny for someone else does not", () =>
    equal(
      trusted(trust(lets(account), { ...lets({ AWS: "arn:aws:iam::111122223333:user/bob" }), Effect: "Deny" })),
      "account",
    ));
  it("with MFA where the trust demands it", () =>
    equal(trusted(trust(lets(account, withMfa)), alice, true), "account"));
  it("not without MFA where the trust demands it", () => equal(trusted(trust(lets(account, withMfa))), "no"));
  it("without MFA by a long-term key where BoolIfExists was meant to demand it", () =>
    equal(trusted(trust(lets(account, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }))), "account"));
  it("with an external id that the caller knows", () =>
    equal(trusted(trust(lets(account, { StringEquals: { "sts:ExternalId": "secret" } }))), "account"));
  it("not by a condition on another user", () =>
    equal(
      trusted(trust(lets(account, { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/bob" } }))),
      "no",
    ));
  it("by a condition on the user", () =>
    equal(trusted(trust(lets(account, { ArnEquals: { "aws:PrincipalArn": alice.arn } }))), "account"));
  it("a caller of an unknown account by name", () =>
    equal(trusted(trust(lets({ AWS: alice.arn })), { kind: "user", arn: "arn:aws:iam::*:user/alice" }), "named"));
  it("a caller of an unknown account by the account that is trusted", () =>
    equal(trusted(trust(lets(account)), { kind: "user", arn: "arn:aws:iam::*:user/alice" }), "account"));
  it("nobody knows while the principal is not known yet", () =>
    equal(trusted(trust(lets({ AWS: notYet }))), "unknown"));
  it("nobody knows while the trust is not read", () => equal(trusted(notRead("urn:trust")), "unknown"));
});

/** The answer, with what the call is tied to. */
function call(principal: Principal, action: string, resources: readonly string[], on: "some" | "all" = "some"): string {
  const verdict = mayCall(principal, { action, resources, on });
  return verdict.answer === "yes" ? ["yes", ...verdict.because.qualifiers].join(" ") : verdict.answer;
}

const adm = "arn:aws:iam::111122223333:role/adm";

describe("what a principal may call", () => {
  it("what is allowed on the resource", () =>
    equal(call(user(allow("sts:AssumeRole", adm)), "sts:AssumeRole", [adm]), "yes"));
  it("not what is allowed on another", () =>
    equal(call(user(allow("sts:AssumeRole", `${adm}2`)), "sts:AssumeRole", [adm]), "no"));
  it("not what is denied on it", () =>
    equal(call(user(allow("sts:*"), deny("sts:AssumeRole", adm)), "sts:AssumeRole", [adm]), "no"));
  it("what is denied on another", () =>
    equal(call(user(allow("sts:*"), deny("sts:AssumeRole", `${adm}2`)), "sts:AssumeRole", [adm]), "yes"));
  it("a resource of an unknown account", () =>
    equal(call(user(allow("sts:AssumeRole", adm)), "sts:AssumeRole", ["arn:aws:iam::*:role/adm"]), "yes"));
  it("some of the resources", () =>
    equal(
      call(user(allow("s3:GetObject", "arn:aws:s3:::a/*")), "s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]),
      "yes",
    ));
  it("not all of the resources", () =>
    equal(
      call(
        user(allow("s3:GetObject", "arn:aws:s3:::a/*")),
        "s3:GetObject",
        ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
        "all",
      ),
      "no",
    ));
  it("all of the resources by two statements", () =>
    equal(
      call(
        user(allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("s3:GetObject", "arn:aws:s3:::b/*")),
        "s3:GetObject",
        ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
        "all",
      ),
      "yes",
    ));
  it("all of a bucket but what a Deny takes out", () =>
    equal(
      call(
        user(allow("s3:GetObject"), deny("s3:*", "arn:aws:s3:::a/secret/*")),
        "s3:GetObject",
        ["arn:aws:s3:::a/*"],
        "all",
      ),
      "no",
    ));
  it("what takes no resource, only where the policy says *", () =>
    equal(call(user(allow("iam:ListUsers")), "iam:ListUsers", []), "yes"));
  it("not what takes no resource, on ARNs", () =>
    equal(call(user(allow("iam:ListUsers", "arn:aws:iam::*:user/*")), "iam:ListUsers", []), "no"));
  it("tied to MFA", () => equal(call(user(allow("sts:AssumeRole", adm, withMfa)), "sts:AssumeRole", [adm]), "yes mfa"));
  it("one of several actions by a wildcard", () =>
    equal(call(user(allow("sts:AssumeRoot")), "sts:Assume*", []), "yes"));
  it("GetCallerIdentity whatever is denied", () => equal(call(user(deny("*")), "sts:GetCallerIdentity", []), "yes"));
  it("nothing that AWS owns", () =>
    equal(call(user(allow("iam:*")), "iam:CreatePolicyVersion", ["arn:aws:iam::aws:policy/ReadOnlyAccess"]), "no"));
  it("nobody knows about an action that AWS has not published", () =>
    equal(call(user(allow("*")), "iam:MakeCoffee", []), "unknown"));
});
