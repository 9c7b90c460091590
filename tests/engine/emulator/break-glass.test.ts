import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";
import { makeTrail } from "./trail";

describe("the stack break-glass, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("break-glass");
  });
  after(() => here?.dispose());

  async function users(): Promise<string[]> {
    const { Users = [] } = await here.account.iam.listUsers({});
    return Users.map((it) => it.Arn ?? "");
  }

  async function alarms(): Promise<string[]> {
    const { MetricAlarms = [] } = await here.account.cloudWatch.describeAlarms({});
    return MetricAlarms.map((it) => it.AlarmName ?? "").sort();
  }

  async function trustedNames(): Promise<unknown> {
    const { Role } = await here.account.iam.getRole({ RoleName: "break-glass" });
    const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""));
    return trust.Statement[0].Condition.StringEquals["aws:username"];
  }

  it("stops before there is a user where the trail is switched off", async () => {
    await makeTrail(here);
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /BreakGlass: trail organization-trail is switched off/);
    assert.notEqual(up.code, 0);
    assert.deepEqual(await users(), []);
  });

  it("makes the alarms, the user and the role that it alone may assume", async () => {
    await here.account.cloudTrail.startLogging({ Name: "organization-trail" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await alarms(), ["break-glass-change", "break-glass-use"]);
    assert.deepEqual(await users(), ["arn:aws:iam::123456789012:user/break-glass/break-glass"]);
    assert.deepEqual(await trustedNames(), ["break-glass"]);
    const { Groups = [] } = await here.account.iam.listGroupsForUser({ UserName: "break-glass" });
    assert.deepEqual(
      Groups.map((it) => it.GroupName),
      ["break-glass"],
    );
  });

  it("has nothing to do at a second up, with the password that somebody has set", async () => {
    await here.account.iam.createLoginProfile({ UserName: "break-glass", Password: "set-by-hand-41-times-A" });
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody changed by hand, and repairs it", async () => {
    const { cloudWatch, iam } = here.account;
    const open = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    await iam.updateAssumeRolePolicy({
      RoleName: "break-glass",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [open] }),
    });
    await cloudWatch.deleteAlarms({ AlarmNames: ["break-glass-use"] });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /~ AWS: "arn:aws:iam::123456789012:root" => "\*"/);
    assert.match(refresh.output, /- aws:cloudwatch\/metricAlarm:MetricAlarm: \(delete\)/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await trustedNames(), ["break-glass"]);
    assert.deepEqual(await alarms(), ["break-glass-change", "break-glass-use"]);
  });

  it("leaves nothing behind, the password neither", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await users(), []);
    assert.deepEqual(await alarms(), []);
    const { Roles = [] } = await here.account.iam.listRoles({});
    assert.deepEqual(Roles, []);
  });
});
