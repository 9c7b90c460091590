import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  everything,
  group,
  groupPolicy,
  membership,
  policy,
  user,
} from "../../../policypack/rules/authoring/example-resources";
import { toldBeforeCreation, toldBy } from "../told";

const id = "admin-group-membership";

function members(...users: readonly unknown[]): ExampleResource {
  const properties = { name: "members", group: "admins", users };
  return { type: "aws:iam/groupMembership:GroupMembership", name: "members", properties };
}

function under(options: Readonly<Record<string, unknown>>) {
  return { [id]: options, settings: { sanctionedGroups: ["admin*"] } };
}

describe("admin-group-membership", () => {
  it("asks nothing where no group is sanctioned", async () => {
    const config = { [id]: { allowedMembers: [], maxMembers: 0 } };
    assert.deepEqual(await toldBy(id, [group("admins"), members("mallory")], config), []);
  });

  it("takes the list for globs over names and ARNs, anybody when left out, nobody when empty", async () => {
    const resources = [group("admins"), members("alice", "mallory")];
    assert.deepEqual(await toldBy(id, resources, under({})), []);
    assert.deepEqual(await toldBy(id, resources, under({ allowedMembers: [] })), ["mandatory: admins"]);
    assert.deepEqual(await toldBy(id, resources, under({ allowedMembers: ["alice"] })), ["mandatory: admins"]);
    assert.deepEqual(await toldBy(id, resources, under({ allowedMembers: ["a*", "m*"] })), []);
    assert.deepEqual(await toldBy(id, resources, under({ allowedMembers: ["arn:aws:iam::*:user/*"] })), []);
  });

  it("counts members, each once", async () => {
    const five = [group("admins"), members("a", "b", "c", "d", "e")];
    assert.deepEqual(await toldBy(id, five, under({})), []);
    assert.deepEqual(await toldBy(id, [...five, membership("again", "a", ["admins"])], under({})), []);
    assert.deepEqual(await toldBy(id, [...five, membership("sixth", "f", ["admins"])], under({})), [
      "mandatory: admins",
    ]);
  });

  it("sees members of a group kept elsewhere", async () => {
    const config = under({ allowedMembers: ["alice"] });
    assert.deepEqual(await toldBy(id, [membership("in", "mallory", ["admins"])], config), ["mandatory: in"]);
  });

  it("waits for members that are not known: there may be none", async () => {
    const unknown = [group("admins"), members(unknownFrom("directory"))];
    assert.deepEqual(await toldBy(id, unknown, under({ allowedMembers: ["alice"] })), ["advisory?: admins"]);
    assert.deepEqual(await toldBy(id, unknown, under({ allowedMembers: [] })), ["advisory?: admins"]);
    const made = [user("alice"), group("admins"), members(unknownFrom("alice"))];
    assert.deepEqual(await toldBy(id, made, under({ allowedMembers: ["alice"] })), []);
  });

  it("tells of power without a sanction where no other rule does", async () => {
    const powerful = [group("ops"), groupPolicy("all", "ops", policy(everything))];
    assert.deepEqual(await toldBy(id, powerful, under({})), []);
    assert.deepEqual(await toldBy(id, powerful, { ...under({}), "no-overbroad-group": "disabled" }), [
      "mandatory: ops",
    ]);
  });

  it("sees users of aws-native and templates, and UserToGroupAddition", async () => {
    const config = under({ allowedMembers: ["alice"] });
    const native = {
      type: "aws-native:iam:User",
      name: "mallory",
      properties: { userName: "mallory", groups: ["admins"] },
    };
    const addition = {
      type: "aws-native:iam:UserToGroupAddition",
      name: "addition",
      properties: { groupName: "admins", users: ["mallory"] },
    };
    const templateBody = JSON.stringify({
      Resources: { M: { Type: "AWS::IAM::User", Properties: { UserName: "mallory", Groups: ["admins"] } } },
    });
    const stack = { type: "aws:cloudformation/stack:Stack", name: "people", properties: { templateBody } };
    assert.deepEqual(await toldBy(id, [group("admins"), native], config), ["mandatory: admins"]);
    assert.deepEqual(await toldBy(id, [group("admins"), addition], config), ["mandatory: admins"]);
    assert.deepEqual(await toldBy(id, [group("admins"), stack], config), ["mandatory: admins"]);
  });

  it("stops the membership before it exists", async () => {
    const resources = [group("admins"), membership("in", "mallory", ["admins"])];
    assert.deepEqual(await toldBeforeCreation(resources, under({ allowedMembers: ["alice"] })), [
      `in: mandatory ${id}`,
    ]);
  });
});
