import { deepEqual, equal } from "node:assert/strict";
import type { Principal } from "../../../policypack/iam";
import { Mentioned } from "../../../policypack/iam/language/mentions";
import { identitiesOf } from "../../../policypack/iam/requests/identities";
import { allow, deny, documentOf } from "../policies";

const account = "111122223333";
const alice: Principal = { kind: "user", name: "alice", path: "/eng/", account, partition: "aws", identity: [] };
const { name: _, ...nameless } = alice;
const { path: __, ...pathless } = alice;
const { account: ___, ...homeless } = alice;
const { partition: ____, ...anywhere } = alice;
const member: Principal = { ...alice, kind: "group", name: "devs" };

function identities(principal: Principal, ...statements: readonly unknown[]) {
  return identitiesOf(principal, new Mentioned([documentOf(statements)])).all;
}

const accounts = (...statements: readonly unknown[]) =>
  identities(homeless, ...statements).map((identity) => identity.account);
const names = (principal: Principal, ...statements: readonly unknown[]) =>
  identities(principal, ...statements).map(({ path, name }) => path + name);

const inAccounts = (...ids: readonly string[]) =>
  allow(
    "sts:AssumeRole",
    ids.map((id, i) => `arn:aws:iam::${id}:role/r${i}`),
  );

describe("who a principal can turn out to be", () => {
  it("is itself where all is known", () =>
    deepEqual(identities(alice, inAccounts("444455556666")), [
      { account, partition: "aws", path: "/eng/", name: "alice" },
    ]));

  it("is in some account where none is mentioned", () => deepEqual(accounts(allow("*")), ["123456789012"]));
  it("is in each account that is mentioned, and in another", () =>
    deepEqual(accounts(inAccounts("100000000001", "100000000002", "100000000003", "100000000004", "100000000005")), [
      "100000000001",
      "100000000002",
      "100000000003",
      "100000000004",
      "100000000005",
      "123456789012",
    ]));
  it("is in another than the one of the documentation where that is mentioned", () =>
    deepEqual(accounts(inAccounts("123456789012")), ["123456789012", "234567890123"]));
  it("is in one of several accounts that play the same role", () =>
    deepEqual(
      accounts(allow("sts:AssumeRole", ["arn:aws:iam::100000000001:role/r", "arn:aws:iam::100000000002:role/r"])),
      ["100000000001", "123456789012"],
    ));
  it("is in an account for each way of matching parts of ids", () =>
    deepEqual(accounts(allow("*", ["arn:aws:iam::1*:role/r", "arn:aws:iam::*2:role/r"])), [
      "123456789012",
      "123456789013",
      "223456789012",
      "223456789013",
    ]));
  it("is in the accounts of its own policies, not in that of AWS's or in none", () => {
    const managedPolicyArns = [
      "arn:aws:iam::222222222222:policy/a",
      "arn:aws:iam::aws:policy/b",
      "arn:aws:iam::1:policy/c",
    ];
    const found = identities({ ...homeless, managedPolicyArns }).map((identity) => identity.account);
    deepEqual(found, ["222222222222", "123456789012"]);
  });

  it("is in aws where no other partition is named", () =>
    deepEqual(
      identities(anywhere, allow("*", "arn:*:iam::*:*")).map(({ partition }) => partition),
      ["aws"],
    ));
  it("is in a partition that is named", () =>
    deepEqual(
      identities(anywhere, allow("*", "arn:aws-us-gov:iam::*:*")).map(({ partition }) => partition),
      ["aws", "aws-us-gov"],
    ));
  it("is in one partition of several that are meant alike", () =>
    deepEqual(
      identities(anywhere, allow("*", "arn:aws-iso*:iam::*:*")).map(({ partition }) => partition),
      ["aws", "aws-iso"],
    ));

  it("has some name where none is singled out", () => deepEqual(names(nameless, allow("*")), ["/eng/some-user"]));
  it("has a name that a condition asks for, or another", () =>
    deepEqual(names(nameless, allow("*", "*", { StringEquals: { "aws:username": ["bob"] } })), [
      "/eng/some-user",
      "/eng/bob",
    ]));
  it("has a name like one, or unlike all", () =>
    deepEqual(names(nameless, deny("*", "*", { StringLike: { "aws:username": ["s*", "*r"] } })), [
      "/eng/some-user",
      "/eng/example",
      "/eng/exampler",
      "/eng/sexample",
    ]));
  it("has a name that an ARN of principals ends in", () =>
    deepEqual(names(nameless, allow("*", "*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/eng/carol" } })), [
      "/eng/some-user",
      "/eng/carol",
    ]));
  it("has the path of an ARN of principals where its own is not known", () =>
    deepEqual(names(pathless, allow("*", "*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/ops/alice" } })), [
      "/alice",
      "/ops/alice",
    ]));
  it("has a path for each set of patterns that some path matches", () =>
    deepEqual(
      names(
        pathless,
        allow("*", "*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/t*/alice" } }),
        deny("*", "*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/tx*/*" } }),
      ),
      ["/alice", "/texample/alice", "/txexample/alice"],
    ));
  it("has a name that no Resource singles out", () =>
    deepEqual(names(nameless, allow("iam:*", ["arn:aws:iam::*:user/*-user", "arn:aws:iam::*:user/*"])), [
      "/eng/eexample",
    ]));
  it("has a name that another value has where one has the variable", () =>
    deepEqual(
      names(nameless, allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"), deny("s3:*", "arn:aws:s3:::home/a*")),
      ["/eng/some-user", "/eng/aexample"],
    ));
  it("has no name of a value that is about something else", () =>
    deepEqual(names(nameless, allow("s3:*", ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::logs/a*"])), [
      "/eng/some-user",
    ]));
  it("is a member of a group, of whom nothing is known", () =>
    deepEqual(names(member, allow("*", "*", { StringEquals: { "aws:username": "bob" } })), ["/some-member", "/bob"]));

  it("says that there are too many", () => {
    const many = Array.from({ length: 200 }, (_, i) => inAccounts(String(100_000_000_000 + i)));
    const found = identitiesOf(homeless, new Mentioned([documentOf(many)]));
    equal(found.isCut, true);
    equal(found.all.length, 128);
  });
});

describe("a name or path of which only the form is known", () => {
  const { name: _____, path: ______, ...role } = { ...alice, kind: "role" as const };
  const like = {
    ...role,
    nameLike: "AWSReservedSSO_Ops_????????????????",
    pathLike: "/aws-reserved/sso.amazonaws.com/*",
  };
  const whose = (arn: string) => names(like, allow("*", "*", { ArnLike: { "aws:PrincipalArn": arn } }));

  it("has some name of that form where none is singled out", () =>
    deepEqual(names(like, allow("*")), ["/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0000000000000000"]));
  it("has no name of another form, and the path or another of that form", () => {
    deepEqual(whose("arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*"), [
      "/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0000000000000000",
      "/aws-reserved/sso.amazonaws.com/x/AWSReservedSSO_Ops_0000000000000000",
    ]);
    deepEqual(whose("arn:aws:iam::*:role/deploy"), [
      "/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0000000000000000",
    ]);
  });
  it("has a path of that form that a value asks for", () =>
    deepEqual(whose("arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_*"), [
      "/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0000000000000000",
      "/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0000000000000000",
    ]));
});
