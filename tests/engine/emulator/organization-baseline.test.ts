import assert from "node:assert/strict";
import { OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

describe("the stack organization-baseline, deployed (central root access is kept by the stand-in)", function () {
  needsEmulator(this);
  let here: Deployment;
  let root: string;
  let unit: string;
  before(async () => {
    here = await deployment("organization-baseline");
    const { cloudTrail, logs, organizations } = here.account;
    await organizations.createOrganization({ FeatureSet: "ALL" });
    root = (await organizations.listRoots({})).Roots?.[0]?.Id ?? "";
    await organizations.enablePolicyType({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" });
    const created = await organizations.createOrganizationalUnit({ ParentId: root, Name: "workloads" });
    unit = created.OrganizationalUnit?.Id ?? "";
    await logs.createLogGroup({ logGroupName: "organization-trail" });
    await here.moto.makeBucket("trail-bucket");
    await cloudTrail.createTrail({
      Name: "organization-trail",
      S3BucketName: "trail-bucket",
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${OWN_ACCOUNT}:log-group:organization-trail:*`,
    });
    await cloudTrail.startLogging({ Name: "organization-trail" });
    await here.stack.configure({
      "aws-identity-guardrails:stagedUnit": unit,
      "aws-identity-guardrails:targets[0]": root,
    });
  });
  after(() => here?.dispose());

  async function policiesOf(target: string): Promise<string[]> {
    const asked = { TargetId: target, Filter: "SERVICE_CONTROL_POLICY" } as const;
    const { Policies = [] } = await here.account.organizations.listPoliciesForTarget(asked);
    return Policies.map((it) => it.Name ?? "").sort();
  }

  /** The alarms, each with what it tells. */
  async function alarms() {
    const { MetricAlarms = [] } = await here.account.cloudWatch.describeAlarms({});
    return MetricAlarms.map((it) => `${it.AlarmName} ${it.AlarmActions}`).sort();
  }

  it("holds root in the staged unit, switches on central root access and makes all alarms on one topic", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess", "deny-root-user"]);
    assert.deepEqual(await policiesOf(root), ["FullAWSAccess"]);
    const topic = `arn:aws:sns:us-east-1:${OWN_ACCOUNT}:admin-change`;
    assert.deepEqual(await alarms(), [
      `admin-change-administrators ${topic}`,
      `admin-change-credentials ${topic}`,
      `admin-change-identity-center ${topic}`,
      `admin-change-mfa ${topic}`,
      `admin-change-organization ${topic}`,
      `admin-change-password-policy ${topic}`,
      `admin-change-policies ${topic}`,
      `admin-change-sign-in-without-mfa ${topic}`,
      `admin-change-trail ${topic}`,
      `admin-change-trust ${topic}`,
      `root-activity ${topic}`,
      `root-session ${topic}`,
    ]);
    assert.deepEqual(here.stack.keptByStandIn(), {
      trustedServices: ["iam.amazonaws.com"],
      rootFeatures: ["RootCredentialsManagement", "RootSessions"],
    });
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("leaves nothing behind", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess"]);
    assert.deepEqual(await alarms(), []);
    assert.deepEqual((await here.account.sns.listTopics({})).Topics, []);
    assert.deepEqual((await here.account.logs.describeMetricFilters({})).metricFilters, []);
    assert.deepEqual(here.stack.keptByStandIn(), { trustedServices: [], rootFeatures: [] });
  });
});
