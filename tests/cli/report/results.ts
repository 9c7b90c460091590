import { remarkOf } from "../../../cli/pack/finding";
import type { CheckResult, PlacedFinding } from "../../../cli/report/check-result";

export const GROUP = "urn:pulumi:dev::shop::aws:iam/group:Group::admins";

/** A finding in every part. */
export const FOUND: PlacedFinding = {
  ...remarkOf(
    "no-overbroad-group",
    "critical",
    GROUP,
    'The group "admins" has full administrator power.\nFix: Allow less.',
  ),
  level: "mandatory",
  text: {
    what: 'The group "admins" has full administrator power, by the first statement of the AWS managed policy AdministratorAccess.',
    why: "Every request is allowed (a member's access key, without MFA).",
    fix: "Allow the actions that the work needs, on the resources that it needs.",
    code: '{\n  "Effect": "Deny"\n}',
    notes: [{ label: "Waived until", text: "2026-12-01: known" }],
  },
  subjects: ['group "admins"'],
  witnesses: [
    { scenario: "a member's access key, without MFA", action: "*", resource: "*", context: { "aws:x": ["a"] } },
  ],
  statements: [{ origin: "arn:aws:iam::aws:policy/AdministratorAccess", path: "$.Statement[0]" }],
  fingerprint: "f1",
  source: { file: "lib/groups.ts", line: 12, column: 3 },
};

/** The same in an account, made by a stack whose name is hostile. */
export const OWNED: PlacedFinding = {
  ...FOUND,
  owners: [
    {
      ...{ project: "shop", stack: "\u001b[31mdev", urn: GROUP },
      source: { file: "lib/groups.ts", line: 12, column: 5 },
    },
  ],
};

export const EXPIRED = remarkOf("settings", "unspecified", "", "One waiver has expired.");

/** The check of a stack that is blocked by one finding and advised by another. */
export const BLOCKED: CheckResult = {
  outcome: "blocked",
  findings: [FOUND, EXPIRED],
  assumptions: ["the account is 123456789012 (change it with --account)"],
  notSeen: [],
  project: "shop",
  stack: "dev",
  resources: 1,
  folder: process.cwd(),
  projectFile: "Pulumi.yaml",
};

export const PASSED: CheckResult = { ...BLOCKED, outcome: "passed", findings: [], assumptions: [], resources: 3 };

/** One of many that are found with the same. */
export function foundWith(name: string): PlacedFinding {
  const what = `The user "${name}" has a login profile, and nothing in the stack asks it for MFA.`;
  const urn = `urn:pulumi:dev::shop::aws:iam/user:User::${name}`;
  const text = { what, why: "Whatever it is given works with the password alone.", fix: "Add the statement." };
  return {
    ...remarkOf("require-user-mfa", "critical", urn, what),
    level: "mandatory",
    text,
    subjects: [`user "${name}"`],
  };
}
