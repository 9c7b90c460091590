import { defineAccountRule, found } from "./account-rule";
import { root, summary } from "./example-records";
import { anyTrue, rootIn, summedUp } from "./root-user";

export const rootSigningCertificate = defineAccountRule({
  id: "root-signing-certificate",
  title: "The root user has no signing certificate",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A signing certificate of the root user signs requests as an access key does, with the power of the whole account.",
  remediation: "Delete the certificate as the root user, or by central root access.",
  controls: [{ framework: "NIST 800-53", version: "5", id: "AC-6" }],
  options: {},
  needs: [["account-summary", "credential-report"]],
  subjects: rootIn,

  *check(subject, { summary, root }) {
    const counted = summedUp(summary, "AccountSigningCertificatesPresent");
    const told = anyTrue(root?.row, ["cert_1_active", "cert_2_active"]);
    if ((counted ?? 0) === 0 && told !== true) return;
    yield found(subject, {
      what: "The root user of the account has a signing certificate.",
      why: "Whoever has its private key signs requests as the root user, which no policy of the account holds.",
      fix: "Delete the certificate under Security credentials of the root user, or by central root access.",
    });
  },

  examples: {
    fail: [
      { title: "a certificate", records: { "credential-report": [root({ cert_1_active: "true" })] } },
      {
        title: "one that the summary counts",
        records: { "account-summary": summary({ AccountSigningCertificatesPresent: 1 }) },
      },
    ],
    pass: [{ title: "none", records: { "credential-report": [root()] } }],
    notChecked: [{ title: "neither the summary nor the report", records: {} }],
  },
});
