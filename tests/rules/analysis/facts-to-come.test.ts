import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  group,
  groupPolicy,
  lambdaService,
  ownAccount,
  policy,
  role,
  trust,
  user,
  userPolicy,
} from "../../../policypack/rules/authoring/example-resources";
import { toldBy } from "../told";

const allow = (Action: unknown, Resource: unknown = "*", Condition?: unknown) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const admin = { managedPolicyArns: [administratorAccess] };
const later = unknownFrom("settings");

function ofGroup(...resources: readonly ExampleResource[]): Promise<readonly string[]> {
  return toldBy("no-overbroad-group", [group("ops"), ...resources]);
}

function ofUser(...resources: readonly ExampleResource[]): Promise<readonly string[]> {
  return toldBy("no-overbroad-user", resources);
}

const block = ["mandatory: ops"];
const open = ["advisory?: ops"];

describe("tags that are not known yet", () => {
  const byTag = { StringEquals: { "aws:ResourceTag/team": "ops" } };
  const assume = (condition?: unknown) => groupPolicy("work", "ops", policy(allow("sts:AssumeRole", "*", condition)));
  const tagged = (tags: unknown) => role("adm", trust(ownAccount), { ...admin, tags });

  it("of a role leave open whether it may be assumed by them", async () => {
    assert.deepEqual(await ofGroup(assume(byTag), tagged({ team: "ops" })), block);
    assert.deepEqual(await ofGroup(assume(byTag), tagged({ team: "web" })), []);
    assert.deepEqual(await ofGroup(assume(byTag), tagged(later)), open);
    assert.deepEqual(await ofGroup(assume(byTag), tagged({ team: later })), open);
    assert.deepEqual(await ofGroup(assume(), tagged(later)), block);
    const setsThem = groupPolicy("tag", "ops", policy(allow("iam:TagRole")));
    assert.deepEqual(await ofGroup(assume(byTag), tagged(later), setsThem), block);
  });

  it("of a user leave open what a trust policy asks of them", async () => {
    const onlyOps = trust(ownAccount, { StringEquals: { "aws:PrincipalTag/team": "ops" } });
    const adm = role("adm", onlyOps, admin);
    const dana = (tags: unknown, ...more: readonly unknown[]) => [
      user("dana", { tags }),
      userPolicy("work", "dana", policy(allow("sts:AssumeRole"), ...more)),
      adm,
    ];
    assert.deepEqual(await ofUser(...dana({ team: "ops" })), ["mandatory: dana"]);
    assert.deepEqual(await ofUser(...dana({ team: "web" })), []);
    assert.deepEqual(await ofUser(...dana({})), []);
    assert.deepEqual(await ofUser(...dana(later)), ["advisory?: dana"]);
    const setsThem = allow("iam:TagUser", "arn:aws:iam::*:user/${aws:username}");
    assert.deepEqual(await ofUser(...dana({ team: "web" }, setsThem)), ["mandatory: dana"]);
    assert.deepEqual(await ofGroup(assume(), adm), block);
  });

  it("of a user leave open what its own policies ask of them", async () => {
    const dana = (tags: unknown, condition?: unknown) =>
      ofUser(user("dana", { tags }), userPolicy("work", "dana", policy(allow("*", "*", condition))));
    const onlyOps = { StringEquals: { "aws:PrincipalTag/team": "ops" } };
    assert.deepEqual(await dana({ team: "ops" }, onlyOps), ["mandatory: dana"]);
    assert.deepEqual(await dana({ team: "web" }, onlyOps), []);
    assert.deepEqual(await dana(later, onlyOps), ["advisory?: dana"]);
    assert.deepEqual(await dana(later), ["mandatory: dana"]);
  });
});

describe("a path that is not known yet", () => {
  const at = (path: unknown, by: string) => role("adm", by, { ...admin, path });

  it("leaves open whether the role may be assumed", async () => {
    const assume = (pattern: string) =>
      groupPolicy("work", "ops", policy(allow("sts:AssumeRole", `arn:aws:iam::*:role/${pattern}`)));
    assert.deepEqual(await ofGroup(assume("app/*"), at("/app/", trust(ownAccount))), block);
    assert.deepEqual(await ofGroup(assume("app/*"), at("/web/", trust(ownAccount))), []);
    assert.deepEqual(await ofGroup(assume("app/*"), at(later, trust(ownAccount))), open);
    assert.deepEqual(await ofGroup(assume("*"), at(later, trust(ownAccount))), block);
  });

  it("leaves open whether the role may be passed", async () => {
    const passes = (pattern: string, path: unknown, by = trust(lambdaService)) =>
      toldBy("no-privilege-escalation", [
        group("ops"),
        groupPolicy("work", "ops", policy(allow("iam:PassRole", `arn:aws:iam::*:role/${pattern}`), allow("lambda:*"))),
        at(path, by),
      ]);
    assert.deepEqual(await passes("app/*", "/app/"), block);
    assert.deepEqual(await passes("app/*", "/web/"), ["advisory: ops"]);
    assert.deepEqual(await passes("app/*", later), ["advisory: ops", "advisory?: ops"]);
    assert.deepEqual(await passes("app/*", later, trust({ Service: "ec2.amazonaws.com" })), ["advisory: ops"]);
  });
});
