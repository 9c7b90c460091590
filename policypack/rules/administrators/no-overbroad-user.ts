import { type AdminPower, no, type Verdict } from "../../iam";
import type { User } from "../../model";
import { isStrongerThan, powerOf, powerWithoutGroups } from "../analysis/admin-power";
import { isSanctioned, judgePower, untilNamed } from "../analysis/power-findings";
import type { Asking } from "../authoring/analysis";
import { unknownFrom } from "../authoring/example";
import {
  administratorAccess,
  everything,
  policy,
  role,
  trust,
  user,
  userAttachment,
  userPolicy,
} from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

/** The power that is the user's own: by its own policies, or by several groups together beyond what one of them gives. */
function ownPowerOf(user: User, asking: Asking): Verdict<AdminPower> {
  const together = powerOf(user, asking);
  if (user.groups.length === 0 || together.answer === "no") return together;
  const alone = powerWithoutGroups(user, asking);
  if (together.answer === "unknown") {
    // What a group waits for is told once, at the group, and not again for every member.
    const isToldThere =
      alone.answer === "no" && user.groups.some((group) => powerOf(group, asking).answer === "unknown");
    return isToldThere ? no : together;
  }
  if (alone.answer === "yes" && !isStrongerThan(together.because, alone.because)) return alone;
  const fromOneGroup = user.groups.some((group) => {
    const power = powerOf(group, asking);
    return power.answer === "yes" && !isStrongerThan(together.because, power.because);
  });
  if (!fromOneGroup) return together;
  return alone.answer === "yes" ? alone : no;
}

function onOneself(action: string | readonly string[]) {
  return { Effect: "Allow", Action: action, Resource: "arn:aws:iam::*:user/${aws:username}" };
}

export const noOverbroadUser = defineRule({
  id: "no-overbroad-user",
  title: "No user holds administrator power",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A user's power is there with every password and key that the user has, all day. What counts is what its own and its groups' policies allow together, " +
    "and which roles of the stack trust it by name: that needs no policy of the user's.",
  remediation: "Take the power out of the user. Let people assume an admin role with MFA, for an hour.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.16" },
    { framework: "NIST 800-53", version: "5", id: "AC-6" },
    { framework: "PCI DSS", version: "4.0.1", id: "7.2.2" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.1" },
  ],
  options: {},
  on: "user",
  phases: ["creating", "stack"],

  *check(user: User, context): Iterable<Outcome> {
    const sanctioned = isSanctioned(user, context.settings.sanctionedUsers);
    if (sanctioned === true) return;
    const judged = judgePower(user, ownPowerOf(user, context), context);
    yield* sanctioned === undefined ? untilNamed(user, judged) : judged;
  },

  examples: {
    fail: [
      {
        title: "AWS's AdministratorAccess",
        resources: [user("bob"), userAttachment("bob-all", "bob", administratorAccess)],
      },
      {
        title: "a policy that lets the user write its own policies",
        resources: [user("alice"), userPolicy("self", "alice", policy(onOneself("iam:PutUserPolicy")))],
      },
      {
        title: "an admin role that trusts the user by name, without MFA",
        resources: [
          user("alice"),
          role("admin", trust({ AWS: "arn:aws:iam::111122223333:user/alice" }), {
            managedPolicyArns: [administratorAccess],
          }),
        ],
      },
    ],
    pass: [
      {
        title: "own keys and nothing else",
        resources: [
          user("alice"),
          userPolicy("keys", "alice", policy(onOneself(["iam:CreateAccessKey", "iam:DeleteAccessKey"]))),
        ],
      },
      {
        title: "a sanctioned user",
        resources: [user("break-glass"), userPolicy("all", "break-glass", policy(everything))],
        settings: { sanctionedUsers: ["break-glass"] },
      },
    ],
    undecided: [
      {
        title: "an attached policy that is not known yet",
        resources: [user("alice"), userAttachment("work", "alice", unknownFrom("policy-of-another-stack"))],
      },
    ],
  },
});
