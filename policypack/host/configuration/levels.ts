import type { Level, Severity } from "../../rules";

/** What Pulumi calls an enforcement level. */
export type ConfiguredLevel = Level | "remediate" | "disabled";

export const configuredLevels: readonly ConfiguredLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * The level of a finding: the configured one is the ceiling. What a remediation should have mended and did not is
 * mandatory, as with Pulumi's own server.
 */
export function levelOf(configured: Exclude<ConfiguredLevel, "disabled">, ceiling: "advisory" | undefined): Level {
  return ceiling === "advisory" || configured === "advisory" ? "advisory" : "mandatory";
}

const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

/** 0 for the most severe. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
