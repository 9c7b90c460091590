import { defineAccountRule, found } from "./account-rule";
import { root } from "./example-records";
import { daysSince, latestOf } from "./root-user";

export const rootRecentUse = defineAccountRule({
  id: "root-recent-use",
  title: "The root user is not used for daily work",
  severity: "high",
  level: "mandatory",
  rationale:
    "Few tasks need the root user, and none of them comes up every month. Recent use means that somebody works with it, or that somebody else has got in.",
  remediation: "Find out who signed in (CloudTrail, userIdentity.type Root), and give them a role for what they did.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.7" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.20" },
  ],
  options: {
    days: {
      type: "integer",
      description: "Days within which any use of the root user is recent.",
      default: 30,
      minimum: 1,
    },
  },
  needs: [["credential-report"]],
  subjects: ({ root }) => (root === undefined ? [] : [root]),

  *check(subject, account, { days }) {
    const columns = ["password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date"];
    const latest = latestOf(subject.row, columns);
    if (latest === undefined) return;
    const age = daysSince(latest.at, account);
    if (age >= days) return;
    const how = latest.column.startsWith("password") ? "signed in with its password" : "used an access key";
    yield found(subject, {
      what: `The root user ${how} ${age < 1 ? "within the last day" : `${age} day${age === 1 ? "" : "s"} ago`} (${latest.at}).`,
      why: "Nothing that is done every month needs the root user; its power is without limits.",
      fix: "Look up the events in CloudTrail (userIdentity.type = Root), and give whoever it was a role for the task.",
    });
  },

  examples: {
    fail: [
      {
        title: "a sign-in of last week",
        records: { "credential-report": [root({ password_last_used: "2026-05-25T08:00:00+00:00" })] },
      },
    ],
    pass: [
      {
        title: "a sign-in of last year",
        records: { "credential-report": [root({ password_last_used: "2025-05-25T08:00:00+00:00" })] },
      },
      {
        title: "no use that AWS knows of",
        records: { "credential-report": [root({ password_last_used: "no_information" })] },
      },
    ],
    notChecked: [{ title: "no credential report", records: {} }],
  },
});
