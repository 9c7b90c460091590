/**
 * Milliseconds of processor time that each call took, in the order of the calls: what else the machine is doing does not
 * count, what the runtime does beside the call (compiling, collecting garbage) does.
 */
export function timesOf(runs: number, run: (index: number) => void): number[] {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    run(i);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times;
}

export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function mean(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** A figure of the benchmark, with what it is held against. */
export interface Figure {
  readonly what: string;
  readonly times: readonly number[];
  /** Milliseconds for the median. */
  readonly goal?: number;
  /** Times of something simple, taken in the same run, so that the ratio says something on any machine. */
  readonly baseline: readonly number[];
}

/** A line of the report; milliseconds. */
export function lineOf({ what, times, goal, baseline }: Figure): string {
  const middle = median(times);
  const ratio = middle / median(baseline);
  const met = goal === undefined ? "" : middle <= goal ? `ok    ${goal}` : `MISSED ${goal}`;
  const most = Math.max(...times);
  return `${what.padEnd(58)} ${[middle, mean(times), most].map((time) => time.toFixed(3).padStart(9)).join("")}  ${met.padEnd(11)} ${ratio.toFixed(1).padStart(7)} x`;
}

export const heading = `${"milliseconds of processor time".padEnd(58)} ${["median", "mean", "most"].map((word) => word.padStart(9)).join("")}  ${"goal".padEnd(11)} ${"baseline".padStart(9)}`;
