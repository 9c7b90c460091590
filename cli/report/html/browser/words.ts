import type { PageFinding } from "../page-data";

export const severities: readonly PageFinding["severity"][] = ["critical", "high", "medium", "low", "unspecified"];

export const severityWords: Readonly<Record<PageFinding["severity"], string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  unspecified: "Other",
};

export const standings: readonly PageFinding["standing"][] = [
  "blocking",
  "advisory",
  "undecided",
  "exempt",
  "inBaseline",
];

export const standingWords: Readonly<Record<PageFinding["standing"], string>> = {
  blocking: "Blocks",
  advisory: "Advice",
  undecided: "Undecided",
  exempt: "Exempt",
  inBaseline: "In the baseline",
};
