import type { FilePosition } from "../../terminal/json-file";
import { isTrue, timeIn } from "../stack/credentials";
import { defineAccountRule, found } from "./account-rule";
import { row } from "./example-records";
import type { AccountFacts } from "./facts";
import { daysSince } from "./root-user";

interface Unused {
  readonly what: string;
  readonly days: number;
}

/** The user's passwords and keys, with the days since they were last used, or made where they never were. */
function* usesIn(row: FilePosition, account: AccountFacts): Iterable<Unused> {
  const since = (...columns: readonly string[]) => {
    const [time] = columns.flatMap((column) => timeIn(row, column) ?? []);
    return time === undefined ? undefined : daysSince(time, account);
  };
  if (isTrue(row, "password_enabled")) {
    const days = since("password_last_used", "password_last_changed", "user_creation_time");
    if (days !== undefined) yield { what: "password", days };
  }
  for (const number of [1, 2]) {
    if (!isTrue(row, `access_key_${number}_active`)) continue;
    const days = since(`access_key_${number}_last_used_date`, `access_key_${number}_last_rotated`);
    if (days !== undefined) yield { what: `access key ${number}`, days };
  }
}

export const unusedCredential = defineAccountRule({
  id: "unused-credential",
  title: "Credentials that nobody uses are taken away",
  severity: "medium",
  level: "advisory",
  rationale:
    "A password or key that nobody has used for months is missed by nobody when it is stolen, and often belongs to somebody who has left.",
  remediation:
    "Deactivate the key or delete the login profile; delete it for good when nothing has failed for some weeks.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.12" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.2.6" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.8" },
  ],
  options: {
    days: {
      type: "integer",
      description: "Days without use after which a credential counts as unused; CIS AWS Foundations asks for 45.",
      default: 90,
      minimum: 1,
    },
  },
  needs: [["credential-report"]],
  subjects: ({ users }) => users,

  *check(subject, account, { days }) {
    const unused = [...usesIn(subject.row, account)].filter((use) => use.days >= days);
    if (unused.length === 0) return;
    const told = unused.map((use) => `${use.what} for ${use.days} days`).join(" and ");
    yield found(subject, {
      what: `The ${subject.name} has not used its ${told}.`,
      why: `Nobody would notice its theft. Credentials count as unused after ${days} days.`,
      fix: "Deactivate what is not used (aws iam update-access-key --status Inactive, aws iam delete-login-profile), and delete it some weeks later.",
    });
  },

  examples: {
    fail: [
      {
        title: "a password of somebody who has left",
        records: {
          "credential-report": [
            row("anna", {
              password_enabled: "true",
              password_last_used: "2026-01-10T08:00:00+00:00",
              mfa_active: "true",
            }),
          ],
        },
        at: ['user "anna"'],
      },
      {
        title: "a key that was never used",
        records: {
          "credential-report": [
            row("ci", { access_key_1_active: "true", access_key_1_last_rotated: "2026-01-10T08:00:00+00:00" }),
          ],
        },
        at: ['user "ci"'],
      },
    ],
    pass: [
      {
        title: "a key that was used last week",
        records: {
          "credential-report": [
            row("ci", {
              access_key_1_active: "true",
              access_key_1_last_rotated: "2026-01-10T08:00:00+00:00",
              access_key_1_last_used_date: "2026-05-25T08:00:00+00:00",
            }),
          ],
        },
      },
      {
        title: "a key that is inactive",
        records: { "credential-report": [row("ci", { access_key_1_last_rotated: "2024-01-10T08:00:00+00:00" })] },
      },
    ],
    notChecked: [{ title: "no credential report", records: {} }],
  },
});
