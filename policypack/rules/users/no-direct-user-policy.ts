import { nameForPeople, type User } from "../../model";
import {
  group,
  groupPolicy,
  membership,
  policy,
  reading,
  user,
  userAttachment,
  userPolicy,
} from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

export const noDirectUserPolicy = defineRule({
  id: "no-direct-user-policy",
  title: "Users get permissions through groups or roles",
  severity: "low",
  level: "advisory",
  rationale:
    "Permissions given to single users are forgotten when people change their work. A group shows who can do what, in one place.",
  remediation: "Attach the policy to a group and make the user a member.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.15" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.2" },
    { framework: "AWS Config", version: "2024", id: "iam-user-no-policies-check" },
  ],
  options: {},
  on: "user",

  *check(user: User): Iterable<Outcome> {
    const [first] = user.policies;
    if (first === undefined) return;
    const subject = nameForPeople(user);
    const count = user.policies.length;
    yield {
      kind: "finding",
      urn: first.by.urn,
      subject,
      what: `The ${subject} has ${count === 1 ? "a policy" : `${count} policies`} of its own.`,
      why: "Permissions of single users are not seen where groups are reviewed, and stay when people change their work.",
      fix: "Attach the policy to a group, and make the user a member of it.",
    };
  },

  examples: {
    fail: [
      {
        title: "an inline policy",
        resources: [user("alice"), userPolicy("read", "alice", policy(reading))],
        at: ["read"],
      },
      {
        title: "an attached policy",
        resources: [user("alice"), userAttachment("read", "alice", "arn:aws:iam::aws:policy/ReadOnlyAccess")],
        at: ["read"],
      },
    ],
    pass: [
      {
        title: "permissions through a group",
        resources: [
          user("alice"),
          group("developers"),
          groupPolicy("read", "developers", policy(reading)),
          membership("alice-groups", "alice", ["developers"]),
        ],
      },
      { title: "no permissions", resources: [user("alice")] },
    ],
    undecided: [],
  },
});
