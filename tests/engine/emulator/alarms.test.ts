import assert from "node:assert/strict";
import { type Account, accountAt, OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";
import { makeTrail } from "./trail";

const TOPIC = `arn:aws:sns:us-east-1:${OWN_ACCOUNT}:root-activity`;
const ALARMS = [
  ["root-activity", "root-activity", 1, [TOPIC]],
  ["root-session", "root-session", 1, [TOPIC]],
];

const CONFIG = `config:
  aws:region: eu-central-1
  aws-identity-guardrails:component: admin-change-alarm
  aws-identity-guardrails:trail: organization-trail
  aws-identity-guardrails:logGroup: organization-trail
  aws-identity-guardrails:subscribers:
    - aws-security@example.com
  aws-identity-guardrails:changeClasses:
    - mfa
    - trail
  aws-identity-guardrails:mailEveryEvent: true
  aws-identity-guardrails:eventRegions:
    - us-east-1
`;

// CloudWatch's subscribers and CloudTrail's events are beyond the emulator: it keeps what is set up and sends nothing.
describe("the stack root-activity-alarm, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("root-activity-alarm");
  });
  after(() => here?.dispose());

  async function filters(): Promise<(string | undefined)[]> {
    const { metricFilters = [] } = await here.account.logs.describeMetricFilters({});
    return metricFilters.map((it) => it.filterPattern).sort();
  }

  async function alarms() {
    const { MetricAlarms = [] } = await here.account.cloudWatch.describeAlarms({});
    return MetricAlarms.map((it) => [it.AlarmName, it.MetricName, it.Threshold, it.AlarmActions]).sort();
  }

  async function subscribers(): Promise<(string | undefined)[]> {
    const { Subscriptions = [] } = await here.account.sns.listSubscriptions({});
    return Subscriptions.map((it) => `${it.TopicArn} ${it.Protocol} ${it.Endpoint}`);
  }

  async function keys() {
    const { kms } = here.account;
    const { Keys = [] } = await kms.listKeys({});
    const details = Keys.map(async ({ KeyId }) => (await kms.describeKey({ KeyId })).KeyMetadata);
    return Promise.all(details);
  }

  it("stops before anything is made where the trail is not there, or is switched off", async () => {
    const without = await here.stack.up("--skip-preview");
    assert.match(
      without.output,
      /RootActivityAlarm: trail organization-trail cannot be read in this account and region/,
    );
    assert.notEqual(without.code, 0);

    await makeTrail(here);
    const off = await here.stack.up("--skip-preview");
    assert.match(off.output, /is switched off: aws cloudtrail start-logging --name organization-trail/);
    assert.notEqual(off.code, 0);
    assert.deepEqual([await filters(), await alarms(), await subscribers(), await keys()], [[], [], [], []]);
  });

  it("makes the filter, the alarm and an encrypted topic with its subscriber", async () => {
    await here.account.cloudTrail.startLogging({ Name: "organization-trail" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await filters(), [
      '{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRoot") && ' +
        "(($.requestParameters.taskPolicyArn.arn NOT EXISTS) || " +
        '($.requestParameters.taskPolicyArn.arn != "*:policy/root-task/IAMAuditRootUserCredentials")) }',
      '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ' +
        "(($.userIdentity.sessionContext.assumedRoot NOT EXISTS) || " +
        '($.userIdentity.sessionContext.assumedRoot != "true")) && ' +
        '(($.eventType NOT EXISTS) || ($.eventType != "AwsServiceEvent")) }',
    ]);
    assert.deepEqual(await alarms(), ALARMS);
    assert.deepEqual(await subscribers(), [`${TOPIC} email aws-security@example.com`]);

    const [key] = await keys();
    const { Attributes } = await here.account.sns.getTopicAttributes({ TopicArn: TOPIC });
    assert.equal(Attributes?.KmsMasterKeyId, key?.KeyId);
    const rotation = await here.account.kms.getKeyRotationStatus({ KeyId: key?.KeyId });
    assert.equal(rotation.KeyRotationEnabled, true);
    const { Policy = "" } = await here.account.kms.getKeyPolicy({ KeyId: key?.KeyId, PolicyName: "default" });
    assert.deepEqual(JSON.parse(Policy).Statement[1], {
      Sid: "AlarmsEncrypt",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": OWN_ACCOUNT },
        ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:${OWN_ACCOUNT}:alarm:*` },
      },
    });
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh that somebody muted the alarm, and repairs it", async () => {
    const { cloudWatch, sns } = here.account;
    const { Subscriptions = [] } = await sns.listSubscriptions({});
    await sns.unsubscribe({ SubscriptionArn: Subscriptions[0]?.SubscriptionArn });
    await cloudWatch.deleteAlarms({ AlarmNames: ["root-activity"] });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /- aws:cloudwatch\/metricAlarm:MetricAlarm: \(delete\)/);
    assert.match(refresh.output, /- aws:sns\/topicSubscription:TopicSubscription: \(delete\)/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await alarms(), ALARMS);
    assert.deepEqual(await subscribers(), [`${TOPIC} email aws-security@example.com`]);
  });

  it("replaces a subscriber", async () => {
    await here.stack.configure({ "aws-identity-guardrails:subscribers[0]": "soc@example.com" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await subscribers(), [`${TOPIC} email soc@example.com`]);
  });

  it("leaves nothing but the key, which waits for its deletion", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual([await filters(), await alarms(), await subscribers()], [[], [], []]);
    assert.deepEqual((await here.account.sns.listTopics({})).Topics, []);
    assert.deepEqual(
      (await keys()).map((it) => it?.KeyState),
      ["PendingDeletion"],
    );
  });
});

describe("the stack admin-change-alarm, deployed with a mail for every event", function () {
  needsEmulator(this);
  const MAIL_TOPIC = `arn:aws:sns:eu-central-1:${OWN_ACCOUNT}:admin-change`;
  let here: Deployment;
  let central: Account;
  before(async () => {
    here = await deployment("admin-change-alarm", async (moto) => {
      central = accountAt(moto.endpoint, undefined, "eu-central-1");
      return { config: CONFIG };
    });
    await makeTrail({ ...here, account: central });
    await central.cloudTrail.startLogging({ Name: "organization-trail" });
  });
  after(() => here?.dispose());

  /** The rules of a region, each with its targets. */
  async function rules({ events }: Account): Promise<readonly string[]> {
    const { Rules = [] } = await events.listRules({});
    const found = Rules.map(async ({ Name = "" }) => {
      const { Targets = [] } = await events.listTargetsByRule({ Rule: Name });
      return `${Name} -> ${Targets.map((it) => it.Arn).join()}`;
    });
    return (await Promise.all(found)).sort();
  }

  const FORWARD = `admin-change-forward -> arn:aws:events:eu-central-1:${OWN_ACCOUNT}:event-bus/default`;

  it("makes an alarm and a rule for each class, and forwards from where IAM reports", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    const { MetricAlarms = [] } = await central.cloudWatch.describeAlarms({});
    assert.deepEqual(MetricAlarms.map((it) => it.AlarmName).sort(), ["admin-change-mfa", "admin-change-trail"]);
    assert.deepEqual(await rules(central), [
      `admin-change-mfa -> ${MAIL_TOPIC}`,
      `admin-change-trail -> ${MAIL_TOPIC}`,
    ]);
    assert.deepEqual(await rules(here.account), [FORWARD]);
    const { Role } = await here.account.iam.getRole({ RoleName: "admin-change-forward" });
    const { Targets } = await here.account.events.listTargetsByRule({ Rule: "admin-change-forward" });
    assert.equal(Targets?.[0]?.RoleArn, Role?.Arn);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh that somebody took the rules away, and repairs it", async () => {
    await here.account.events.removeTargets({ Rule: "admin-change-forward", Ids: ["bus"] });
    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /- aws:cloudwatch\/eventTarget:EventTarget: \(delete\)/);
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await rules(here.account), [FORWARD]);
  });

  it("leaves no rule in any region, and no role", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual([await rules(central), await rules(here.account)], [[], []]);
    assert.deepEqual((await here.account.iam.listRoles({})).Roles, []);
  });
});
