import { keyOf, type OrganizationPolicy } from "../../model";
import { unknownFrom } from "../authoring/example";
import { organizationPolicy, policy, policyTarget } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

const noLeaving = policy({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" });
const root = "r-a1b2";

export const scpAttached = defineRule({
  id: "scp-attached",
  title: "Service control policies are attached",
  severity: "medium",
  level: "advisory",
  rationale:
    "A service control policy that nothing attaches is a guard that is written and not posted: it shows in every list and binds nobody.",
  remediation:
    "Attach it with aws.organizations.PolicyAttachment to the root of the organization, an organizational unit or an account.",
  controls: [{ framework: "NIST 800-53", version: "5", id: "AC-3" }],
  options: {},
  on: "organizationPolicy",
  phases: ["stack"],

  *check({ resource, type }: OrganizationPolicy, { graph }): Iterable<Outcome> {
    const { urn, name } = resource;
    const subject = `policy "${name}"`;
    if (type.known && type.value !== "SERVICE_CONTROL_POLICY") return;
    const key = keyOf(resource);
    const attachments = graph.organizationAttachments;
    if (attachments.some((each) => each.policy !== undefined && keyOf(each.policy) === key)) return;
    if (!type.known) {
      yield { kind: "undecided", urn, subject, because: "its type is not known yet", waiting: [type.waiting] };
      return;
    }
    const open = attachments.flatMap(({ policy, policyId }) =>
      policy === undefined && !policyId.known ? [policyId.waiting] : [],
    );
    if (open.length > 0) {
      yield {
        kind: "undecided",
        urn,
        subject,
        because: "an attachment whose policy is not known yet may be meant for it",
        waiting: open.slice(0, 1),
      };
      return;
    }
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The service control policy "${name}" is attached to nothing in this stack.`,
      why: "Until it is attached it binds no account.",
      fix: "Add an aws.organizations.PolicyAttachment with its id and the id of a root, an organizational unit or an account.",
    };
  },

  examples: {
    fail: [
      { title: "a policy that nothing attaches", resources: [organizationPolicy("stay", noLeaving)] },
      {
        title: "an attachment of another policy",
        resources: [
          organizationPolicy("stay", noLeaving),
          organizationPolicy("regions", noLeaving),
          policyTarget("regions-root", unknownFrom("regions"), root),
        ],
      },
    ],
    pass: [
      {
        title: "attached to the root of the organization",
        resources: [organizationPolicy("stay", noLeaving), policyTarget("stay-root", unknownFrom("stay"), root)],
      },
      {
        title: "attached to an account that is not known yet",
        resources: [
          organizationPolicy("stay", noLeaving),
          policyTarget("stay-account", unknownFrom("stay"), unknownFrom("account")),
        ],
      },
    ],
    undecided: [
      {
        title: "an attachment of a policy that is not known yet",
        resources: [organizationPolicy("stay", noLeaving), policyTarget("some-root", unknownFrom("lookup"), root)],
      },
    ],
  },
});
