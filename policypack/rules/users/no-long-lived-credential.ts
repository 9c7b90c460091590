import { nameForPeople, type User } from "../../model";
import { isMachine } from "../analysis/machine-users";
import { accessKey, loginProfile, mfaGate, policy, user, userPolicy } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

export const noLongLivedCredential = defineRule({
  id: "no-long-lived-credential",
  title: "No credentials that never expire",
  severity: "medium",
  level: "advisory",
  rationale:
    "An access key works until somebody deactivates it, from anywhere, and most leaks of AWS accounts begin with one. Roles give credentials that expire by themselves.",
  remediation:
    "Use a role: for workloads in AWS an instance or task role, for CI an OIDC provider, for people IAM Identity Center. List what must keep a key under settings.machineUsers.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.11" },
    { framework: "NIST 800-53", version: "5", id: "IA-5(1)" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.3" },
  ],
  options: {},
  on: "user",

  *check(user: User, { settings }): Iterable<Outcome> {
    if (isMachine(user, settings) !== false) return;
    const subject = nameForPeople(user);
    for (const { kind, by, active } of user.credentials) {
      // A password is a matter of other rules: people need one where there is no Identity Center.
      if (kind === "login profile" || (active.known && !active.value)) continue;
      const named = `${/^[aeiou]|^SSH/.test(kind) ? "an" : "a"} ${kind}`;
      yield {
        kind: "finding",
        urn: by.urn,
        subject,
        what: `The ${subject} gets ${named}, which never expires.`,
        why: "Whoever finds it can use it from anywhere until it is deactivated.",
        fix: "Use a role instead (instance or task role, OIDC for CI, IAM Identity Center for people), or list the user under settings.machineUsers.",
      };
    }
  },

  examples: {
    fail: [
      { title: "an access key", resources: [user("ci"), accessKey("ci-key", "ci")], at: ["ci-key"] },
      {
        title: "an SSH key for a repository",
        resources: [
          user("ci"),
          {
            type: "aws:iam/sshKey:SshKey",
            name: "ci-ssh",
            properties: { username: "ci", encoding: "SSH", publicKey: "ssh-rsa AAAA" },
          },
        ],
        at: ["ci-ssh"],
      },
    ],
    pass: [
      {
        title: "a password",
        resources: [user("alice"), loginProfile("alice-login", "alice"), userPolicy("gate", "alice", policy(mfaGate))],
      },
      { title: "a key that is inactive", resources: [user("ci"), accessKey("ci-key", "ci", { status: "Inactive" })] },
      {
        title: "a machine on the list",
        resources: [user("ci"), accessKey("ci-key", "ci")],
        settings: { machineUsers: ["ci"] },
      },
    ],
    undecided: [],
  },
});
