import { type ChildProcess, fork, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Counts, TestMessage } from "./test-message";

const ROOT = join(__dirname, "..");
const MOCHA = join(ROOT, "node_modules/mocha/bin/_mocha");
const MINUTE = 60_000;

/** The suites that `npm run test:long` runs, and nothing else does. */
const LONG = "long";

/** Twice what the longest takes on an idle machine with two cores: all must end where that is half as fast. */
const AREA_LIMITS: Readonly<Record<string, number>> = { [LONG]: 55 * MINUTE };
const AREA_LIMIT = 40 * MINUTE;

/**
 * Folders under tests/ that take longest, as parts that can run side by side: an engine, a program and a pack wait for each
 * other, so that one such run keeps one core busy. They start first, for the rest to fill what they leave.
 */
const LONGEST = ["engine/emulator", "engine/cloud", "engine", "cli"];

/** One thing to run. */
interface Check {
  readonly name: string;
  run(): Promise<Counts>;
}

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };
const failedTitles: string[] = [];

/** A command that passes or fails as a whole; its output is shown only when it fails. */
function command(name: string, tool: string, ...args: string[]): Check {
  return {
    name,
    async run() {
      const started = Date.now();
      const child = spawn(process.execPath, [join(ROOT, "node_modules", tool), ...args], { cwd: ROOT });
      const { status, output } = await endOf(child, 10 * MINUTE);
      const passed = status === 0;
      progress(passed ? PASSED : FAILED, name, Date.now() - started);
      if (!passed) reportFailure(name, output);
      return passed ? PASSED : FAILED;
    },
  };
}

/** The suites of one folder under tests/, in a mocha process of their own; without those of a folder in it that is an area too. */
function suites(area: string): Check {
  const others = LONGEST.filter((it) => it.startsWith(`${area}/`)).flatMap((it) => ["--ignore", `tests/${it}/**`]);
  return {
    name: area,
    async run() {
      const files = [`tests/${area}/**/*.test.ts`, ...others];
      const args = ["--no-color", "--reporter", join(__dirname, "test-reporter.ts"), ...files];
      // Without execArgv mocha would inherit the flags that this script itself was started with.
      const child = fork(MOCHA, args, { cwd: ROOT, execArgv: [], silent: true });
      let counts: Counts | undefined;
      let running = "the first suite";
      let untilNow: Counts = { passed: 0, failed: 0, skipped: 0 };
      child.on("message", (message: TestMessage) => {
        if (message.kind === "start") running = message.name;
        if (message.kind === "suite") {
          progress(message.counts, message.name, message.milliseconds);
          untilNow = sumOf([untilNow, message.counts]);
        }
        if (message.kind === "failure") reportFailure(`tests/${area}: ${message.title}`, message.text);
        if (message.kind === "end") counts = message.counts;
      });
      const { status, output } = await endOf(child, AREA_LIMITS[area] ?? AREA_LIMIT);
      if (counts !== undefined && counts.passed + counts.failed + counts.skipped > 0) return counts;
      reportFailure(`tests/${area}: mocha ended (${status}) in ${running}`, output);
      return sumOf([untilNow, FAILED]);
    },
  };
}

function endOf(child: ChildProcess, limit: number): Promise<{ status: number | string; output: string }> {
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  const timer = setTimeout(() => {
    output += `\nstill running after ${limit / MINUTE} minutes: ended\n`;
    child.kill("SIGKILL");
  }, limit);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ status: code ?? signal ?? "no status", output });
    });
  });
}

/** Shown at once, for those who watch or lose the rest of the run, and named again at the end. */
function reportFailure(title: string, text: string): void {
  failedTitles.push(title);
  console.log(`FAIL ${title}\n${text.trimEnd().replace(/^/gm, "     ")}`);
}

function progress({ passed, failed, skipped }: Counts, name: string, milliseconds: number): void {
  const mark = failed > 0 ? "FAIL" : skipped > 0 ? "skip" : "ok  ";
  const count = `${passed}/${passed + failed + skipped}`.padStart(9);
  console.log(`${mark} ${count} ${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

/** Runs two checks at a time, in their order. */
async function runAll(checks: readonly Check[]): Promise<Counts> {
  const waiting = [...checks];
  const all: Counts[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) all.push(await next.run());
  };
  await Promise.all([worker(), worker()]);
  return sumOf(all);
}

function sumOf(all: readonly Counts[]): Counts {
  return all.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }));
}

/** Everything, or with `--long` what takes longer than that. */
async function main(): Promise<void> {
  const isLong = process.argv.includes("--long");
  const built = await command("build", "ts-node/dist/bin.js", "--transpile-only", "tools/build.ts").run();
  const areas = readdirSync(join(ROOT, "tests"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && ![LONG, ...LONGEST].includes(entry.name))
    .map((entry) => entry.name);
  const checks = () => [
    ...LONGEST.map(suites),
    command("lint", "@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings", "."),
    command("types", "typescript/bin/tsc", "-p", "."),
    command("types of policypack", "typescript/bin/tsc", "-p", "policypack"),
    command("types of stacks", "typescript/bin/tsc", "-p", "stacks"),
    ...areas.map(suites),
  ];
  const others = await runAll(isLong ? [suites(LONG)] : checks());
  if (failedTitles.length > 0) console.log(`\nFailed:\n${failedTitles.map((title) => `  ${title}`).join("\n")}`);
  const passed = built.passed + others.passed;
  let failures = built.failed + others.failed;
  if (process.env.CI && others.skipped > 0) {
    console.log(`\n${others.skipped} skipped: where CI is set everything has to run.`);
    failures += others.skipped;
  }
  const skipped = process.env.CI || others.skipped === 0 ? "" : `, ${others.skipped} skipped`;
  console.log(`\n${passed} passed, ${failures} failed${skipped}`);
  process.exitCode = failures > 0 ? 1 : 0;
}

void main();
