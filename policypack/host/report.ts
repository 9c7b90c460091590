import type { Level, Severity } from "../rules/rule";
import { severityRank } from "./levels";
import { leftOutMessage } from "./message";

/** One thing to tell, worded and levelled. */
export interface Report {
  /** Id of the rule, or `settings`. */
  readonly policy: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly urn: string;
  readonly decided: boolean;
  readonly message: string;
}

/** Decided before undecided, then by severity, subject and rule. */
function byOrder(left: Report, right: Report): number {
  return (
    Number(right.decided) - Number(left.decided) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    compare(left.urn, right.urn) ||
    compare(left.policy, right.policy) ||
    compare(left.message, right.message)
  );
}

/** What blocks is kept before anything else, so that leaving out never lets a stack through. */
function byWeight(left: Report, right: Report): number {
  return Number(right.level === "mandatory") - Number(left.level === "mandatory") || byOrder(left, right);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** How many findings of one response a person can be expected to read. */
export const readableLimit = 100;

/**
 * Puts reports in their order and leaves out what is too much to read: the weightiest stay, the rest is counted in one
 * further report for each rule and level.
 *
 * @param stackUrn where to report the counts
 */
export function presentable(reports: readonly Report[], stackUrn: string, limit = readableLimit): readonly Report[] {
  if (reports.length <= limit) return [...reports].sort(byOrder);
  const weighed = [...reports].sort(byWeight);
  const counts = new Map<string, { readonly example: Report; count: number }>();
  for (const report of weighed.slice(limit)) {
    const key = `${report.policy} ${report.level}`;
    const group = counts.get(key) ?? { example: report, count: 0 };
    group.count++;
    counts.set(key, group);
  }
  const leftOut = [...counts.values()].map(({ example, count }) => ({
    ...example,
    urn: stackUrn,
    message: leftOutMessage(example.policy, count),
  }));
  return [...weighed.slice(0, limit).sort(byOrder), ...leftOut.sort(byOrder)];
}
