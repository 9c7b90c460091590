import assert from "node:assert/strict";
import { unknownFrom } from "../../policypack/rules/authoring/example";
import { administratorAccess, policy } from "../../policypack/rules/authoring/example-resources";
import { toldBy } from "./told";

/** A resource whose name, or that of the identity that it is about, comes from one that is not made yet. */
function toCome(type: string, name: string, properties: Readonly<Record<string, unknown>>) {
  return { type, name, properties };
}

const suffix = unknownFrom("suffix");
const group = toCome("aws:iam/group:Group", "ops", { name: suffix, path: "/" });
const user = toCome("aws:iam/user:User", "bot", { name: suffix, path: "/machines/" });
const ofGroup = unknownFrom("ops");
const ofUser = unknownFrom("bot");
const groupAdmin = toCome("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "all", {
  group: ofGroup,
  policyArn: administratorAccess,
});
const userAdmin = toCome("aws:iam/userPolicyAttachment:UserPolicyAttachment", "all", {
  user: ofUser,
  policyArn: administratorAccess,
});
const lambda = { Effect: "Allow", Action: ["iam:PassRole", "lambda:*"], Resource: "*" };
const escalation = toCome("aws:iam/groupPolicy:GroupPolicy", "work", { group: ofGroup, policy: policy(lambda) });
const key = toCome("aws:iam/accessKey:AccessKey", "key", { user: ofUser, status: "Active" });
const reads = toCome("aws:iam/userPolicy:UserPolicy", "reads", {
  user: ofUser,
  policy: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
});

describe("identities whose name may still be on a list of the settings", () => {
  it("no-overbroad-group waits for the name", async () => {
    const config = { settings: { sanctionedGroups: ["admins-*"] } };
    assert.deepEqual(await toldBy("no-overbroad-group", [group, groupAdmin], config), ["advisory?: ops"]);
  });
  it("no-overbroad-group blocks where the list is empty", async () => {
    assert.deepEqual(await toldBy("no-overbroad-group", [group, groupAdmin]), ["mandatory: ops"]);
  });
  it("no-overbroad-group blocks a group of a template that nobody gives a name", async () => {
    const config = { settings: { sanctionedGroups: ["admins-*"] } };
    const group = { Type: "AWS::IAM::Group", Properties: { ManagedPolicyArns: [administratorAccess] } };
    const stack = toCome("aws:cloudformation/stack:Stack", "ops", {
      templateBody: JSON.stringify({ Resources: { Ops: group } }),
    });
    assert.deepEqual(await toldBy("no-overbroad-group", [stack], config), ["mandatory: ops"]);
  });
  it("no-overbroad-user waits for the name", async () => {
    const config = { settings: { sanctionedUsers: ["break-glass"] } };
    assert.deepEqual(await toldBy("no-overbroad-user", [user, userAdmin], config), ["advisory?: bot"]);
  });
  it("no-overbroad-user blocks where only groups are listed", async () => {
    const config = { settings: { sanctionedGroups: ["break-glass"] } };
    assert.deepEqual(await toldBy("no-overbroad-user", [user, userAdmin], config), ["mandatory: bot"]);
  });
  it("no-privilege-escalation waits for the name", async () => {
    const config = { settings: { sanctionedGroups: ["admins-*"] } };
    assert.deepEqual(await toldBy("no-privilege-escalation", [group, escalation], config), ["advisory?: ops"]);
  });
  it("no-privilege-escalation blocks where the list is empty", async () => {
    assert.deepEqual(await toldBy("no-privilege-escalation", [group, escalation]), ["mandatory: ops"]);
  });
  it("require-user-mfa waits for the name of what may be a machine", async () => {
    const config = { settings: { machineUsers: ["bot-*"] } };
    assert.deepEqual(await toldBy("require-user-mfa", [user, key, reads], config), ["advisory?: bot"]);
  });
  it("require-user-mfa takes a machine by its path, whatever its name", async () => {
    const config = { settings: { machineUsers: ["/machines/*"] } };
    assert.deepEqual(await toldBy("require-user-mfa", [user, key, reads], config), []);
  });
  it("require-user-mfa blocks where only another path is listed", async () => {
    const config = { settings: { machineUsers: ["/robots/*"] } };
    assert.deepEqual(await toldBy("require-user-mfa", [user, key, reads], config), ["mandatory: bot"]);
  });
});
