import type { Level } from "../../rules";
import { severityRank } from "../configuration/levels";
import { leftOutText } from "./finding-text";
import { fingerprintOf } from "./fingerprint";
import type { Report } from "./report";

/** Decided before undecided, then by severity, subject and rule. */
function byOrder(left: Report, right: Report): number {
  return (
    Number(right.decided) - Number(left.decided) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    compare(left.urn, right.urn) ||
    compare(left.policy, right.policy) ||
    compare(left.text.what, right.text.what)
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
 * @param withheld what was left out before and is to be counted with it
 */
export function presentable(
  reports: readonly Report[],
  stackUrn: string,
  limit = readableLimit,
  withheld: readonly Report[] = [],
): readonly Report[] {
  const kept = reports.length <= limit ? [...reports] : [...reports].sort(byWeight).slice(0, limit);
  const leftOut = reports.length <= limit ? [] : [...reports].sort(byWeight).slice(limit);
  return [...kept.sort(byOrder), ...countsOf([...withheld, ...leftOut], stackUrn).sort(byOrder)];
}

function countsOf(leftOut: readonly Report[], stackUrn: string): Report[] {
  const groups = new Map<string, Report[]>();
  for (const report of leftOut) {
    const key = `${report.policy} ${report.level}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [report]);
    else group.push(report);
  }
  return [...groups.values()].flatMap(([example, ...others]) =>
    example === undefined ? [] : [countOf(example, others.length + 1, stackUrn)],
  );
}

function countOf({ policy, severity, level, decided }: Report, count: number, stackUrn: string): Report {
  return {
    policy,
    severity,
    level,
    decided,
    urn: stackUrn,
    about: [],
    text: leftOutText(count),
    subjects: [],
    witnesses: [],
    statements: [],
    fingerprint: fingerprintOf(policy, "stack", "left out"),
  };
}

/**
 * Keeps the findings of a whole run readable that are told resource by resource: those beyond the limit, counted for each
 * level, are withheld for the end. So the ones that block are never lost behind others that only advise.
 */
export class Listing {
  private readonly listed = new Map<Level, number>();
  readonly withheld: Report[] = [];

  /** @param limit how many of each level are told */
  constructor(private readonly limit = readableLimit) {}

  /** @param isUpdate each finding that blocks stops its own resource then, so none of them can be withheld */
  admit(reports: readonly Report[], isUpdate: boolean): readonly Report[] {
    return reports.filter((report) => {
      const count = this.listed.get(report.level) ?? 0;
      if (count >= this.limit && !(isUpdate && report.level === "mandatory")) {
        this.withheld.push(report);
        return false;
      }
      this.listed.set(report.level, count + 1);
      return true;
    });
  }
}
