import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

const ROOT = join(__dirname, "..");
const STRYKER = join(ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js");

interface Config {
  readonly mutate: readonly string[];
  readonly jsonReporter: { readonly fileName: string };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const config = read<Config>("stryker.config.json");
const report = config.jsonReporter.fileName;
const asked = process.argv.slice(2);
const files = config.mutate.filter((file) => asked.length === 0 || asked.includes(basename(file, ".ts")));
const strangers = asked.filter((name) => !files.some((file) => basename(file, ".ts") === name));
if (strangers.length > 0) {
  console.error(`${strangers.join(", ")}: not among the files that stryker.config.json mutates`);
  process.exit(2);
}

// One run for each file: the threshold then holds for each, and only the file under test is slowed down by its mutants.
const table: string[] = [];
for (const file of files) {
  rmSync(join(ROOT, report), { force: true });
  const { status } = spawnSync(process.execPath, [STRYKER, "run", "--mutate", file], { cwd: ROOT, stdio: "inherit" });
  table.push(status === 0 ? scoreOf(file) : `${scoreOf(file)}  FAILED`);
  if (status !== 0) process.exitCode = 1;
}
console.log(table.join("\n"));

function scoreOf(file: string): string {
  if (!existsSync(join(ROOT, report))) return `${basename(file).padEnd(16)} no result`;
  const { files } = read<Report>(report);
  const count = (...statuses: readonly string[]) =>
    files[file]?.mutants.filter(({ status }) => statuses.includes(status)).length ?? 0;
  const [detected, missed] = [count("Killed", "Timeout"), count("Survived", "NoCoverage")];
  const percent = ((100 * detected) / (detected + missed)).toFixed(1);
  return `${basename(file).padEnd(16)} ${percent.padStart(5)} %  ${missed} of ${detected + missed} survive`;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8"));
}
