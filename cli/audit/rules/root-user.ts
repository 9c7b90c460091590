import type { FilePosition } from "../../terminal/json-file";
import { columnOf, isTrue, timeIn } from "../stack/credentials";
import type { AccountFacts, AccountSubject } from "./facts";

const day = 86_400_000;

/** The root user, where something is known of it. */
export function rootIn({ rootUrn, summary, root }: AccountFacts): readonly AccountSubject[] {
  return summary === undefined && root === undefined ? [] : [{ urn: rootUrn, name: "root user" }];
}

/** The number that the summary has under a name; undefined where it says nothing. */
export function summedUp(summary: FilePosition | undefined, entry: string): number | undefined {
  const value = summary?.member(entry)?.value;
  return typeof value === "number" ? value : undefined;
}

/** Whether some column of the report is true; undefined without a report. */
export function anyTrue(row: FilePosition | undefined, columns: readonly string[]): boolean | undefined {
  return row === undefined ? undefined : columns.some((column) => isTrue(row, column));
}

/** The latest of some times in the report, and the column that it stands in. */
export function latestOf(
  row: FilePosition,
  columns: readonly string[],
): { readonly at: string; readonly column: string } | undefined {
  const times = columns.flatMap((column) => {
    const at = timeIn(row, column);
    return at === undefined ? [] : [{ at, column }];
  });
  return times.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}

/** Whole days between a time and when the account was read. */
export function daysSince(time: string, { readAt }: AccountFacts): number {
  return Math.floor((readAt.getTime() - Date.parse(time)) / day);
}

/** Whether the account's root user has a password; undefined where nobody tells. */
export function hasPassword({ summary, root }: AccountFacts): boolean | undefined {
  const counted = summedUp(summary, "AccountPasswordPresent");
  if (counted !== undefined) return counted > 0;
  const told = root === undefined ? undefined : columnOf(root.row, "password_enabled");
  return told === undefined ? undefined : told.toLowerCase() === "true";
}
