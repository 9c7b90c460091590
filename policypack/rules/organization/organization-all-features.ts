import type { Graph, Organization } from "../../model";
import { unknownFrom } from "../authoring/example";
import { organization, organizationPolicy, policy } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

const scpType = "SERVICE_CONTROL_POLICY";
const scp = organizationPolicy(
  "stay",
  policy({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }),
);

/** A value that is none of the two may be anything, so it is not repeated. */
function featuresInWords(featureSet: string): string {
  return featureSet === "CONSOLIDATED_BILLING"
    ? "has the feature set CONSOLIDATED_BILLING, not ALL"
    : "has a feature set that is not ALL";
}

export const organizationAllFeatures = defineRule({
  id: "organization-all-features",
  title: "An organization with service control policies has them enabled",
  severity: "medium",
  level: "advisory",
  rationale:
    "Service control policies work in an organization with all features only, and only once their type is enabled. Until then AWS refuses to attach them, " +
    "or takes them and binds nobody.",
  remediation: 'Set featureSet: "ALL" and put SERVICE_CONTROL_POLICY among enabledPolicyTypes of the organization.',
  controls: [{ framework: "NIST 800-53", version: "5", id: "AC-3" }],
  options: {},
  on: "organization",

  *check({ resource, featureSet, policyTypes }: Organization, { graph }): Iterable<Outcome> {
    if (!holdsScp(graph)) return;
    const { urn, name } = resource;
    const subject = `organization "${name}"`;
    const missing = [
      ...(featureSet.known && featureSet.value !== "ALL" ? [featuresInWords(featureSet.value)] : []),
      ...(policyTypes?.known && !policyTypes.value.includes(scpType)
        ? ["does not enable service control policies"]
        : []),
    ];
    if (missing.length > 0) {
      yield {
        kind: "finding",
        urn,
        subject,
        what: `The organization "${name}" ${missing.join(" and ")}, though this stack has service control policies.`,
        why: "Without it they bind nobody.",
        fix: `Set featureSet: "ALL" and enabledPolicyTypes: ["${scpType}"].`,
      };
    }
    for (const value of [featureSet, ...(policyTypes === undefined ? [] : [policyTypes])]) {
      if (value.known) continue;
      const because = `${value.waiting.property} is not known yet`;
      yield { kind: "undecided", urn, subject, because, waiting: [value.waiting] };
    }
  },

  examples: {
    fail: [
      {
        title: "policies whose type is not enabled",
        resources: [organization("acme", { featureSet: "ALL" }), scp],
      },
      {
        title: "an organization for billing only",
        resources: [organization("acme", { featureSet: "CONSOLIDATED_BILLING", enabledPolicyTypes: [scpType] }), scp],
      },
    ],
    pass: [
      {
        title: "all features, and the type enabled",
        resources: [organization("acme", { featureSet: "ALL", enabledPolicyTypes: [scpType] }), scp],
      },
      {
        title: "an organization without service control policies",
        resources: [organization("acme", { featureSet: "CONSOLIDATED_BILLING" })],
      },
    ],
    undecided: [
      {
        title: "a feature set that is not known yet",
        resources: [organization("acme", { featureSet: unknownFrom("settings"), enabledPolicyTypes: [scpType] }), scp],
      },
    ],
  },
});

/** One whose type is not known yet counts for one: as a rule it is. */
function holdsScp({ organizationPolicies }: Graph): boolean {
  return organizationPolicies.some(({ type }) => !type.known || type.value === scpType);
}
