import assert from "node:assert/strict";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { aliasUrnsOf } from "../../../cli/offline/aliases";
import { nameOf, typeOf, urnOf } from "../../../cli/pulumi/urn";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const TEAM = "urn:pulumi:dev::shop::acme:index:Team::ops";
const user = { stack: "dev", project: "shop", parent: STACK, type: "aws:iam/user:User", name: "alice" };

describe("URNs", () => {
  it("do not count the stack as a parent", () => {
    assert.equal(urnOf(user), "urn:pulumi:dev::shop::aws:iam/user:User::alice");
  });

  it("carry the types of every other parent", () => {
    const inTeam = urnOf({ ...user, parent: TEAM });
    assert.equal(inTeam, "urn:pulumi:dev::shop::acme:index:Team$aws:iam/user:User::alice");
    assert.equal(
      urnOf({ ...user, parent: inTeam }),
      "urn:pulumi:dev::shop::acme:index:Team$aws:iam/user:User$aws:iam/user:User::alice",
    );
  });

  it("give back the type and the name, colons in it included", () => {
    const urn = urnOf({ ...user, parent: TEAM, name: "a::b:c" });
    assert.equal(typeOf(urn), "aws:iam/user:User");
    assert.equal(nameOf(urn), "a::b:c");
  });
});

describe("aliases", () => {
  const spec = (change: (spec: Alias.Spec) => void) => {
    const made = new Alias.Spec();
    change(made);
    return new Alias().setSpec(made);
  };

  it("keep what they leave out", () => {
    assert.deepEqual(aliasUrnsOf([spec((it) => it.setName("al"))], { ...user, parent: TEAM }), [
      "urn:pulumi:dev::shop::acme:index:Team$aws:iam/user:User::al",
    ]);
  });

  it("may have had no parent", () => {
    assert.deepEqual(aliasUrnsOf([spec((it) => it.setNoparent(true))], { ...user, parent: TEAM }), [
      "urn:pulumi:dev::shop::aws:iam/user:User::alice",
    ]);
  });

  it("may be whole URNs, and count once", () => {
    const urn = "urn:pulumi:old::shop::aws:iam/user:User::alice";
    assert.deepEqual(aliasUrnsOf([new Alias().setUrn(urn), spec((it) => it.setStack("old"))], user), [urn]);
  });
});
