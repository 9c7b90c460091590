import { undecidedPolicy } from "../../policypack/host";
import { blocks, type CheckResult, type FailOn, type PlacedFinding } from "./check-result";

/** How many findings of each sort there are. */
export interface Counts {
  readonly blocking: number;
  readonly advisory: number;
  /** Identities that cannot be judged yet. */
  readonly undecided: number;
  /** Covered by exceptions of Pulumi's own. */
  readonly exempt: number;
  readonly inBaseline: number;
  readonly resources: number;
}

/** What becomes of a finding. */
export type Standing = "blocking" | "exempt" | "inBaseline" | "undecided" | "advisory";

export function standingOf(finding: PlacedFinding, failOn: FailOn): Standing {
  if (finding.exceptions !== undefined) return "exempt";
  if (finding.isInBaseline === true) return "inBaseline";
  if (blocks(finding, failOn)) return "blocking";
  return finding.rule === undecidedPolicy.id ? "undecided" : "advisory";
}

export function countsOf(results: readonly CheckResult[], failOn: FailOn): Counts {
  const findings = results.flatMap((result) => result.findings);
  const of = (standing: Standing) => findings.filter((finding) => standingOf(finding, failOn) === standing);
  return {
    blocking: of("blocking").length,
    advisory: of("advisory").length,
    undecided: of("undecided").reduce((sum, { subjects }) => sum + subjects.length, 0),
    exempt: of("exempt").length,
    inBaseline: of("inBaseline").length,
    resources: results.reduce((sum, { resources }) => sum + resources, 0),
  };
}

/** Of several stacks: failed where one failed, blocked where one is blocked. */
export function outcomeOf(results: readonly CheckResult[]): CheckResult["outcome"] {
  const outcomes = results.map(({ outcome }) => outcome);
  if (outcomes.includes("failed")) return "failed";
  return outcomes.includes("blocked") ? "blocked" : "passed";
}

/** `2 blocking findings (1 critical, 1 high), 3 advisory, 5 undecided, in 12 resources of shop/dev`. */
export function countsInWords(results: readonly CheckResult[], failOn: FailOn): string {
  const counts = countsOf(results, failOn);
  const blocking = results.flatMap(({ findings }) => findings).filter((finding) => blocks(finding, failOn));
  const severities = [...new Set(blocking.map(({ severity }) => severity))].map(
    (severity) => `${blocking.filter((finding) => finding.severity === severity).length} ${severity}`,
  );
  const detail = severities.length === 0 ? "" : ` (${severities.join(", ")})`;
  const parts = [
    `${counted(counts.blocking, "blocking finding")}${detail}`,
    `${counts.advisory} advisory`,
    ...(counts.undecided === 0 ? [] : [`${counts.undecided} undecided`]),
    ...(counts.exempt === 0 ? [] : [`${counts.exempt} exempt`]),
    ...(counts.inBaseline === 0 ? [] : [`${counts.inBaseline} in the baseline`]),
  ];
  const stacks = results.map(({ project, stack }) => `${project}/${stack}`).join(", ");
  return `${parts.join(", ")}, in ${counted(counts.resources, "resource")} of ${stacks}`;
}

/** `Passed, 5 undecided`, `Blocked`. */
export function verdictInWords(results: readonly CheckResult[], failOn: FailOn): string {
  const { undecided } = countsOf(results, failOn);
  switch (outcomeOf(results)) {
    case "passed":
      return undecided === 0 ? "Passed" : `Passed, ${undecided} undecided`;
    case "blocked":
      return "Blocked";
    case "failed":
      return "Failed, and found before that";
  }
}

export function counted(number: number, what: string, several = `${what}s`): string {
  return `${number} ${number === 1 ? what : several}`;
}
