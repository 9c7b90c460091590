import assert from "node:assert/strict";
import { AnalyzeDiagnostic, EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Finding, findingOf, inReadingOrder, remarkOf } from "../../../cli/pack/finding";

const finding = (change: Partial<Finding>): Finding => {
  return { ...remarkOf("r", "low", "urn", "m"), ...change };
};

describe("findings", () => {
  it("come mandatory first, then by severity, resource and rule", () => {
    const ordered = inReadingOrder([
      finding({ rule: "5", severity: "unspecified" }),
      finding({ rule: "4", resource: "urn-b" }),
      finding({ rule: "3", resource: "urn-a" }),
      finding({ rule: "2", severity: "critical" }),
      finding({ rule: "1", level: "mandatory" }),
    ]);
    assert.deepEqual(
      ordered.map(({ rule }) => rule),
      ["1", "2", "3", "4", "5"],
    );
  });

  it("of a remediation that did not help block", () => {
    const diagnostic = new AnalyzeDiagnostic().setEnforcementlevel(EnforcementLevel.REMEDIATE);
    assert.equal(findingOf(diagnostic, "urn", "low").level, "mandatory");
  });

  it("have the rule's severity unless they have their own", () => {
    const diagnostic = new AnalyzeDiagnostic().setEnforcementlevel(EnforcementLevel.ADVISORY);
    assert.equal(findingOf(diagnostic, "urn", "high").severity, "high");
    diagnostic.setSeverity(PolicySeverity.POLICY_SEVERITY_MEDIUM);
    assert.equal(findingOf(diagnostic, "urn", "high").severity, "medium");
  });

  it("are about the resource that was asked about unless they name another", () => {
    const diagnostic = new AnalyzeDiagnostic();
    assert.equal(findingOf(diagnostic, "asked", "high").resource, "asked");
    assert.equal(findingOf(diagnostic.setUrn("named"), "asked", "high").resource, "named");
  });
});
