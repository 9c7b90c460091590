import { type Organization, peek } from "../../model";
import { unknownFrom } from "../authoring/example";
import { organization, organizationsFeatures } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

/** "Centralize root access for member accounts" (IAM User Guide). */
const wanted = ["RootCredentialsManagement", "RootSessions"];

const acme = organization("acme", {
  featureSet: "ALL",
  awsServiceAccessPrincipals: ["iam.amazonaws.com"],
});

export const requireCentralRootAccess = defineRule({
  id: "require-central-root-access",
  title: "Root access to member accounts is managed centrally",
  severity: "medium",
  level: "advisory",
  rationale:
    "With central root access member accounts need no root password, keys or MFA device at all: the management account deletes them, and what only root may do " +
    "is done in short sessions limited to one task. What does not exist cannot be stolen.",
  remediation:
    "Add aws.iam.OrganizationsFeatures with RootCredentialsManagement and RootSessions, and iam.amazonaws.com among awsServiceAccessPrincipals of the organization.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.4" },
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.4" },
    { framework: "AWS Config", version: "2024", id: "iam-root-access-key-check" },
  ],
  options: {},
  on: "organization",

  *check({ resource }: Organization, { graph }): Iterable<Outcome> {
    const { urn, name } = resource;
    const subject = `organization "${name}"`;
    const features = graph.organizationsFeatures;
    const enabled = features.flatMap((each) => peek(each.enabled) ?? []);
    const missing = wanted.filter((feature) => !enabled.includes(feature));
    if (missing.length === 0) return;
    const open = features.flatMap((each) => (each.enabled.known ? [] : [each.enabled.waiting]));
    if (open.length > 0) {
      const because = "which features of central root access are enabled is not known yet";
      yield { kind: "undecided", urn, subject, because, waiting: open };
      return;
    }
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The organization "${name}" does not enable ${missing.join(" and ")}.`,
      why: "Every member account keeps a root user with a password that can be reset and keys that can be made.",
      fix: `Add aws.iam.OrganizationsFeatures with enabledFeatures: [${wanted.map((feature) => `"${feature}"`).join(", ")}], and "iam.amazonaws.com" to awsServiceAccessPrincipals.`,
    };
  },

  examples: {
    fail: [
      { title: "an organization without central root access", resources: [acme] },
      {
        title: "credentials managed centrally, but no sessions",
        resources: [acme, organizationsFeatures("root-access", ["RootCredentialsManagement"])],
      },
    ],
    pass: [
      { title: "both features", resources: [acme, organizationsFeatures("root-access", wanted)] },
      {
        title: "a stack that does not manage the organization",
        resources: [organizationsFeatures("root-access", ["RootSessions"])],
      },
    ],
    undecided: [
      {
        title: "features that are not known yet",
        resources: [acme, organizationsFeatures("root-access", unknownFrom("settings"))],
      },
    ],
  },
});
