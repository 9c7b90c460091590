import { type Assumption, any, type Caller, isRead, mayAssume, type Verdict } from "../../iam";
import { nameForPeople, type Role, waitingOf } from "../../model";
import { isRestricted, powerOf } from "../analysis/admin-power";
import { ofRole, waitingForTrust } from "../analysis/trust-policy";
import type { Asking } from "../authoring/analysis";
import {
  administratorAccess,
  lambdaService,
  ownAccount,
  policy,
  reading,
  role,
  trust,
  withMfa,
} from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";
import { codeOf, durationInWords, provenBy } from "../authoring/wording";

/** Users of the role's own account: those that its trust policy names, and some other. */
function usersOf({ account = "*", partition = "aws", trust: { policy } }: Role): readonly Caller[] {
  const entries = isRead(policy) ? policy.document.statements.flatMap(({ principal }) => principal?.entries ?? []) : [];
  const named = entries.flatMap(({ value }) => (/^arn:[^:]*:iam::[0-9]{12}:user\//.test(value) ? [value] : []));
  return [`arn:${partition}:iam::${account}:user/some-user`, ...named].map((arn) => ({ kind: "user", arn }));
}

/** Whether one of them may assume it. */
function letsPeopleIn(role: Role, mfa: boolean, { work }: Asking): Verdict<Assumption> {
  return any(usersOf(role).map((user) => mayAssume(role.trust.policy, user, { mfa, ...work.of(role) })));
}

export const timeBoxedAdminRole = defineRule({
  id: "time-boxed-admin-role",
  title: "Admin roles that people assume ask for MFA and end soon",
  severity: "medium",
  level: "advisory",
  rationale:
    "A role is better than a user of admin power because its sessions end and because it can ask for MFA when they begin. One that does neither is a user of " +
    "admin power by another name.",
  remediation:
    "Set maxSessionDuration to settings.maxSessionSeconds or less, and ask for aws:MultiFactorAuthPresent in the trust policy.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-12" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.4.2" },
  ],
  options: {},
  on: "role",

  *check(role: Role, context): Iterable<Outcome> {
    const { settings } = context;
    const power = powerOf(role, context);
    if (power.answer === "no" || (power.answer === "yes" && isRestricted(power.because))) return;
    const people = letsPeopleIn(role, true, context);
    if (people.answer === "no") return;
    const subject = nameForPeople(role);
    const { urn, maxSessionSeconds: seconds } = role;
    const withoutMfa = letsPeopleIn(role, false, context);
    const isShort = seconds.known && seconds.value <= settings.maxSessionSeconds;
    if (isShort && withoutMfa.answer === "no") return;

    const unsure = [power, people].flatMap((verdict) => (verdict.answer === "unknown" ? verdict.because : []));
    if (unsure.length > 0) {
      const waiting = [...waitingOf(role), ...waitingForTrust(role)];
      yield { kind: "undecided", urn, subject, because: [...new Set(unsure)].join("; "), waiting };
      return;
    }
    if (withoutMfa.answer === "yes") {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `People may assume the ${subject}, which has admin power, without MFA.`,
        ...provenBy(ofRole(role, withoutMfa.because)),
        fix: "Merge this into the Condition of that statement of its trust policy:",
        code: codeOf({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
        aspect: "mfa",
        statements: withoutMfa.because.statements,
      };
    } else if (withoutMfa.answer === "unknown") {
      const because = withoutMfa.because.join("; ");
      yield { kind: "undecided", urn, subject, because, waiting: waitingForTrust(role) };
    }
    if (!seconds.known) {
      const because = "how long its sessions last is not known yet";
      yield { kind: "undecided", urn, subject, because, waiting: [seconds.waiting] };
    } else if (!isShort) {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `A session of the ${subject}, which has admin power, may last ${durationInWords(seconds.value)}.`,
        why: "Whoever gets hold of a session has it until it ends; it cannot be taken back one by one.",
        fix: `Set maxSessionDuration: ${settings.maxSessionSeconds}.`,
        aspect: "session",
      };
    }
  },

  examples: {
    fail: [
      {
        title: "an admin role that asks nobody for MFA",
        resources: [role("admin", trust(ownAccount), { managedPolicyArns: [administratorAccess] })],
      },
      {
        title: "an admin role with sessions of twelve hours",
        resources: [
          role("admin", trust(ownAccount, withMfa), {
            managedPolicyArns: [administratorAccess],
            maxSessionDuration: 43200,
          }),
        ],
      },
    ],
    pass: [
      {
        title: "an hour, with MFA",
        resources: [
          role("admin", trust(ownAccount, withMfa), {
            managedPolicyArns: [administratorAccess],
            maxSessionDuration: 3600,
          }),
        ],
      },
      {
        title: "an admin role that only a service assumes",
        resources: [
          role("deploy", trust(lambdaService), { managedPolicyArns: [administratorAccess], maxSessionDuration: 43200 }),
        ],
      },
      {
        title: "a long session without admin power",
        resources: [
          role("reader", trust(ownAccount), {
            inlinePolicies: [{ name: "read", policy: policy(reading) }],
            maxSessionDuration: 43200,
          }),
        ],
      },
    ],
    undecided: [],
  },
});
