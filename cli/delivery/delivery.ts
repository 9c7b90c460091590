import { annotations } from "../report/annotations";
import { type Baseline, baselineOf, judgedBy, NO_BASELINE, readBaseline } from "../report/baseline";
import type { CheckResult } from "../report/check-result";
import { type Output, outputsIn } from "../report/formats";
import { outcomeOf } from "../report/summary";
import type { TextOptions } from "../report/text";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { requireWritable, writeWhole } from "../terminal/output-file";
import type { ReportFlags } from "./flags";

const BLOCKED = 1;

const WIDTH_OF_FILES = 100;

/** Where the reports of one run go, and what they are held against. */
export class Delivery {
  readonly #outputs: readonly Output[];
  readonly #baseline: Baseline;

  /**
   * @param chosen further options that are given and would let a change that is to be judged choose what judges it
   * @throws Failure for bad input, before anything is written
   */
  constructor(
    private readonly flags: ReportFlags,
    private readonly door: Door,
    chosen: readonly string[] = [],
  ) {
    const { reports, baseline, updateBaseline, base } = flags;
    this.#outputs = outputsIn(reports);
    for (const { file } of this.#outputs) if (file !== undefined) requireWritable(file);
    if (updateBaseline === true && baseline === undefined) {
      throw new Failure("--update-baseline: which file?", "Name it: --baseline FILE --update-baseline");
    }
    if (base !== undefined) requireNothingChosen(flags, chosen);
    else if (baseline !== undefined) requireWritable(baseline);
    this.#baseline = baseline === undefined || updateBaseline === true ? NO_BASELINE : readBaseline(baseline, base);
  }

  /** Writes the reports, tells why a run came to no end, and sets the exit code. */
  deliver(found: readonly CheckResult[], fail: (error: unknown, isDebug: boolean) => void): void {
    const { baseline, updateBaseline, failOn, debug } = this.flags;
    // What is known from now on does not block this run either.
    const known =
      updateBaseline === true
        ? new Set(found.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)))
        : this.#baseline;
    const results = found.map((result) => judgedBy(result, known, failOn));
    if (baseline !== undefined && updateBaseline === true && outcomeOf(found) !== "failed") {
      writeWhole(baseline, this.door.jsonText(baselineOf(found)));
    }
    this.#report(results);
    for (const { failure } of results) if (failure !== undefined) fail(failure, debug === true);
    if (outcomeOf(results) === "blocked") process.exitCode = BLOCKED;
  }

  #report(results: readonly CheckResult[]): void {
    const { door } = this;
    const { failOn, quiet, summary } = this.flags;
    const only = quiet === true ? "quiet" : summary === true ? "summary" : undefined;
    const options = (width: number): TextOptions => ({ width, failOn, ...(only === undefined ? {} : { only }) });
    // Loaded when there is something to report: a program need not wait for it to start.
    const { rendered }: typeof import("./rendered") = require("./rendered");
    for (const { format, file } of this.#outputs) {
      const text = rendered(results, format, options(file === undefined ? door.width : WIDTH_OF_FILES), door);
      if (file !== undefined) writeWhole(file, format === "text" ? door.plainText(text) : text);
      else if (format === "text") door.report(text);
      else door.data(text);
    }
    if (process.env.GITHUB_ACTIONS === "true") {
      const isBesideData = this.#outputs.some(({ format, file }) => file === undefined && format !== "text");
      door.commands(annotations(results, failOn), isBesideData);
    }
  }
}

/** @throws Failure for what would let a change that is to be judged choose what judges it */
function requireNothingChosen({ skip, only, failOn, updateBaseline }: ReportFlags, others: readonly string[]): void {
  const chosen = [
    ...(skip.length > 0 ? ["--skip"] : []),
    ...(only.length > 0 ? ["--only"] : []),
    ...(failOn === "never" ? ["--fail-on never"] : []),
    ...(updateBaseline === true ? ["--update-baseline"] : []),
    ...others,
  ];
  if (chosen.length === 0) return;
  throw new Failure(
    `--base and ${chosen.join(", ")} exclude each other: with --base only what is merged decides what is asked`,
    `Leave ${chosen.join(", ")} out. What is to be excused stands in the file of --policy-config, or in the baseline.`,
  );
}
