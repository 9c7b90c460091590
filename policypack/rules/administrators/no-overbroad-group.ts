import type { Group } from "../../model";
import { powerOf } from "../analysis/admin-power";
import { isSanctioned, judgeGate, judgePower, untilNamed } from "../analysis/power-findings";
import { unknownFrom } from "../authoring/example";
import {
  administratorAccess,
  everything,
  group,
  groupAttachment,
  groupPolicy,
  policy,
  withMfa,
} from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

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
  phases: ["creating", "stack"],

  *check(group: Group, context): Iterable<Outcome> {
    const sanctioned = isSanctioned(group, context.settings.sanctionedGroups);
    if (sanctioned === true) {
      yield* judgeGate(group, context);
      return;
    }
    const judged = judgePower(group, powerOf(group, context), context);
    yield* sanctioned === undefined ? untilNamed(group, judged) : judged;
  },

  examples: {
    fail: [
      {
        title: "AWS's AdministratorAccess",
        resources: [group("admins"), groupAttachment("admins-all", "admins", administratorAccess)],
      },
      {
        title: "everything, split over two policies",
        resources: [
          group("developers"),
          groupPolicy("most", "developers", policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })),
          groupPolicy("rest", "developers", policy({ Effect: "Allow", Action: "iam:*", Resource: "*" })),
        ],
      },
      {
        title: "one call away from everything",
        resources: [
          group("developers"),
          groupPolicy(
            "helpdesk",
            "developers",
            policy({ Effect: "Allow", Action: "iam:PutGroupPolicy", Resource: "*" }),
          ),
        ],
      },
      {
        title: "a group kept elsewhere",
        resources: [groupPolicy("all", "operations", policy(everything))],
      },
      {
        title: "AdministratorAccess attached to a group whose name is not known yet",
        resources: [group("admins"), groupAttachment("admins-all", unknownFrom("admins"), administratorAccess)],
      },
      {
        title: "a sanctioned group without an MFA gate",
        resources: [group("break-glass"), groupPolicy("all", "break-glass", policy(everything))],
        settings: { sanctionedGroups: ["break-glass"] },
      },
    ],
    pass: [
      {
        title: "all of one bucket",
        resources: [
          group("reports"),
          groupPolicy(
            "bucket",
            "reports",
            policy({ Effect: "Allow", Action: "*", Resource: ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"] }),
          ),
        ],
      },
      {
        title: "everything allowed and taken away again",
        resources: [
          group("suspended"),
          groupPolicy("all", "suspended", policy(everything)),
          groupPolicy("none", "suspended", policy({ Effect: "Deny", Action: "*", Resource: "*" })),
        ],
      },
      {
        title: "a sanctioned group behind an MFA gate",
        resources: [
          group("break-glass"),
          groupPolicy("all", "break-glass", policy({ ...everything, Condition: withMfa })),
        ],
        settings: { sanctionedGroups: ["break-glass"] },
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [group("developers"), groupPolicy("work", "developers", unknownFrom("bucket"))],
      },
    ],
  },
});
