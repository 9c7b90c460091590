import type { AdminPower } from "../iam/admin";
import { no, type Verdict } from "../iam/verdict";
import type { User } from "../model/subjects";
import { unknownFrom } from "./example";
import { isSanctioned, judgePower } from "./overbroad";
import { isStrongerThan, powerOf, powerWithoutGroups } from "./power";
import { defineRule, type Outcome } from "./rule";
import type { Settings } from "./settings";

function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const user = (name: string) => ({ type: "aws:iam/user:User", name, properties: { name, path: "/" } }) as const;

/** The power that is the user's own: by its own policies, or by several groups together beyond what one of them gives. */
function ownPowerOf(user: User, settings: Settings): Verdict<AdminPower> {
  const together = powerOf(user, settings);
  if (user.groups.length === 0 || together.answer === "no") return together;
  const alone = powerWithoutGroups(user, settings);
  if (together.answer === "unknown") {
    // What a group waits for is told once, at the group, and not again for every member.
    const isToldThere =
      alone.answer === "no" && user.groups.some((group) => powerOf(group, settings).answer === "unknown");
    return isToldThere ? no : together;
  }
  if (alone.answer === "yes" && !isStrongerThan(together.because, alone.because)) return alone;
  const fromOneGroup = user.groups.some((group) => {
    const power = powerOf(group, settings);
    return power.answer === "yes" && !isStrongerThan(together.because, power.because);
  });
  if (!fromOneGroup) return together;
  return alone.answer === "yes" ? alone : no;
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
  moments: ["creating", "stack"],

  *check(user: User, context): Iterable<Outcome> {
    if (isSanctioned(user, context.settings.sanctionedUsers) === true) return;
    yield* judgePower(user, ownPowerOf(user, context.settings), context);
  },

  examples: {
    fail: [
      {
        title: "AWS's AdministratorAccess",
        resources: [
          user("alice"),
          {
            type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
            name: "alice-all",
            properties: { user: "alice", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
          },
        ],
      },
      {
        title: "a policy that lets the user write its own policies",
        resources: [
          user("alice"),
          {
            type: "aws:iam/userPolicy:UserPolicy",
            name: "self",
            properties: {
              user: "alice",
              policy: policy({
                Effect: "Allow",
                Action: "iam:PutUserPolicy",
                Resource: "arn:aws:iam::*:user/${aws:username}",
              }),
            },
          },
        ],
      },
      {
        title: "an admin role that trusts the user by name, without MFA",
        resources: [
          user("alice"),
          {
            type: "aws:iam/role:Role",
            name: "admin",
            properties: {
              name: "admin",
              assumeRolePolicy: policy({
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::111122223333:user/alice" },
                Action: "sts:AssumeRole",
              }),
              managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
            },
          },
        ],
      },
    ],
    pass: [
      {
        title: "own keys and nothing else",
        resources: [
          user("alice"),
          {
            type: "aws:iam/userPolicy:UserPolicy",
            name: "keys",
            properties: {
              user: "alice",
              policy: policy({
                Effect: "Allow",
                Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
                Resource: "arn:aws:iam::*:user/${aws:username}",
              }),
            },
          },
        ],
      },
      {
        title: "a sanctioned user",
        resources: [
          user("break-glass"),
          {
            type: "aws:iam/userPolicy:UserPolicy",
            name: "all",
            properties: { user: "break-glass", policy: policy(everything) },
          },
        ],
        settings: { sanctionedUsers: ["break-glass"] },
      },
    ],
    undecided: [
      {
        title: "an attached policy that is not known yet",
        resources: [
          user("alice"),
          {
            type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
            name: "work",
            properties: { user: "alice", policyArn: unknownFrom("policy-of-another-stack") },
          },
        ],
      },
    ],
  },
});
