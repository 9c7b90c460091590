import assert from "node:assert/strict";
import { noOverbroadGroup } from "../../../policypack/rules/administrators/no-overbroad-group";
import { requireUserMfa } from "../../../policypack/rules/users/require-user-mfa";
import { type Config, Engine, type Told } from "../asked";
import { type Registered, urnOf } from "../requests";
import { askedBeforeCreation, lampOn, lampType } from "../rules";

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const nothing = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });

const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
const grant: Registered = {
  type: "aws:iam/groupPolicy:GroupPolicy",
  name: "all",
  inputs: { name: "all", group: "admins", policy: everything },
};
const deny: Registered = {
  type: "aws:iam/groupPolicy:GroupPolicy",
  name: "none",
  inputs: { name: "none", group: "admins", policy: nothing },
};
const groupUrn = urnOf(group.type, group.name);

async function update(config: Config = {}): Promise<Engine> {
  const engine = new Engine({ rules: [noOverbroadGroup, requireUserMfa, lampOn], config });
  await engine.start(false);
  return engine;
}

function lines(told: readonly Told[]): readonly string[] {
  return told.map(({ policy, level, urn }) => `${policy} ${level} ${urn}`);
}

describe("an update", () => {
  it("stops an admin grant before it exists, and says before which resource", async () => {
    const engine = await update();
    assert.deepEqual(await engine.analyze(group), []);
    const told = await engine.analyze(grant);
    assert.deepEqual(lines(told), [`no-overbroad-group mandatory ${groupUrn}`]);
    assert.match(told[0]?.message ?? "", /^When: stopped before aws:iam\/groupPolicy:GroupPolicy "all" is made\.$/m);
  });

  it("stops a grant that comes before its group", async () => {
    const engine = await update();
    assert.deepEqual(lines(await engine.analyze(grant)), [`no-overbroad-group mandatory ${urnOf(grant.type, "all")}`]);
  });

  it("lets a grant pass that an earlier Deny takes away", async () => {
    const engine = await update();
    assert.deepEqual(await engine.analyze(group), []);
    assert.deepEqual(await engine.analyze(deny), []);
    assert.deepEqual(await engine.analyze(grant), []);
  });

  it("tells of a stopped grant once, and again only if the run goes on all the same", async () => {
    const engine = await update();
    await engine.analyze(group);
    assert.equal((await engine.analyze(grant)).length, 1);
    assert.deepEqual(await engine.analyze({ ...grant, name: "again" }), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group mandatory ${groupUrn}`]);
  });

  it("leaves missing protection to the end", async () => {
    const engine = await update();
    const user = { type: "aws:iam/user:User", name: "alice", inputs: { name: "alice", path: "/" } };
    const login = { type: "aws:iam/userLoginProfile:UserLoginProfile", name: "login", inputs: { user: "alice" } };
    assert.deepEqual(await engine.analyze(user), []);
    assert.deepEqual(await engine.analyze(login), []);
    assert.deepEqual(lines(await engine.analyzeStack([user, login])), [
      `require-user-mfa mandatory ${urnOf(user.type, "alice")}`,
    ]);
  });

  it("leaves what would only advise to the end", async () => {
    const engine = await update({ "no-overbroad-group": "advisory" });
    await engine.analyze(group);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group advisory ${groupUrn}`]);
  });

  it("leaves a waived grant to the end", async () => {
    const reason = "Until the role is there.";
    const waiver = { rule: "no-overbroad-group", resource: "admins", reason, expires: "2026-06-30" };
    const engine = await update({ settings: { waivers: [waiver] } });
    await engine.analyze(group);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group advisory ${groupUrn}`]);
  });

  it("waits for the end where blockBeforeCreation is false", async () => {
    const engine = await update({ settings: { blockBeforeCreation: false } });
    await engine.analyze(group);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group mandatory ${groupUrn}`]);
  });

  it("stops a disabled rule's grants never", async () => {
    const engine = await update({ "no-overbroad-group": "disabled" });
    await engine.analyze(group);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(await engine.analyzeStack([group, grant]), []);
  });

  it("tells of a single resource at that resource and not again", async () => {
    const engine = await update();
    const lamp = { type: lampType, name: "desk", inputs: { on: true } };
    assert.deepEqual(lines(await engine.analyze(lamp)), [`lamp-on mandatory ${urnOf(lampType, "desk")}`]);
    assert.deepEqual(await engine.analyzeStack([lamp]), []);
  });

  it("tells once what a rule finds at the resource and again at the end", async () => {
    const twice = { ...lampOn, phases: ["resource", "stack"] as const };
    const lamp = { type: lampType, name: "desk", inputs: { on: true } };
    const engine = new Engine({ rules: [twice] });
    await engine.start(true);
    assert.equal((await engine.analyze(lamp)).length, 1);
    assert.deepEqual(await engine.analyzeStack([lamp]), []);
  });

  it("stops an attachment of a policy that was made earlier in the run, by its ARN", async () => {
    const engine = await update();
    const type = "aws:iam/policy:Policy";
    await engine.analyze({ type, name: "all", inputs: { name: "all-1234567", path: "/", policy: everything } });
    await engine.analyze(group);
    const policyArn = "arn:aws:iam::123456789012:policy/all-1234567";
    const attachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
    assert.deepEqual(
      lines(await engine.analyze({ type: attachment, name: "a", inputs: { group: "admins", policyArn } })),
      [`no-overbroad-group mandatory ${groupUrn}`],
    );
  });
});

describe("an update of a large stack", () => {
  async function askedAbout(...shown: readonly Registered[]): Promise<readonly string[]> {
    const asked: string[] = [];
    const engine = new Engine({ rules: [askedBeforeCreation(asked)] });
    await engine.start(false);
    for (const resource of shown) await engine.analyze(resource);
    return asked;
  }

  const others: Registered = { type: "aws:iam/group:Group", name: "others", inputs: { name: "others", path: "/" } };
  const user: Registered = { type: "aws:iam/user:User", name: "eve", inputs: { name: "eve", path: "/" } };
  const joins: Registered = {
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    name: "eve",
    inputs: { user: "eve", groups: ["admins"] },
  };

  it("asks about an identity when it is shown, and again when a resource changes it", async () => {
    assert.deepEqual(await askedAbout(others, group, grant, deny), [
      "group others",
      "group admins",
      "group admins",
      "group admins",
    ]);
  });

  it("asks about a user again when its groups change, and about a group when its members do", async () => {
    assert.deepEqual(await askedAbout(user, group, joins, grant), [
      "user eve",
      "group admins",
      "user eve",
      "group admins",
      "user eve",
      "group admins",
    ]);
  });

  it("asks again about what is shown again", async () => {
    assert.deepEqual(await askedAbout(group, others, group), ["group admins", "group others", "group admins"]);
  });
});

describe("an analysis of a stack's state", () => {
  it("stops nothing before creation: the engine announces no run, and everything exists", async () => {
    const engine = new Engine({ rules: [noOverbroadGroup] });
    assert.deepEqual(await engine.analyze(group), []);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group mandatory ${groupUrn}`]);
  });
});

describe("a preview", () => {
  it("judges the whole stack at its end only, so that the order does not matter", async () => {
    const engine = new Engine({ rules: [noOverbroadGroup] });
    await engine.start(true);
    assert.deepEqual(await engine.analyze(group), []);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual(await engine.analyzeStack([group, grant, deny]), []);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [`no-overbroad-group mandatory ${groupUrn}`]);
  });
});
