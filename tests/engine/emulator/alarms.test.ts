import assert from "node:assert/strict";
import { OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

const TOPIC = `arn:aws:sns:us-east-1:${OWN_ACCOUNT}:root-activity`;

// CloudWatch's subscribers and CloudTrail's events are beyond the emulator: it keeps what is set up and sends nothing.
describe("the stack root-activity-alarm, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("root-activity-alarm");
  });
  after(() => here?.dispose());

  async function makeTrail(): Promise<void> {
    const { cloudTrail, logs } = here.account;
    await logs.createLogGroup({ logGroupName: "organization-trail" });
    await here.moto.makeBucket("trail-bucket");
    await cloudTrail.createTrail({
      Name: "organization-trail",
      S3BucketName: "trail-bucket",
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${OWN_ACCOUNT}:log-group:organization-trail:*`,
    });
  }

  async function filters(): Promise<(string | undefined)[]> {
    const { metricFilters = [] } = await here.account.logs.describeMetricFilters({});
    return metricFilters.map((it) => it.filterPattern);
  }

  async function alarm() {
    const { MetricAlarms = [] } = await here.account.cloudWatch.describeAlarms({});
    return MetricAlarms.map((it) => [it.AlarmName, it.MetricName, it.Threshold, it.AlarmActions]);
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

    await makeTrail();
    const off = await here.stack.up("--skip-preview");
    assert.match(off.output, /is switched off: aws cloudtrail start-logging --name organization-trail/);
    assert.notEqual(off.code, 0);
    assert.deepEqual([await filters(), await alarm(), await subscribers(), await keys()], [[], [], [], []]);
  });

  it("makes the filter, the alarm and an encrypted topic with its subscriber", async () => {
    await here.account.cloudTrail.startLogging({ Name: "organization-trail" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await filters(), [
      '{ ($.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent") || ' +
        '($.eventSource = "sts.amazonaws.com" && $.eventName = "AssumeRoot") }',
    ]);
    assert.deepEqual(await alarm(), [["root-activity", "root-activity", 1, [TOPIC]]]);
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
    assert.deepEqual(await alarm(), [["root-activity", "root-activity", 1, [TOPIC]]]);
    assert.deepEqual(await subscribers(), [`${TOPIC} email aws-security@example.com`]);
  });

  it("replaces a subscriber", async () => {
    await here.stack.configure({ "aws-identity-guardrails:subscribers[0]": "soc@example.com" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await subscribers(), [`${TOPIC} email soc@example.com`]);
  });

  it("leaves nothing but the key, which waits for its deletion", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual([await filters(), await alarm(), await subscribers()], [[], [], []]);
    assert.deepEqual((await here.account.sns.listTopics({})).Topics, []);
    assert.deepEqual(
      (await keys()).map((it) => it?.KeyState),
      ["PendingDeletion"],
    );
  });
});
