import { type AnalyzeDiagnostic, EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";

export type Level = "mandatory" | "advisory";
export type Severity = "critical" | "high" | "medium" | "low" | "unspecified";

/** One thing that a policy pack found, as the pack words it. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  readonly severity: Severity;
  /** URN of the resource, or "" where the finding is about the whole stack. */
  readonly resource: string;
  readonly message: string;
  /** Exceptions of Pulumi's own that cover it, so that it does not block. */
  readonly exceptions?: readonly { readonly id: string; readonly reason: string }[];
  /** Where an update may report it as well, and no exception covers it. */
  readonly notExceptedAt?: readonly string[];
}

/** Whether a finding ends the engine's run. */
export function blocks({ level, exceptions }: Finding): boolean {
  return level === "mandatory" && exceptions === undefined;
}

const SEVERITIES: Readonly<Record<number, Severity>> = {
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
};

export function severityOf(severity: PolicySeverity): Severity {
  return SEVERITIES[severity] ?? "unspecified";
}

/**
 * @param urn the resource that was asked about, for a diagnostic that names none
 * @param ruleSeverity of the rule, for a diagnostic that has none
 */
export function findingOf(diagnostic: AnalyzeDiagnostic, urn: string, ruleSeverity: Severity): Finding {
  const level = diagnostic.getEnforcementlevel();
  const severity = severityOf(diagnostic.getSeverity());
  return {
    rule: diagnostic.getPolicyname(),
    // What a remediation should have repaired and did not, blocks as a mandatory finding does.
    level: level === EnforcementLevel.MANDATORY || level === EnforcementLevel.REMEDIATE ? "mandatory" : "advisory",
    severity: severity === "unspecified" ? ruleSeverity : severity,
    resource: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage(),
  };
}

const SEVERITY_ORDER: readonly Severity[] = ["critical", "high", "medium", "low", "unspecified"];

/**
 * Mandatory findings first, then the most severe, then by resource, rule and message, and after all of them what is excepted:
 * every run in the same order.
 */
export function inReadingOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ level, severity, resource, rule, message, exceptions }: Finding) => [
    exceptions === undefined ? "0" : "1",
    level === "mandatory" ? "0" : "1",
    String(SEVERITY_ORDER.indexOf(severity)),
    ...[resource, rule, message],
  ];
  return [...findings].sort((left, right) => compare(key(left), key(right)));
}

function compare(left: readonly string[], right: readonly string[]): number {
  const index = left.findIndex((part, position) => part !== right[position]);
  if (index === -1) return 0;
  return (left[index] ?? "") < (right[index] ?? "") ? -1 : 1;
}
