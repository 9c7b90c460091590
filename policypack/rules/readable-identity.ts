import { defineRule, type Outcome } from "./rule";

export const readableIdentity = defineRule({
  id: "readable-identity",
  title: "Identity resources can be read",
  severity: "high",
  level: "mandatory",
  rationale:
    "What the pack cannot read it cannot judge. A policy that is no JSON, or that gives a key twice so that the first is lost, must not pass by being unreadable.",
  remediation: "Correct the text at the place named; build policies with JSON.stringify or aws.iam.getPolicyDocument.",
  controls: [{ framework: "NIST 800-53", version: "5", id: "AC-6" }],
  options: {},
  on: "identityResource",

  *check({ resource, faults }): Iterable<Outcome> {
    for (const fault of faults) {
      const blocks = fault.effect !== "refused";
      yield {
        kind: "finding",
        urn: resource.urn,
        subject: `${resource.type} "${resource.name}"`,
        ...(blocks ? {} : { ceiling: "advisory" as const }),
        what: `${fault.where}: ${fault.message}`,
        why: blocks
          ? "What it grants cannot be seen, so nothing can be said for it."
          : "AWS will refuse it when it is created; what it would grant was judged all the same.",
        fix: fault.fix,
      };
    }
  },

  examples: {
    fail: [
      {
        title: "a policy that is no JSON",
        resources: [
          { type: "aws:iam/policy:Policy", name: "read", properties: { policy: "{'Version': '2012-10-17'}" } },
        ],
      },
      {
        title: "a key given twice, which hides the first",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "read",
            properties: {
              policy:
                '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Action":"s3:GetObject","Resource":"*"}]}',
            },
          },
        ],
      },
      {
        title: "an Effect that AWS will refuse, which is only advised against",
        resources: [
          {
            type: "aws:iam/groupPolicy:GroupPolicy",
            name: "gate",
            properties: {
              group: "developers",
              policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "denY", Action: "*", Resource: "*" }],
              }),
            },
          },
        ],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "a policy as text",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "read",
            properties: {
              policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }],
              }),
            },
          },
        ],
      },
      {
        title: "a policy that is not known yet",
        resources: [{ type: "aws:iam/policy:Policy", name: "read", properties: { policy: { unknownFrom: "bucket" } } }],
      },
    ],
    undecided: [],
  },
});
