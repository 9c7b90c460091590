import { median } from "./measure";

/** What was measured of one pack: one value a round. */
export type Values = readonly number[];

/** A line of the benchmark: the same thing, measured in turns of several packs. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MiB" | "KiB";
  /** By the pack's name, or whatever else was measured. */
  readonly measured: ReadonlyMap<string, Values>;
  /** What the others are held against. */
  readonly baseline?: string;
  /** The most that the first may be of the baseline; of the first itself, in its unit, where there is no baseline. */
  readonly goal?: number;
}

/** The row as it goes into the JSON file: medians, ratios to the baseline, every round. */
export function jsonOf(row: Row): object {
  const { what, unit, baseline, goal } = row;
  const measured = [...row.measured].map(([name, values]) => {
    const ratio = ratioOf(row, name);
    return [name, { median: median(values), rounds: values, ...(ratio === undefined ? {} : { ratio }) }];
  });
  return { what, unit, baseline, goal, measured: Object.fromEntries(measured) };
}

/** A row in words. */
export interface Columns {
  readonly first: string;
  readonly others: readonly string[];
  /** Of the first to the baseline. */
  readonly ratio: number | undefined;
  readonly goal: { readonly most: number; readonly isMet: boolean } | undefined;
  readonly rounds: number;
}

export function columnsOf(row: Row): Columns {
  const figures = [...row.measured].map(([name, values]) => {
    const ratio = ratioOf(row, name);
    const figure = `${name} ${median(values).toFixed(row.unit === "ms" ? 1 : 0)} ${row.unit}`;
    return ratio === undefined ? figure : `${figure} (${ratio.toFixed(2)} x)`;
  });
  const [first = "", ...others] = figures;
  const [name = ""] = row.measured.keys();
  const ratio = ratioOf(row, name);
  const reached = row.baseline === undefined ? median(row.measured.get(name) ?? []) : ratio;
  const goal =
    row.goal === undefined || reached === undefined ? undefined : { most: row.goal, isMet: reached <= row.goal };
  const rounds = Math.min(...[...row.measured.values()].map((values) => values.length));
  return { first, others, ratio, goal, rounds };
}

/** The row for a terminal. */
export function textOf(row: Row): string {
  const { first, others, goal, rounds } = columnsOf(row);
  const verdict = goal === undefined ? "" : ` · goal ${goal.most}: ${goal.isMet ? "met" : "missed"}`;
  return `${row.what}${rounds > 1 ? `, ${rounds} rounds` : ""}\n    ${[first, ...others].join(" · ")}${verdict}`;
}

function ratioOf({ measured, baseline }: Row, name: string): number | undefined {
  const [own, base] = [measured.get(name), measured.get(baseline ?? "")];
  return own === undefined || base === undefined || name === baseline ? undefined : median(own) / median(base);
}

/** Collects what several rounds measure, by line and pack, in the order in which they come. */
export class Rows {
  readonly #values = new Map<string, Map<string, number[]>>();

  add(what: string, name: string, value: number): void {
    const row = this.#values.get(what) ?? new Map<string, number[]>();
    this.#values.set(what, row);
    row.set(name, [...(row.get(name) ?? []), value]);
  }

  of(what: string): ReadonlyMap<string, Values> {
    return this.#values.get(what) ?? new Map();
  }
}
