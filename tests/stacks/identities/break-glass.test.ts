import assert from "node:assert/strict";
import { BreakGlass, type BreakGlassArgs } from "../../../stacks/components";
import { call, type Event, signIn, USER } from "../alarms/events";
import { filterMatches } from "../alarms/filter-pattern";
import { ALARM, args, FILTER, trail } from "../alarms/on-a-trail";
import { all, only, type Registered, refusalOf, registeredBy } from "../registered";

function breakGlass(different: Partial<BreakGlassArgs> = {}): Promise<readonly Registered[]> {
  return registeredBy(() => new BreakGlass("emergency", { ...args, ...different }), trail());
}

async function refusalMessage(different: Partial<BreakGlassArgs>): Promise<string> {
  const [message, registered] = await refusalOf(() => new BreakGlass("emergency", { ...args, ...different }), trail());
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: BreakGlass", () => {
  it("makes one user without a policy, a password or a key of its own", async () => {
    const registered = await breakGlass();
    assert.deepEqual(only(registered, "aws:iam/user:User").inputs, {
      name: "break-glass",
      path: "/break-glass/",
      forceDestroy: true,
    });
    assert.deepEqual(
      registered.filter(({ type }) => /userPolicy|loginProfile|accessKey/i.test(type)),
      [],
    );
  });

  it("lets that user alone, with MFA, into one role for an hour", async () => {
    const role = only(await breakGlass({ breakGlassUser: "glass", breakGlassRole: "hammer" }), "aws:iam/role:Role");
    assert.equal(role.inputs.name, "hammer");
    assert.equal(role.inputs.maxSessionDuration, 3600);
    assert.deepEqual(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement[0].Condition, {
      StringEquals: { "aws:username": ["glass"] },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    });
  });

  it("makes the alarms before the user, and the user before its membership", async () => {
    const types = (await breakGlass()).map(({ type }) => type);
    assert.ok(types.indexOf(ALARM) < types.indexOf("aws:iam/user:User"));
    assert.ok(types.indexOf("aws:iam/user:User") < types.indexOf("aws:iam/userGroupMembership:UserGroupMembership"));
  });

  it("refuses to be without anybody who is told", async () => {
    assert.match(
      await refusalMessage({ subscribers: [] }),
      /^BreakGlass: subscribers is empty, so nobody would be told/,
    );
  });

  it("refuses a user's name with a path", async () => {
    assert.match(
      await refusalMessage({ breakGlassUser: "people/glass" }),
      /^BreakGlass: breakGlassUser is "people\/glass", which is not a user's name/,
    );
  });

  it("stops where the trail would miss events", async () => {
    const [message] = await refusalOf(() => new BreakGlass("emergency", args), trail({ IsLogging: false }));
    assert.match(message, /^BreakGlass: trail organization-trail is switched off/);
  });
});

describe("stacks: what the alarms of BreakGlass see", () => {
  let filters: readonly Registered[];
  before(async () => {
    filters = all(await breakGlass({ breakGlassUser: "glass", breakGlassRole: "hammer" }), FILTER);
  });

  function alarmsFor(event: Event): readonly unknown[] {
    return filters.flatMap(({ inputs }) => (filterMatches(String(inputs.pattern), event) ? [inputs.name] : []));
  }

  const glass = { ...USER, arn: "arn:aws:iam::111122223333:user/break-glass/glass", userName: "glass" };
  const hammer = {
    type: "AssumedRole",
    arn: "arn:aws:sts::111122223333:assumed-role/hammer/glass",
    sessionContext: { sessionIssuer: { type: "Role", userName: "hammer" } },
  };

  it("see the user sign in, and try to", () => {
    assert.deepEqual(alarmsFor(signIn(glass, "Yes")), ["break-glass-use"]);
    assert.deepEqual(alarmsFor(signIn(glass, "No", "Failure")), ["break-glass-use"]);
    assert.deepEqual(alarmsFor(signIn(USER, "Yes")), []);
  });

  it("see each call of the role's session, those that read too", () => {
    const reading = { userIdentity: hammer, readOnly: true };
    assert.deepEqual(alarmsFor(call("s3", "ListBuckets", null, reading)), ["break-glass-use"]);
    assert.deepEqual(alarmsFor(call("s3", "ListBuckets", null, { userIdentity: USER, readOnly: true })), []);
  });

  it("see anybody who tries to assume the role", () => {
    const assume = (role: string) =>
      call("sts", "AssumeRole", { roleArn: `arn:aws:iam::111122223333:role/${role}` }, { userIdentity: USER });
    assert.deepEqual(alarmsFor(assume("hammer")), ["break-glass-use"]);
    assert.deepEqual(alarmsFor(assume("sledgehammer")), []);
  });

  it("see what is changed about the user, its group and the role", () => {
    const change = (name: string, parameters: object) => call("iam", name, parameters, { userIdentity: USER });
    assert.deepEqual(alarmsFor(change("UpdateLoginProfile", { userName: "glass" })), ["break-glass-change"]);
    assert.deepEqual(alarmsFor(change("DeactivateMFADevice", { userName: "glass" })), ["break-glass-change"]);
    assert.deepEqual(alarmsFor(change("UpdateAssumeRolePolicy", { roleName: "hammer" })), ["break-glass-change"]);
    assert.deepEqual(alarmsFor(change("DetachGroupPolicy", { groupName: "hammer" })), ["break-glass-change"]);
    assert.deepEqual(
      alarmsFor(change("CreatePolicyVersion", { policyArn: "arn:aws:iam::111122223333:policy/hammer-self-service" })),
      ["break-glass-change"],
    );
    assert.deepEqual(alarmsFor(change("UpdateLoginProfile", { userName: "anaya" })), []);
  });

  it("keep still while somebody looks at the user", () => {
    assert.deepEqual(
      alarmsFor(call("iam", "ListMFADevices", { userName: "glass" }, { userIdentity: USER, readOnly: true })),
      [],
    );
  });
});
