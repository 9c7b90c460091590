import assert from "node:assert/strict";
import { AdminChangeAlarm, type AdminChangeAlarmArgs, RootActivityAlarm } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";

const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "aws:sns/topic:Topic";
const KEY = "aws:kms/key:Key";

const args = { trail: "organization-trail", logGroup: "trail-logs", subscribers: ["security@example.com"] };

/** A trail that delivers everything, with the properties that differ. */
function trail(properties: object = {}): Answers {
  const usual = {
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:trail-logs:*",
  };
  return { getResource: { properties: JSON.stringify({ ...usual, ...properties }) } };
}

function rootAlarm(different: Partial<AdminChangeAlarmArgs> = {}, answers = trail()): Promise<readonly Registered[]> {
  return registeredBy(() => new RootActivityAlarm("root", { ...args, ...different }), answers);
}

function adminAlarm(different: Partial<AdminChangeAlarmArgs> = {}): Promise<readonly Registered[]> {
  return registeredBy(() => new AdminChangeAlarm("admins", { ...args, ...different }), trail());
}

async function refusal(different: object, answers = trail()): Promise<string> {
  const [message] = await refusalOf(() => new AdminChangeAlarm("admins", { ...args, ...different }), answers);
  return message;
}

describe("stacks: RootActivityAlarm", () => {
  it("counts what root users do, and AssumeRoot, in the trail's log group", async () => {
    assert.deepEqual(only(await rootAlarm(), FILTER).inputs, {
      name: "root-activity",
      logGroupName: "trail-logs",
      pattern:
        '{ ($.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent") || ' +
        '($.eventSource = "sts.amazonaws.com" && $.eventName = "AssumeRoot") }',
      metricTransformation: { name: "root-activity", namespace: "IdentityGuardrails", value: "1" },
    });
  });

  it("goes off at the first event of five minutes, and says how to see it", async () => {
    const { alarmDescription, alarmActions, ...inputs } = only(await rootAlarm(), ALARM).inputs;
    assert.deepEqual(inputs, {
      name: "root-activity",
      namespace: "IdentityGuardrails",
      metricName: "root-activity",
      statistic: "Sum",
      period: 300,
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
    assert.deepEqual(only(registered, ALARM).inputs.alarmActions, [topicArn]);
    assert.deepEqual([...all(registered, TOPIC), ...all(registered, KEY)], []);
  });

  it("is content with a trail of one account where only that is to be watched", async () => {
    const registered = await rootAlarm({ trailScope: "account" }, trail({ IsOrganizationTrail: false }));
    assert.equal(all(registered, ALARM).length, 1);
  });
});

describe("stacks: AdminChangeAlarm", () => {
  it("counts new credentials, and changes of administrators and of those who hold admin policies", async () => {
    assert.equal(
      only(await adminAlarm(), FILTER).inputs.pattern,
      '{ ($.eventSource = "iam.amazonaws.com") && (($.eventName = "CreateAccessKey") || ' +
        '($.eventName = "CreateLoginProfile") || ($.eventName = "UpdateLoginProfile") || (($.readOnly IS FALSE) && ' +
        '(($.requestParameters.groupName = "administrators") || ' +
        '($.requestParameters.policyArn = "*:policy/administrators-self-service") || ' +
        '($.requestParameters.roleName = "administrator") || ' +
        '($.requestParameters.policyArn = "*:aws:policy/AdministratorAccess") || ' +
        '($.requestParameters.policyArn = "*:aws:policy/IAMFullAccess")))) }',
    );
  });

  it("watches the groups and roles that are named", async () => {
    const named = { administratorGroups: ["ops"], administratorRoles: ["root-ops", "break-glass"] };
    const pattern = String(only(await adminAlarm(named), FILTER).inputs.pattern);
    assert.match(pattern, /groupName = "ops"\)/);
    assert.match(pattern, /roleName = "root-ops"\) \|\| \(\$\.requestParameters\.roleName = "break-glass"\)/);
    assert.doesNotMatch(pattern, /administrator"/);
  });

  it("refuses more names than a filter holds", async () => {
    const administratorRoles = ["a", "b", "c", "d"].map((letter) => letter.repeat(128));
    assert.match(
      await refusal({ administratorRoles }),
      /^AdminChangeAlarm: administratorGroups and administratorRoles make a filter of 11\d\d characters; .* 1024\. List fewer\.$/,
    );
  });

  it("refuses a name with a quotation mark, which would end the filter's text", async () => {
    assert.match(
      await refusal({ administratorGroups: ['x" || "'] }),
      /administratorGroups\[0\] is .*, which is not a name/,
    );
  });
});

describe("stacks: what an alarm on a trail needs", () => {
  it("refuses an e-mail address that is none", async () => {
    assert.equal(
      await refusal({ subscribers: ["security@example.com", "security at example.com"] }),
      'AdminChangeAlarm: subscribers[1] is "security at example.com", which is not an e-mail address such as ' +
        "security@example.com.",
    );
  });

  it("refuses to tell nobody", async () => {
    assert.match(
      await refusal({ subscribers: [] }),
      /^AdminChangeAlarm: subscribers is empty, so nobody would be told/,
    );
  });

  it("refuses subscribers beside a topic that exists", async () => {
    assert.match(
      await refusal({ topicArn: "arn:aws:sns:us-east-1:123456789012:a" }),
      /subscribers has no effect beside/,
    );
  });

  it("refuses a trail given by its ARN", async () => {
    assert.match(
      await refusal({ trail: "arn:aws:cloudtrail:us-east-1:123456789012:trail/a" }),
      /^AdminChangeAlarm: trail is ".*", which is not the name of a trail \(not its ARN\)/,
    );
  });

  it("stops where the trail is not there", async () => {
    assert.match(
      await refusal({}, { getResource: new Error("ResourceNotFoundException: no such trail") }),
      /^AdminChangeAlarm: trail organization-trail cannot be read in this account and region: ResourceNotFoundException: no such trail\. Deploy/,
    );
  });

  it("stops at a trail of one account", async () => {
    assert.equal(
      await refusal({}, trail({ IsOrganizationTrail: false })),
      "AdminChangeAlarm: trail organization-trail covers one account only: aws cloudtrail update-trail --name " +
        "organization-trail --is-organization-trail (or set trailScope to account, to watch that one alone)",
    );
  });

  it("stops at a trail of one region, switched off", async () => {
    assert.equal(
      await refusal({}, trail({ IsLogging: false, IsMultiRegionTrail: false })),
      "AdminChangeAlarm: trail organization-trail is switched off: aws cloudtrail start-logging --name organization-trail; " +
        "it covers one region only: aws cloudtrail update-trail --name organization-trail --is-multi-region-trail",
    );
  });

  it("stops at a trail that delivers elsewhere, and names the log group", async () => {
    const CloudWatchLogsLogGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/other/logs:*";
    assert.equal(
      await refusal({}, trail({ CloudWatchLogsLogGroupArn })),
      "AdminChangeAlarm: trail organization-trail delivers to the log group /other/logs, not to trail-logs: " +
        "set logGroup to /other/logs",
    );
  });

  it("stops at a trail that delivers nothing to CloudWatch Logs", async () => {
    assert.match(
      await refusal({}, trail({ CloudWatchLogsLogGroupArn: undefined })),
      /trail organization-trail does not deliver to CloudWatch Logs: aws cloudtrail update-trail/,
    );
  });

  for (const [selectors, what] of [
    [{ EventSelectors: [{ ReadWriteType: "WriteOnly" }] }, "only what writes"],
    [{ EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: false }] }, "no management events"],
    [{ EventSelectors: [{ ExcludeManagementEventSources: ["kms.amazonaws.com"] }] }, "nothing of KMS"],
    [
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }] },
      "data events only",
    ],
    [
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: "eventCategory", Equals: ["Management"] },
              { Field: "readOnly", Equals: ["false"] },
            ],
          },
        ],
      },
      "no read-only events",
    ],
  ] as const) {
    it(`stops at a trail that logs ${what}`, async () => {
      assert.match(
        await refusal({}, trail(selectors)),
        /trail organization-trail leaves out some management events, .* aws cloudtrail put-event-selectors/,
      );
    });
  }

  for (const [selectors, what] of [
    [{ EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] }, "everything"],
    [
      { EventSelectors: [{ ReadWriteType: "WriteOnly" }, { ReadWriteType: "All" }] },
      "everything by one of its selectors",
    ],
    [
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }] },
      "everything by an advanced selector",
    ],
  ] as const) {
    it(`takes a trail that logs ${what}`, async () => {
      assert.equal(all(await rootAlarm({}, trail(selectors)), ALARM).length, 1);
    });
  }
});
