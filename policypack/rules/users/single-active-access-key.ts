import { nameForPeople, type User } from "../../model";
import { accessKey, user } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

export const singleActiveAccessKey = defineRule({
  id: "single-active-access-key",
  title: "A user has one active access key at most",
  severity: "low",
  level: "advisory",
  rationale: "A second active key is needed for the hours of a rotation. One that stays is a key that nobody watches.",
  remediation: "Set the older key's status to Inactive, and delete it when nothing breaks.",
  controls: [{ framework: "CIS AWS Foundations", version: "3.0.0", id: "1.13" }],
  options: {},
  on: "user",

  *check(user: User): Iterable<Outcome> {
    const subject = nameForPeople(user);
    const keys = user.credentials.filter(({ kind, active }) => kind === "access key" && active.known && active.value);
    for (const { by } of keys.slice(1)) {
      yield {
        kind: "finding",
        urn: by.urn,
        subject,
        what: `The ${subject} has ${keys.length} active access keys.`,
        why: "Outside a rotation the second one is a key that nobody watches.",
        fix: 'Set status: "Inactive" on the key that is no longer used, and delete it when nothing breaks.',
      };
    }
  },

  examples: {
    fail: [
      {
        title: "two active keys",
        resources: [user("ci"), accessKey("first", "ci"), accessKey("second", "ci")],
        at: ["second"],
      },
      {
        title: "two active keys, said in so many words",
        resources: [
          user("ci"),
          accessKey("first", "ci", { status: "Active" }),
          accessKey("second", "ci", { status: "Active" }),
        ],
        at: ["second"],
      },
    ],
    pass: [
      { title: "one key", resources: [user("ci"), accessKey("first", "ci")], settings: { machineUsers: ["ci"] } },
      {
        title: "a rotation that is over",
        resources: [user("ci"), accessKey("first", "ci", { status: "Inactive" }), accessKey("second", "ci")],
        settings: { machineUsers: ["ci"] },
      },
    ],
    undecided: [],
  },
});
