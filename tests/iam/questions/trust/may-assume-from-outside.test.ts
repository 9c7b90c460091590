import { equal } from "node:assert/strict";
import { issuerOf, mayAssumeFromOutside, type Policy, type PrincipalFilter } from "../../../../policypack/iam";
import { documentOf, notRead } from "../../policies";

function trust(...statements: readonly unknown[]): Policy {
  return { origin: "trust", document: documentOf(statements, "trust") };
}

function lets(Principal: unknown, Condition: unknown = {}): Readonly<Record<string, unknown>> {
  return { Effect: "Allow", Principal, Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"], Condition };
}

const beforeSlash: PrincipalFilter = ([first = ""]) => first.includes("/");
const account = { from: { account: "444455556666" }, naming: {} };
const token = { from: { issuer: "gitlab.com" }, naming: { "gitlab.com:sub": beforeSlash } };
const gitLab = { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" };

describe("whether a trust policy lets somebody from an account in", () => {
  const answer = (policy: Policy) => mayAssumeFromOutside(policy, account).answer;

  it("by the account's root", () => equal(answer(trust(lets({ AWS: "arn:aws:iam::444455556666:root" }))), "yes"));
  it("by the account's number", () => equal(answer(trust(lets({ AWS: "444455556666" }))), "yes"));
  it("by a role of the account", () => equal(answer(trust(lets({ AWS: "arn:aws:iam::444455556666:role/a" }))), "yes"));
  it("not by another account", () => equal(answer(trust(lets({ AWS: "111122223333" }))), "no"));
  it("not by a provider of the account", () =>
    equal(answer(trust(lets({ Federated: "arn:aws:iam::444455556666:oidc-provider/gitlab.com" }))), "no"));
  it("by an exception that does not mean the whole account", () =>
    equal(
      answer(trust({ ...lets("*"), Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::444455556666:role/a" } })),
      "yes",
    ));
  it("not where the exception is the account", () =>
    equal(answer(trust({ ...lets("*"), Principal: undefined, NotPrincipal: { AWS: "444455556666" } })), "no"));
  it("not past a Deny of the account", () =>
    equal(answer(trust(lets("*"), { ...lets({ AWS: "444455556666" }), Effect: "Deny" })), "no"));
  it("past a Deny of one of its roles", () =>
    equal(answer(trust(lets("*"), { ...lets({ AWS: "arn:aws:iam::444455556666:role/a" }), Effect: "Deny" })), "yes"));
  it("as whom the element names, and as nobody else", () => {
    const named = (arn: string, condition: string) =>
      answer(trust(lets({ AWS: arn }, { ArnLike: { "aws:PrincipalArn": condition } })));
    equal(named("arn:aws:iam::444455556666:role/a", "arn:aws:iam::*:role/a"), "yes");
    equal(named("arn:aws:iam::444455556666:role/a", "arn:aws:iam::*:role/b"), "no");
    equal(named("arn:aws:iam::444455556666:role/a", "arn:aws:iam::*:user/*"), "no");
    equal(named("arn:aws:sts::444455556666:assumed-role/a/session", "arn:aws:iam::*:role/a"), "yes");
  });
  it("not as its root user, who can assume no role", () => {
    equal(answer(trust(lets("*", { StringEquals: { "aws:PrincipalType": "Account" } }))), "no");
    equal(answer(trust(lets("*", { StringEquals: { "aws:PrincipalType": "User" } }))), "yes");
  });
  it("without MFA, where it is asked about", () => {
    const policy = trust(lets("*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }));
    equal(mayAssumeFromOutside(policy, { ...account, withoutMfa: true }).answer, "no");
    equal(mayAssumeFromOutside(policy, account).answer, "yes");
  });
  it("under a name of its own choice", () =>
    equal(answer(trust(lets("*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } }))), "yes"));
  it("not with claims of a token", () =>
    equal(answer(trust(lets("*", { StringLike: { "gitlab.com:sub": "*" } }))), "no"));
  it("nobody knows, where the policy is not read", () => equal(answer(notRead("trust")), "unknown"));
});

describe("whether a trust policy lets somebody from an account that it does not speak of in", () => {
  const stranger = { from: { anyAccountBut: ["111122223333"] }, naming: {} };
  const answer = (policy: Policy) => mayAssumeFromOutside(policy, stranger).answer;
  const where = (key: string, value: string) => trust(lets("*", { StringLike: { [key]: value } }));

  it("by a star", () => equal(answer(trust(lets("*"))), "yes"));
  it("by an account that is a pattern", () => {
    equal(answer(where("aws:PrincipalArn", "arn:aws:iam::1*:role/ci")), "yes");
    equal(answer(where("aws:PrincipalAccount", "11112222333?")), "yes");
    equal(answer(trust(lets({ AWS: "arn:aws:iam::1*:role/ci" }))), "yes");
  });
  it("not by a pattern that only the account fits", () =>
    equal(answer(where("aws:PrincipalAccount", "*111122223333")), "no"));
  it("not by the account itself", () => equal(answer(trust(lets({ AWS: "111122223333" }))), "no"));
  it("not where two conditions mean different accounts", () => {
    const both = { "aws:PrincipalAccount": "1*", "aws:PrincipalArn": "arn:aws:iam::2*:role/ci" };
    equal(answer(trust(lets("*", { StringLike: both }))), "no");
  });
});

describe("whether a trust policy lets the holder of a token in", () => {
  const answer = (policy: Policy) => mayAssumeFromOutside(policy, token).answer;
  const subject = (operator: string, value: unknown) =>
    trust(lets(gitLab, { [operator]: { "gitlab.com:sub": value } }));

  it("without a condition", () => equal(answer(trust(lets(gitLab))), "yes"));
  it("not of another provider", () => equal(answer(trust(lets({ Federated: "accounts.google.com" }))), "no"));
  it("not of a SAML provider of that name", () =>
    equal(answer(trust(lets({ Federated: "arn:aws:iam::111122223333:saml-provider/gitlab.com" }))), "no"));
  it("by everybody", () => equal(answer(trust(lets("*"))), "yes"));
  it("not by a value that names", () => equal(answer(subject("StringLike", "acme/*")), "no"));
  it("by a value that does not", () => equal(answer(subject("StringLike", "acme*")), "yes"));
  it("not by a value with a star that is none", () => equal(answer(subject("StringEquals", "acme*")), "no"));
  it("by one of several values that does not name", () =>
    equal(answer(subject("StringLike", ["acme/*", "b*"])), "yes"));
  it("whatever the letter case of a name that is compared without it", () =>
    equal(answer(subject("StringEqualsIgnoreCase", "Acme/App")), "no"));
  it("by the condition on another provider's claim, never", () =>
    equal(answer(trust(lets(gitLab, { StringLike: { "accounts.google.com:sub": "*" } }))), "no"));
  it("not as a principal of AWS", () =>
    equal(answer(trust(lets(gitLab, { StringLike: { "aws:PrincipalArn": "*" } }))), "no"));
});

describe("whether a trust policy lets somebody in where its partition is not known", () => {
  const answer = (Condition: unknown) =>
    mayAssumeFromOutside(trust(lets("*", Condition)), { from: { account: "444455556666" }, naming: {} }).answer;

  it("in a region of another partition", () => {
    equal(answer({ StringEquals: { "aws:RequestedRegion": "us-gov-west-1" } }), "yes");
    equal(
      answer({
        StringEquals: { "aws:RequestedRegion": "us-gov-west-1" },
        ArnLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:*" },
      }),
      "no",
    );
  });
});

describe("the issuer in a federated principal", () => {
  it("in an ARN", () =>
    equal(issuerOf("arn:aws-cn:iam::111122223333:oidc-provider/api.pulumi.com/oidc"), "api.pulumi.com/oidc"));
  it("built in", () => equal(issuerOf("cognito-identity.amazonaws.com"), "cognito-identity.amazonaws.com"));
  it("in capitals", () => equal(issuerOf("arn:aws:iam::1:oidc-provider/GitLab.com"), "gitlab.com"));
  it("none for SAML", () => equal(issuerOf("arn:aws:iam::111122223333:saml-provider/adfs"), undefined));
});
