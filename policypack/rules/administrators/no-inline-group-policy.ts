import { type Group, nameForPeople } from "../../model";
import { unknownFrom } from "../authoring/example";
import { group, groupAttachment, groupPolicy, managedPolicy, policy, reading } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

export const noInlineGroupPolicy = defineRule({
  id: "no-inline-group-policy",
  title: "Groups have managed policies, not inline ones",
  severity: "low",
  level: "advisory",
  rationale:
    "An inline policy has no versions to go back to, is not seen where managed policies are reviewed, and goes when its group goes.",
  remediation: "Make it an aws.iam.Policy and attach it to the group.",
  controls: [
    { framework: "AWS Config", version: "2024", id: "iam-no-inline-policy-check" },
    { framework: "NIST 800-53", version: "5", id: "AC-2" },
  ],
  options: {},
  on: "group",

  *check(group: Group): Iterable<Outcome> {
    const subject = nameForPeople(group);
    const inline = group.policies.filter(({ how }) => how === "inline");
    const [first] = inline;
    if (first === undefined) return;
    yield {
      kind: "finding",
      urn: first.by.urn,
      subject,
      what: `The ${subject} has ${inline.length === 1 ? "an inline policy" : `${inline.length} inline policies`}.`,
      why: "Inline policies have no versions and are not seen where managed policies are reviewed.",
      fix: "Make an aws.iam.Policy of it and attach that with aws.iam.GroupPolicyAttachment.",
    };
  },

  examples: {
    fail: [
      {
        title: "an inline policy",
        resources: [group("developers"), groupPolicy("read", "developers", policy(reading))],
        at: ["read"],
      },
      {
        title: "an inline policy of a group whose name is not known yet",
        resources: [group("developers"), groupPolicy("read", unknownFrom("developers"), policy(reading))],
        at: ["read"],
      },
    ],
    pass: [
      {
        title: "a managed policy",
        resources: [
          group("developers"),
          managedPolicy("read", policy(reading)),
          groupAttachment("developers-read", "developers", unknownFrom("read")),
        ],
      },
      { title: "no policy at all", resources: [group("developers")] },
    ],
    undecided: [],
  },
});
