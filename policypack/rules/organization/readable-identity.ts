import type { ReadFault } from "../../model";
import { defineRule, type Outcome } from "../authoring/rule";
import { sentence } from "../authoring/wording";

const whys: Readonly<Record<ReadFault["effect"], string>> = {
  unreadable: "What it says cannot be seen, so nothing can be said for it.",
  hides: "What it says cannot be seen, so nothing can be said for it.",
  refused: "AWS will refuse it when it is created; the rest was judged all the same.",
  unseen: "No rule has looked at what it grants.",
};

function blocks({ effect }: ReadFault): boolean {
  return effect === "unreadable" || effect === "hides";
}

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

  *check({ resource, faults, waiting }): Iterable<Outcome> {
    const { urn } = resource;
    const subject = `${resource.type} "${resource.name}"`;
    for (const fault of faults) {
      yield {
        kind: "finding",
        urn,
        subject,
        ...(blocks(fault) ? {} : { ceiling: "advisory" as const }),
        what: `In the ${subject}, at ${fault.where}: ${fault.message}.`,
        why: whys[fault.effect],
        fix: sentence(fault.fix),
      };
    }
    if (waiting.length > 0) {
      const because = "the users, groups, roles and policies in it cannot be read before its text is known";
      yield { kind: "undecided", urn, subject: `the ${subject}`, because, waiting };
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
        title: "an Effect that is neither Allow nor Deny to the letter",
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
      },
      {
        title: "a template kept elsewhere, which is only advised against",
        resources: [
          {
            type: "aws:cloudformation/stack:Stack",
            name: "accounts",
            properties: { templateUrl: "https://templates.s3.amazonaws.com/accounts.yaml" },
          },
        ],
        level: "advisory",
      },
      {
        title: "a policy within a template that is no JSON",
        resources: [
          {
            type: "aws:cloudformation/stack:Stack",
            name: "accounts",
            properties: {
              templateBody: `Resources:
  Read:
    Type: AWS::IAM::GroupPolicy
    Properties:
      GroupName: developers
      PolicyName: read
      PolicyDocument: "{'Version': '2012-10-17'}"
`,
            },
          },
        ],
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
    undecided: [
      {
        title: "a template whose text is not known yet",
        resources: [
          {
            type: "aws:cloudformation/stack:Stack",
            name: "accounts",
            properties: { templateBody: { unknownFrom: "bucket" } },
          },
        ],
      },
    ],
  },
});
