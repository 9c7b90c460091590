import { nameForPeople, peek, type User } from "../../model";
import { accessKey, user } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

const options = {
  maxAgeDays: {
    type: "integer",
    description: "How old an active access key may become, in days.",
    default: 90,
    minimum: 1,
  },
} as const;

const day = 86_400_000;

export const accessKeyRotation = defineRule({
  id: "access-key-rotation",
  title: "Access keys are replaced in time",
  severity: "medium",
  level: "advisory",
  rationale:
    "The older a key, the more places it has been copied to. Replacing it ends the use of every copy. The engine shows when a key was made once it exists: " +
    "in each later run, and at the end of the one that makes it.",
  remediation: "Make a second key, move what uses the old one over, then set the old one Inactive and delete it.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.14" },
    { framework: "NIST 800-53", version: "5", id: "IA-5(1)" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.6.3" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.3" },
    { framework: "AWS Config", version: "2024", id: "access-keys-rotated" },
  ],
  options,
  on: "user",

  *check(user: User, { options: { maxAgeDays }, now }): Iterable<Outcome> {
    const subject = nameForPeople(user);
    for (const { by, active, created } of user.credentials) {
      if (created === undefined || !active.known || !active.value) continue;
      // A date that is not known yet is that of a key not made yet.
      const age = ageInDays(peek(created), now);
      if (age === undefined || age <= maxAgeDays) continue;
      yield {
        kind: "finding",
        urn: by.urn,
        subject,
        what: `An access key of the ${subject} is ${Math.floor(age)} days old, more than ${maxAgeDays}.`,
        why: "Whoever has ever copied it can still use it.",
        fix: 'Make a second key, move what uses this one over, then set its status: "Inactive" and delete it.',
      };
    }
  },

  examples: {
    fail: [
      {
        title: "a key from last year",
        resources: [user("ci"), { ...accessKey("ci-key", "ci"), outputs: { createDate: "2025-03-01T09:30:00Z" } }],
        at: ["ci-key"],
      },
      {
        title: "a key that is older than the option allows",
        resources: [user("ci"), { ...accessKey("ci-key", "ci"), outputs: { createDate: "2026-05-01T09:30:00Z" } }],
        options: { maxAgeDays: 30 },
        at: ["ci-key"],
      },
    ],
    pass: [
      {
        title: "an old key that is inactive",
        resources: [
          user("ci"),
          { ...accessKey("ci-key", "ci", { status: "Inactive" }), outputs: { createDate: "2025-03-01T09:30:00Z" } },
        ],
        settings: { machineUsers: ["ci"] },
      },
      {
        title: "a key that is not made yet",
        resources: [user("ci"), accessKey("ci-key", "ci")],
        settings: { machineUsers: ["ci"] },
      },
    ],
    undecided: [],
  },
});

/** Undefined where the date is not known or is none. */
function ageInDays(created: string | undefined, now: Date): number | undefined {
  const time = created === undefined ? Number.NaN : Date.parse(created);
  return Number.isNaN(time) ? undefined : (now.getTime() - time) / day;
}
