import type { AccountAudit, AuditedIdentity, WayStep } from "../../../../cli/report/account-audit";
import type { CheckResult, PlacedFinding } from "../../../../cli/report/check-result";
import { BLOCKED, FOUND, foundWith } from "../results";

/** Markup, a terminal's escape, a mark of direction, a spreadsheet's formula. */
export const HOSTILE = `=1+1<script>document.title="taken"</script><img src=x onerror="document.title='taken'">\u001b[31m\u202e"'</script>`;

const ACCOUNT = "111122223333";

function arn(kind: string, name: string): string {
  return `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
}

function user(name: string, distance?: number): AuditedIdentity {
  return {
    ...{ id: arn("user", name), kind: "user", name, isAdministrator: distance === 0, hasMfaDevice: name !== "anna" },
    ...(distance === undefined ? {} : { distance }),
  };
}

function step(from: string, how: string, to: string, action = "sts:AssumeRole"): WayStep {
  return {
    ...{ from, to, how },
    witnesses: [
      {
        scenario: "a user's access key, without MFA",
        action,
        resource: to,
        context: { "aws:SecureTransport": "true" },
      },
    ],
    statements: [{ origin: from, path: "$.Statement[0]" }],
  };
}

const DEVELOPERS: AuditedIdentity = {
  ...{ id: arn("group", "developers"), kind: "group", name: "developers", isAdministrator: false, distance: 3 },
};
const DEPLOY: AuditedIdentity = {
  ...{ id: arn("role", "deploy"), kind: "role", name: "deploy", isAdministrator: false, distance: 2 },
};
const NIGHTLY: AuditedIdentity = {
  ...{
    id: arn("role", "nightly-function"),
    kind: "role",
    name: "nightly-function",
    isAdministrator: false,
    distance: 1,
  },
};
const ADMIN: AuditedIdentity = {
  ...{ id: arn("role", "platform-admin"), kind: "role", name: "platform-admin", isAdministrator: true, distance: 0 },
};

const SHARED: readonly WayStep[] = [
  step(DEVELOPERS.id, "may assume", DEPLOY.id),
  step(DEPLOY.id, "starts a new Lambda function as", NIGHTLY.id, "lambda:CreateFunction"),
  step(NIGHTLY.id, "may assume", ADMIN.id),
];

/** An account with one long way that many users can go, and so many who cannot. */
function accountOf(onTheWay: readonly string[], others: number): AccountAudit {
  const beside = Array.from({ length: others }, (_, index) => user(`reader-${index}`));
  return {
    account: ACCOUNT,
    answers: [
      { rule: "no-overbroad-group", failed: [], passed: 12, notChecked: [] },
      {
        ...{ rule: "require-user-mfa", failed: ['user "anna"'], passed: 3 },
        notChecked: [{ because: "the MFA devices could not be listed", permission: "iam:ListVirtualMFADevices" }],
      },
    ],
    identities: [
      ...onTheWay.map((name) => user(name, 4)),
      DEVELOPERS,
      DEPLOY,
      NIGHTLY,
      ADMIN,
      user("break-glass", 0),
      ...beside,
    ],
    steps: [...SHARED, ...onTheWay.map((name) => step(arn("user", name), "is a member of", DEVELOPERS.id, "*"))],
    mends: [{ what: 'Demand MFA in the trust policy of the role "deploy".', cuts: onTheWay.length + 1 }],
  };
}

function auditOf(findings: readonly PlacedFinding[], audit: AccountAudit): CheckResult {
  return { ...BLOCKED, project: "aws", stack: ACCOUNT, findings, resources: audit.identities.length, audit };
}

/** One of each sort, and hostile names. */
export const SMALL: CheckResult = auditOf(
  [
    FOUND,
    { ...foundWith(HOSTILE), fingerprint: "f2" },
    {
      ...foundWith(`${"long-name-".repeat(52)}`.slice(0, 512)),
      fingerprint: "f3",
      severity: "high",
      level: "advisory",
    },
    { ...foundWith("known"), fingerprint: "f4", severity: "medium", isInBaseline: true },
  ],
  accountOf(["anna", "ben", HOSTILE], 8),
);

/** As large as an account gets. */
export const LARGE: CheckResult = auditOf(
  Array.from({ length: 600 }, (_, index) => ({
    ...foundWith(`user-${index}`),
    fingerprint: `many-${index}`,
    severity: (["critical", "high", "medium", "low"] as const)[index % 4] ?? "low",
  })),
  accountOf(
    Array.from({ length: 1_000 }, (_, index) => `engineer-${index}`),
    995,
  ),
);
