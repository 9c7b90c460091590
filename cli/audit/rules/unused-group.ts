import { defineAccountRule, found } from "./account-rule";
import { members } from "./example-records";

export const unusedGroup = defineAccountRule({
  id: "unused-group",
  title: "Every group has members",
  severity: "low",
  level: "advisory",
  rationale:
    "A group without members gives nobody anything today; whoever may add users to groups takes its power tomorrow, and nobody remembers what it was for.",
  remediation: "Delete the group, or let code that says what it is for make it.",
  controls: [{ framework: "AWS Config", version: "2024", id: "iam-group-has-users-check" }],
  options: {},
  needs: [["authorization-details"]],
  subjects: ({ groups }) => groups,

  *check(subject) {
    if (subject.hasMembers) return;
    yield found(subject, {
      what: `The ${subject.name} has no members.`,
      why: "Its policies wait for whoever is added to it.",
      fix: "Detach its policies and delete it.",
    });
  },

  examples: {
    fail: [
      {
        title: "a group that everybody has left",
        records: { "authorization-details": members({ developers: ["anna"], legacy: [] }) },
        at: ['group "legacy"'],
      },
    ],
    pass: [{ title: "a group with a member", records: { "authorization-details": members({ developers: ["anna"] }) } }],
    notChecked: [{ title: "no authorization details", records: {} }],
  },
});
