import { shownLine } from "../../policypack/host";
import type { CheckResult, FailOn, PlacedFinding } from "./check-result";
import { placeOf, repositoryOf } from "./places";
import { type Standing, standingOf } from "./summary";

/** GitHub shows no more of a kind for each step ("Workflow commands for GitHub Actions": annotations). */
const MOST_OF_A_KIND = 10;

const KINDS: Readonly<Record<Standing, "error" | "warning" | "notice" | undefined>> = {
  blocking: "error",
  advisory: "warning",
  undecided: "notice",
  exempt: undefined,
  inBaseline: undefined,
};

/** The weightiest findings as commands that make GitHub show them in the code ("Workflow commands for GitHub Actions"). */
export function annotations(results: readonly CheckResult[], failOn: FailOn): readonly string[] {
  const made = new Map<string, number>();
  return results.flatMap((result) =>
    result.findings.flatMap((finding) => {
      const kind = KINDS[standingOf(finding, failOn)];
      const before = made.get(kind ?? "") ?? 0;
      if (kind === undefined || before === MOST_OF_A_KIND) return [];
      made.set(kind, before + 1);
      return [annotation(kind, finding, result)];
    }),
  );
}

function annotation(kind: string, finding: PlacedFinding, result: CheckResult): string {
  const { file, line, column } = placeOf(finding, result, repositoryOf(result.folder));
  const { what, items = [], fix } = finding.text;
  const properties = { file, line: String(line), col: String(column), title: finding.rule };
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  const text = [what, ...items.map((item) => `- ${item}`), ...(fix === undefined ? [] : [`Fix: ${fix}`])];
  return `::${kind} ${shown.join(",")}::${text.map(escaped).join("%0A")}`;
}

function escaped(text: string): string {
  return shownLine(text).replaceAll("%", "%25");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
