import assert from "node:assert/strict";
import { RootActivityAlarm } from "../../../stacks/components";
import { all, registeredBy } from "../registered";
import { ALARM, args, refusal, trail } from "./on-a-trail";

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

  it("refuses a topic that is none", async () => {
    assert.equal(
      await refusal({ subscribers: [], topicArn: "security" }),
      'AdminChangeAlarm: topicArn is "security", which is not the ARN of an SNS topic, such as ' +
        "arn:aws:sns:us-east-1:123456789012:security.",
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
      assert.equal(
        all(await registeredBy(() => new RootActivityAlarm("root", args), trail(selectors)), ALARM).length,
        2,
      );
    });
  }
});
