import { equal } from "node:assert/strict";
import { allow, deny, group, policy, role, user } from "../../policies";
import { power } from "../../verdicts";

describe("admin power by what nobody knows before", () => {
  const byId = (value: string, made: typeof user = user) =>
    power(made(allow("*", "*", { StringLike: { "aws:userid": value } })));

  it("the id that AWS gives a user", () => {
    equal(byId("AIDAJQABLZS4A3QDU576Q"), "full");
    equal(byId("AROADBQP57FF2AEXAMPLE:bob"), "no");
    equal(byId("bob"), "no");
  });
  it("the id that AWS gives a role, with the name of a session", () => {
    equal(byId("AROADBQP57FF2AEXAMPLE:*", role), "full");
    equal(byId("AIDAJQABLZS4A3QDU576Q", role), "no");
    equal(byId("*:*:*", role), "no");
  });
  it("a region that tells of another partition, where its own is not known", () => {
    const inRegion = (region: string) =>
      group(allow("iam:*", "*", { StringEquals: { "aws:RequestedRegion": region } }));
    equal(power(inRegion("us-gov-west-1")), "iam-full");
    equal(power(inRegion("eu-west-1")), "no");
    equal(power({ ...inRegion("us-gov-west-1"), partition: "aws" }), "no");
  });
  it("a path that patterns tell from others", () => {
    const path = (name: string) => ({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::*:user/${name}` } });
    equal(power(user(allow("*", "*", path("t*/alice")), deny("*", "*", path("tx*/*")))), "full");
    equal(power(user(allow("*", "*", path("t*/alice")), deny("*", "*", path("t*/*")))), "no");
  });
});

describe("admin power over IAM entities of any name", () => {
  const joins = (...names: string[]) =>
    power(
      group(
        allow(
          "iam:AddUserToGroup",
          names.map((name) => `arn:aws:iam::*:group/${name}`),
        ),
      ),
    );

  it("is not what reaches names of one form", () => {
    equal(joins("*-group"), "self-escalation resource");
    equal(joins("a*"), "self-escalation resource");
  });
  it("is what reaches all of them", () => {
    equal(joins("*"), "self-escalation");
    equal(joins("*-group", "?*"), "self-escalation");
  });
  it("is left where names of one form are denied", () =>
    equal(power(group(allow("iam:AddUserToGroup"), deny("iam:*", "arn:aws:iam::*:group/*-group"))), "self-escalation"));
  it("is of the caller's account", () => {
    const ofAccount = (id: string) => power(user(allow("iam:*", "*", { StringEquals: { "aws:ResourceAccount": id } })));
    equal(ofAccount("111122223333"), "iam-full");
    equal(ofAccount("444455556666"), "no");
  });
});

describe("admin power of somebody whose name or path is not known", () => {
  const { name: _, ...nameless } = user();
  const own = "arn:aws:iam::111122223333:user/team/alice";
  const boundary = policy(allow("iam:*PermissionsBoundary"));

  it("over somebody that a statement names, who may be itself", () => {
    equal(power({ ...user(allow("iam:*", own)) }), "self-escalation resource");
    equal(power({ ...user(allow("iam:*", own)), path: "/team/" }), "self-escalation");
    equal(power({ ...user(allow("iam:*", own)), path: "/ops/" }), "no");
  });
  it("over its own boundary, where a statement may mean it", () => {
    const identity = [policy(allow("iam:*", own))];
    equal(power({ ...nameless, identity, boundary }), "self-escalation resource");
    equal(power({ ...nameless, identity, boundary, name: "alice", path: "/team/" }), "self-escalation");
    equal(power({ ...nameless, identity, boundary, name: "bob", path: "/team/" }), "no");
  });
});

describe("admin power once a boundary is replaced", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const boundary = policy(allow("iam:*PermissionsBoundary"));
  const asks = (operator: string, value: unknown) =>
    power({ ...user(allow("iam:*", "*", { [operator]: { "iam:PermissionsBoundary": value } })), path: "/", boundary });

  it("by one that bounds nothing, which later calls may have to have", () => {
    equal(asks("StringEquals", admin), "self-escalation");
    equal(asks("StringEquals", "arn:aws:iam::aws:policy/ReadOnlyAccess"), "no");
  });
});
