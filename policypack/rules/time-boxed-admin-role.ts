import { mayAssume } from "../iam/trust";
import { nameForPeople } from "../model/principals";
import type { Role } from "../model/subjects";
import {
  administratorAccess,
  lambdaService,
  ownAccount,
  policy,
  reading,
  role,
  trust,
  withMfa,
} from "./example-resources";
import { isRestricted, powerOf } from "./power";
import { defineRule, type Outcome } from "./rule";
import { proofInWords } from "./wording";

/** Some user of the role's own account. */
function someUser({ account = "*", partition = "aws" }: Role): { readonly kind: "user"; readonly arn: string } {
  return { kind: "user", arn: `arn:${partition}:iam::${account}:user/some-user` };
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

  *check(role: Role, { settings }): Iterable<Outcome> {
    const power = powerOf(role, settings);
    if (power.answer !== "yes" || isRestricted(power.because)) return;
    const withMfaAssumed = mayAssume(role.trust.policy, someUser(role), { mfa: true });
    if (withMfaAssumed.answer !== "yes") return;

    const subject = nameForPeople(role);
    const { urn } = role;
    const withoutMfa = mayAssume(role.trust.policy, someUser(role), { mfa: false });
    if (withoutMfa.answer === "yes") {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `People may assume the ${subject}, which has admin power, without MFA.`,
        why: proofInWords(withoutMfa.because),
        fix: 'Add "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}} to the statement of its trust policy.',
        statements: withoutMfa.because.statements,
      };
    }
    const seconds = role.maxSessionSeconds;
    if (seconds.known && seconds.value > settings.maxSessionSeconds) {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `A session of the ${subject}, which has admin power, may last ${seconds.value} seconds.`,
        why: "Whoever gets hold of a session has it until it ends; it cannot be taken back one by one.",
        fix: `Set maxSessionDuration: ${settings.maxSessionSeconds}.`,
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
