import { isTrue } from "../stack/credentials";
import { defineAccountRule, found } from "./account-rule";
import { root, summary } from "./example-records";
import { hasPassword, rootIn, summedUp } from "./root-user";

export const rootMfa = defineAccountRule({
  id: "root-mfa",
  title: "The root user has an MFA device",
  severity: "critical",
  level: "mandatory",
  rationale:
    "The password of the root user opens everything in the account, and whoever can read its mailbox can set a new one. An MFA device is what stands in " +
    "between. A root user without a password, as central root access leaves it, cannot sign in.",
  remediation:
    "Enable a hardware or passkey MFA device for the root user, or delete its password by central root access.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.5" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.9" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.4.2" },
  ],
  options: {},
  needs: [["account-summary", "credential-report"]],
  subjects: rootIn,

  *check(subject, account) {
    const { summary, root } = account;
    const counted = summedUp(summary, "AccountMFAEnabled");
    const isEnabled = counted === undefined ? root !== undefined && isTrue(root.row, "mfa_active") : counted > 0;
    if (isEnabled || hasPassword(account) === false) return;
    yield found(subject, {
      what: "The root user of the account has no MFA device.",
      why: "Its password alone opens everything, and whoever reads its mailbox can set a new password.",
      fix: "Sign in as the root user and enable an MFA device under Security credentials, a hardware key or a passkey at best.",
    });
  },

  examples: {
    fail: [
      { title: "no device", records: { "account-summary": summary({ AccountMFAEnabled: 0 }) } },
      { title: "no device in the credential report", records: { "credential-report": [root()] } },
    ],
    pass: [
      { title: "a device", records: { "account-summary": summary({}) } },
      {
        title: "no device, and no password to sign in with",
        records: { "account-summary": summary({ AccountMFAEnabled: 0, AccountPasswordPresent: 0 }) },
      },
    ],
    notChecked: [{ title: "neither the summary nor the report", records: {} }],
  },
});
