import { defineAccountRule, found } from "./account-rule";
import { root, summary } from "./example-records";
import { anyTrue, rootIn, summedUp } from "./root-user";

export const rootAccessKey = defineAccountRule({
  id: "root-access-key",
  title: "The root user has no access key",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A key of the root user can do everything in the account, no policy of the account holds it, and it works without MFA. Nothing needs one.",
  remediation:
    "Sign in as the root user, or open a privileged root session from the management account, and delete the key.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.4" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.4" },
  ],
  options: {},
  needs: [["account-summary", "credential-report"]],
  subjects: rootIn,

  *check(subject, { summary, root }) {
    const counted = summedUp(summary, "AccountAccessKeysPresent");
    const told = anyTrue(root?.row, ["access_key_1_active", "access_key_2_active"]);
    if ((counted ?? 0) === 0 && told !== true) return;
    yield found(subject, {
      what: "The root user of the account has an access key.",
      why: "Whoever has the key is the account: no policy of the account can deny it anything, and nothing asks it for MFA.",
      fix: "Find what uses it (access_key_1_last_used_service in the credential report), give that a role, and delete the key.",
    });
  },

  examples: {
    fail: [
      {
        title: "a key that the account's summary counts",
        records: { "account-summary": summary({ AccountAccessKeysPresent: 1 }) },
      },
      {
        title: "a key in the credential report",
        records: { "credential-report": [root({ access_key_2_active: "true" })] },
      },
    ],
    pass: [{ title: "no key", records: { "account-summary": summary({}), "credential-report": [root()] } }],
    notChecked: [{ title: "neither the summary nor the report", records: {} }],
  },
});
