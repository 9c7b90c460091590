import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

export interface LoadingTimes {
  /** Of a process that does nothing. */
  readonly empty: readonly number[];
  /** From the first line of the bundle to its last, in a fresh process. */
  readonly load: readonly number[];
  /** The same, and the first question, for which the tables are unpacked. */
  readonly firstAnswer: readonly number[];
}

const QUESTION = `
const { document } = iam.parseDocument({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iam:Put*", Resource: "*" } }, "identity");
iam.adminPower({ kind: "user", name: "alice", identity: [{ origin: "policy", document }] });`;

/** Loads the core as the published pack does, bundled into one file, in `runs` processes. */
export function loadingTimes(runs: number): LoadingTimes {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const bundle = join(folder, "iam.js");
  try {
    buildSync({
      entryPoints: [join(__dirname, "../../policypack/iam/index.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      logLevel: "silent",
    });
    const load = `const iam = require(${JSON.stringify(bundle)});`;
    const each = Array.from({ length: runs }, () => [timeIn(""), timeIn(load), timeIn(load + QUESTION)] as const);
    return {
      empty: each.map(([empty]) => empty),
      load: each.map(([, time]) => time),
      firstAnswer: each.map(([, , time]) => time),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of processor time that the code takes in a process of its own; without code, the process itself. */
function timeIn(code: string): number {
  const before = code === "" ? "undefined" : "process.cpuUsage()";
  const script = `const before = ${before};${code};const { user, system } = process.cpuUsage(before);console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }));
}
