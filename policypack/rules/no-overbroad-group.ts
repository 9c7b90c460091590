import type { Group } from "../model/subjects";
import { unknownFrom } from "./example";
import { isSanctioned, judgeGate, judgePower } from "./overbroad";
import { powerOf } from "./power";
import { defineRule, type Outcome } from "./rule";

function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const group = (name: string) => ({ type: "aws:iam/group:Group", name, properties: { name, path: "/" } }) as const;
const inline = (name: string, properties: Readonly<Record<string, unknown>>) =>
  ({ type: "aws:iam/groupPolicy:GroupPolicy", name, properties: { name, ...properties } }) as const;
const attachment = (name: string, properties: Readonly<Record<string, unknown>>) =>
  ({ type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", name, properties }) as const;

export const noOverbroadGroup = defineRule({
  id: "no-overbroad-group",
  title: "No group holds administrator power",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A group gives what it holds to every member, today's and tomorrow's, with whatever credential they have. Administrator power belongs in a role that " +
    "people assume with MFA for an hour. Power is decided by what all the group's policies allow together, not by their names: full access, all of IAM, " +
    "a single call that gives the group either, or a role of the stack that leads there without MFA.",
  remediation:
    "Grant what the work needs. For administrators make a role that demands MFA and let the group assume it, or list the group in settings.sanctionedGroups and gate it by MFA.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.16" },
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.1" },
    { framework: "AWS Config", version: "2024", id: "iam-policy-no-statements-with-admin-access" },
  ],
  options: {},
  on: "group",
  moments: ["creating", "stack"],

  *check(group: Group, context): Iterable<Outcome> {
    if (isSanctioned(group, context.settings.sanctionedGroups) === true) yield* judgeGate(group, context);
    else yield* judgePower(group, powerOf(group, context.settings), context);
  },

  examples: {
    fail: [
      {
        title: "AWS's AdministratorAccess",
        resources: [
          group("admins"),
          attachment("admins-all", { group: "admins", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
        ],
      },
      {
        title: "everything, split over two policies",
        resources: [
          group("developers"),
          inline("most", {
            group: "developers",
            policy: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
          }),
          inline("rest", { group: "developers", policy: policy({ Effect: "Allow", Action: "iam:*", Resource: "*" }) }),
        ],
      },
      {
        title: "one call away from everything",
        resources: [
          group("developers"),
          inline("helpdesk", {
            group: "developers",
            policy: policy({ Effect: "Allow", Action: "iam:PutGroupPolicy", Resource: "*" }),
          }),
        ],
      },
      {
        title: "a group kept elsewhere",
        resources: [inline("all", { group: "operations", policy: policy(everything) })],
      },
      {
        title: "AdministratorAccess attached to a group whose ARN is not known yet",
        resources: [
          group("admins"),
          attachment("admins-all", {
            group: unknownFrom("admins"),
            policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
          }),
        ],
      },
      {
        title: "a sanctioned group without an MFA gate",
        resources: [group("break-glass"), inline("all", { group: "break-glass", policy: policy(everything) })],
        settings: { sanctionedGroups: ["break-glass"] },
      },
    ],
    pass: [
      {
        title: "all of one bucket",
        resources: [
          group("reports"),
          inline("bucket", {
            group: "reports",
            policy: policy({
              Effect: "Allow",
              Action: "*",
              Resource: ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
            }),
          }),
        ],
      },
      {
        title: "everything allowed and taken away again",
        resources: [
          group("suspended"),
          inline("all", { group: "suspended", policy: policy(everything) }),
          inline("none", { group: "suspended", policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }) }),
        ],
      },
      {
        title: "a sanctioned group behind an MFA gate",
        resources: [
          group("break-glass"),
          inline("all", {
            group: "break-glass",
            policy: policy({ ...everything, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
          }),
        ],
        settings: { sanctionedGroups: ["break-glass"] },
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [group("developers"), inline("work", { group: "developers", policy: unknownFrom("bucket") })],
      },
    ],
  },
});
