import { type AnalyzeDiagnostic, EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { fingerprintOf, messageOf, type Report } from "../../policypack/host";
import { resourceInWords } from "../../policypack/model";

export type Level = "mandatory" | "advisory";
export type Severity = "critical" | "high" | "medium" | "low" | "unspecified";

/** One thing that a policy pack found. Of a pack that is not this package's, all of the text is `what`. */
export interface Finding
  extends Pick<Report, "text" | "decided" | "subjects" | "witnesses" | "statements" | "fingerprint"> {
  readonly rule: string;
  readonly level: Level;
  readonly severity: Severity;
  /** URN of the resource, or "" where the finding is about the whole stack. */
  readonly resource: string;
  /** As the engine shows it. */
  readonly message: string;
  /** Exceptions of Pulumi's own that cover it, so that it does not block. */
  readonly exceptions?: readonly { readonly id: string; readonly reason: string }[];
  /** Where an update may report it as well, and no exception covers it. */
  readonly notExceptedAt?: readonly string[];
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
  // What a remediation should have repaired and did not, blocks as a mandatory finding does.
  const isMandatory = level === EnforcementLevel.MANDATORY || level === EnforcementLevel.REMEDIATE;
  return {
    ...remarkOf(diagnostic.getPolicyname(), ruleSeverity, diagnostic.getUrn() || urn, diagnostic.getMessage()),
    level: isMandatory ? "mandatory" : "advisory",
    ...(severity === "unspecified" ? {} : { severity }),
  };
}

/** Something that only advises, of which nothing is known but its text. */
export function remarkOf(rule: string, severity: Severity, resource: string, message: string): Finding {
  return {
    ...{ rule, level: "advisory", severity, resource, message, text: { what: message.trim() }, decided: true },
    ...{ subjects: [], witnesses: [], statements: [] },
    fingerprint: fingerprintOf(rule, resourceInWords(resource), message.split("\n", 1)[0]),
  };
}

/** What this package's pack reports. */
export function ofReport(report: Report): Finding {
  const { policy, urn, level, severity, text, decided, subjects, witnesses, statements, fingerprint } = report;
  return {
    ...{ rule: policy, level, severity, resource: urn, message: messageOf(report), text, decided },
    ...{ subjects, witnesses, statements, fingerprint },
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
