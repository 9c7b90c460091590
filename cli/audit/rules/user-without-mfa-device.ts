import { isTrue } from "../stack/credentials";
import { defineAccountRule, found } from "./account-rule";
import { row } from "./example-records";

export const userWithoutMfaDevice = defineAccountRule({
  id: "user-without-mfa-device",
  title: "Users who sign in to the console have an MFA device",
  severity: "high",
  level: "advisory",
  rationale:
    "A password without a second factor is lost with the first phishing mail. That the policies demand MFA is a matter of require-user-mfa; a user without a " +
    "device can then do nothing, or everything where no policy demands it.",
  remediation: "Let the user enable a device, or delete its login profile and use IAM Identity Center.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.10" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.5" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.4.2" },
  ],
  options: {},
  needs: [["credential-report"]],
  subjects: ({ users }) => users,

  *check(subject) {
    const { row } = subject;
    if (!isTrue(row, "password_enabled") || isTrue(row, "mfa_active")) return;
    yield found(subject, {
      what: `The ${subject.name} has a password for the console and no MFA device.`,
      why: "The password alone signs it in.",
      fix: "Let it enable a device under Security credentials, or take the password away: aws iam delete-login-profile.",
    });
  },

  examples: {
    fail: [
      {
        title: "a password and no device",
        records: { "credential-report": [row("anna", { password_enabled: "true" }), row("ben")] },
        at: ['user "anna"'],
      },
    ],
    pass: [
      {
        title: "a password and a device",
        records: { "credential-report": [row("anna", { password_enabled: "true", mfa_active: "true" })] },
      },
      { title: "no password", records: { "credential-report": [row("ci", { access_key_1_active: "true" })] } },
    ],
    notChecked: [{ title: "no credential report", records: {} }],
  },
});
