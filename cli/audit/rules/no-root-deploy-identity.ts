import { defineAccountRule, found } from "./account-rule";

export const noRootDeployIdentity = defineAccountRule({
  id: "no-root-deploy-identity",
  title: "Nobody works with the root user's credentials",
  severity: "critical",
  level: "mandatory",
  rationale:
    "Credentials that this audit was given, and that programs and pipelines here use as well, are the root user's: nothing limits what they do, and nothing " +
    "tells one user of them from another.",
  remediation: "Use a role: `aws-identity-guardrails audit --print-policy` prints what an audit needs.",
  controls: [{ framework: "CIS AWS Foundations", version: "3.0.0", id: "1.7" }],
  options: {},
  needs: [["caller-identity"]],
  subjects: ({ caller, rootUrn }) => (caller === undefined ? [] : [{ urn: rootUrn, name: "root user" }]),

  *check(subject, { caller = "" }) {
    if (caller.split(":").at(-1) !== "root") return;
    yield found(subject, {
      what: "The credentials of this environment are the root user's.",
      why: `sts:GetCallerIdentity answers ${caller}: whatever runs here can do everything in the account.`,
      fix: "Take the credentials away from here, delete the key if it is one, and use a role.",
    });
  },

  examples: {
    fail: [
      {
        title: "a session of the root user",
        records: { "caller-identity": { Arn: "arn:aws:iam::111122223333:root" } },
      },
    ],
    pass: [
      {
        title: "a session of a role",
        records: { "caller-identity": { Arn: "arn:aws:sts::111122223333:assumed-role/audit/ci" } },
      },
    ],
    notChecked: [{ title: "nobody knows who asked", records: {} }],
  },
});
