import assert from "node:assert/strict";
import { RootActivityAlarm, type RootActivityAlarmArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, registeredBy } from "../registered";
import { assumeRoot, call, type Event, ROOT, ROOT_SESSION, signIn, USER } from "./events";
import { filterMatches } from "./filter-pattern";
import { ALARM, args, FILTER, KEY, TOPIC, trail } from "./on-a-trail";

function rootAlarm(
  different: Partial<RootActivityAlarmArgs> = {},
  answers: Answers = trail(),
): Promise<readonly Registered[]> {
  return registeredBy(() => new RootActivityAlarm("root", { ...args, ...different }), answers);
}

describe("stacks: RootActivityAlarm", () => {
  let filters: readonly Registered[];
  before(async () => {
    filters = all(await rootAlarm(), FILTER);
  });

  /** The alarms that an event counts for. */
  function alarmsFor(event: Event): readonly unknown[] {
    return filters.flatMap(({ inputs }) => (filterMatches(String(inputs.pattern), event) ? [inputs.name] : []));
  }

  it("sees the root user sign in, with and without MFA, and try to", () => {
    assert.deepEqual(alarmsFor(signIn(ROOT, "No")), ["root-activity"]);
    assert.deepEqual(alarmsFor(signIn(ROOT, "Yes")), ["root-activity"]);
    assert.deepEqual(alarmsFor(signIn(ROOT, "No", "Failure")), ["root-activity"]);
    assert.deepEqual(alarmsFor(signIn(USER, "No")), []);
  });

  it("sees each call with the root user's own credentials, those that read too", () => {
    const session = { ...ROOT, sessionContext: { attributes: { mfaAuthenticated: "true" } } };
    assert.deepEqual(alarmsFor(call("s3", "ListBuckets", null, { userIdentity: session, readOnly: true })), [
      "root-activity",
    ]);
    assert.deepEqual(alarmsFor(call("s3", "ListBuckets", null, { userIdentity: USER, readOnly: true })), []);
  });

  it("leaves out what a service does on the root user's behalf", () => {
    const service = { ...ROOT, invokedBy: "backup.amazonaws.com" };
    assert.deepEqual(alarmsFor(call("kms", "Decrypt", null, { userIdentity: service })), []);
    assert.deepEqual(
      alarmsFor(call("kms", "RotateKey", null, { userIdentity: ROOT, eventType: "AwsServiceEvent" })),
      [],
    );
  });

  it("tells a root session of sts:AssumeRoot from the root user, and names it once, when it is opened", () => {
    assert.deepEqual(alarmsFor(assumeRoot("S3UnlockBucketPolicy")), ["root-session"]);
    assert.deepEqual(alarmsFor(call("s3", "DeleteBucketPolicy", null, { userIdentity: ROOT_SESSION })), []);
  });

  it("sees that somebody tried to open one and was refused", () => {
    assert.deepEqual(alarmsFor(call("sts", "AssumeRoot", null, { errorCode: "AccessDenied" })), ["root-session"]);
    assert.deepEqual(alarmsFor(call("sts", "AssumeRole", null, { errorCode: "AccessDenied" })), []);
  });

  it("keeps still while somebody looks at the console's page of root access", () => {
    assert.deepEqual(alarmsFor(assumeRoot("IAMAuditRootUserCredentials")), []);
    assert.deepEqual(
      alarmsFor(call("iam", "GetAccountSummary", null, { userIdentity: ROOT_SESSION, readOnly: true })),
      [],
    );
    assert.deepEqual(alarmsFor(assumeRoot("IAMDeleteRootUserCredentials")), ["root-session"]);
  });

  it("goes off at the first event of a minute, and says how to see it", async () => {
    const alarms = all(await rootAlarm(), ALARM);
    const activity = alarms.find(({ inputs }) => inputs.name === "root-activity");
    const { alarmDescription, alarmActions, ...inputs } = activity?.inputs ?? {};
    assert.deepEqual(inputs, {
      name: "root-activity",
      namespace: "IdentityGuardrails",
      metricName: "root-activity",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
    assert.match(
      String(alarmDescription),
      /^A root user signed in, .* aws logs filter-log-events --region us-east-1 --log-group-name trail-logs --start-time /,
    );
    assert.ok(String(alarmDescription).length <= 1024);
    assert.deepEqual(alarms.map(({ inputs }) => inputs.name).sort(), ["root-activity", "root-session"]);
  });

  it("encrypts its topic with a key that CloudWatch may use for alarms of this account", async () => {
    const registered = await rootAlarm();
    const fromAlarms = {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*" },
    };
    assert.equal(only(registered, KEY).inputs.enableKeyRotation, true);
    assert.deepEqual(JSON.parse(String(only(registered, KEY).inputs.policy)).Statement, [
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AlarmsEncrypt",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromAlarms,
      },
    ]);
    assert.deepEqual(JSON.parse(String(only(registered, TOPIC).inputs.policy)).Statement, [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "arn:aws:sns:us-east-1:123456789012:root-activity",
        Condition: fromAlarms,
      },
    ]);
  });

  it("subscribes everybody on the list by e-mail", async () => {
    const registered = await rootAlarm({ subscribers: ["a@example.com", "b@example.com"] });
    assert.deepEqual(
      all(registered, "aws:sns/topicSubscription:TopicSubscription").map(({ inputs }) => [
        inputs.protocol,
        inputs.endpoint,
      ]),
      [
        ["email", "a@example.com"],
        ["email", "b@example.com"],
      ],
    );
  });

  it("takes a topic that exists, and makes none", async () => {
    const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
    const registered = await registeredBy(
      () => new RootActivityAlarm("root", { trail: "organization-trail", logGroup: "trail-logs", topicArn }),
      trail(),
    );
    assert.deepEqual(
      all(registered, ALARM).map(({ inputs }) => inputs.alarmActions),
      [[topicArn], [topicArn]],
    );
    assert.deepEqual([...all(registered, TOPIC), ...all(registered, KEY)], []);
  });

  it("is content with a trail of one account where only that is to be watched", async () => {
    const registered = await rootAlarm({ trailScope: "account" }, trail({ IsOrganizationTrail: false }));
    assert.equal(all(registered, ALARM).length, 2);
  });
});
