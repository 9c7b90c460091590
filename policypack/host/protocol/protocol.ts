import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Severity } from "../../rules";
import type { ConfiguredLevel } from "../configuration/levels";

/** Levels as the protocol numbers them. The first is 0, so a level that nobody set reads as advisory there. */
export const enforcementLevels: Readonly<Record<ConfiguredLevel, EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};

/** @throws Error on a number that the protocol does not name, as Pulumi's own server does */
export function configuredLevel(level: EnforcementLevel): ConfiguredLevel {
  switch (level) {
    case EnforcementLevel.ADVISORY:
      return "advisory";
    case EnforcementLevel.MANDATORY:
      return "mandatory";
    case EnforcementLevel.DISABLED:
      return "disabled";
    case EnforcementLevel.REMEDIATE:
      return "remediate";
    default:
      throw new Error(`The enforcement level ${level} is not one that this pack knows.`);
  }
}

export const severityCodes: Readonly<Record<Severity, PolicySeverity>> = {
  low: PolicySeverity.POLICY_SEVERITY_LOW,
  medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
};
