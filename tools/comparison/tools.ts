import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./cases";

/** What the programs are compared with. Whoever moves a version runs `npm run compare` and brings docs/comparison.md up to date. */
export const CHECKOV = "3.3.30";
export const NPM_PACKAGES = {
  "@pulumi/awsguard": "0.3.1",
  "aws-cdk-lib": "2.276.0",
  "cdk-nag": "3.0.2",
  constructs: "10.8.1",
} as const;

const ROOT = join(__dirname, "..", "..");
const COMMAND = join(ROOT, "dist/cli/main.js");
const MINUTE = 60_000;

/** A tool, and what it finds in a case: ids of its rules, in order, each once. */
export interface Tool {
  readonly name: string;
  findingsIn(it: Case): readonly string[];
}

/** Installs Checkov, AWSGuard and cdk-nag from their registries into a folder. @throws Error with the output of what failed */
export function installedIn(folder: string): readonly Tool[] {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: NPM_PACKAGES }));
  run(folder, "npm", ["install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], 10 * MINUTE);
  run(folder, "python3", ["-m", "venv", "venv"]);
  run(folder, "venv/bin/pip", ["install", "--quiet", `checkov==${CHECKOV}`], 10 * MINUTE);
  cpSync(join(__dirname, "cdk-nag.js"), join(folder, "cdk-nag.js"));
  write(join(folder, "awsguard"), {
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": '{ "private": true, "version": "1.0.0", "main": "index.js" }\n',
    "index.js": 'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "mandatory" });\n',
  });
  return [
    { name: "aws-identity-guardrails", findingsIn: (it) => checked(folder, it) },
    { name: `Checkov ${CHECKOV} (Terraform)`, findingsIn: (it) => foundByCheckov(folder, it) },
    {
      name: `AWSGuard ${NPM_PACKAGES["@pulumi/awsguard"]}`,
      findingsIn: (it) => checked(folder, it, "--policy-pack", join(folder, "awsguard")),
    },
    { name: `cdk-nag ${NPM_PACKAGES["cdk-nag"]} (AwsSolutions)`, findingsIn: (it) => foundByCdkNag(folder, it) },
  ];
}

/** What a policy pack, this one unless another is named, finds in the program of a case. */
function checked(folder: string, it: Case, ...flags: readonly string[]): readonly string[] {
  const program = join(folder, "programs", it.name);
  write(program, {
    "Pulumi.yaml": `name: ${it.name}\nruntime: nodejs\n`,
    "package.json": "{}\n",
    "index.js": `const aws = require("@pulumi/aws");\n${it.program}`,
  });
  const modules = join(program, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(ROOT, "node_modules"), modules);
  const { findings } = json<{ findings: { rule: string; level: string }[] }>(
    run(folder, process.execPath, [
      COMMAND,
      "check",
      program,
      "--account",
      "111122223333",
      "--format",
      "json",
      ...flags,
    ]),
  );
  return once(findings.map(({ rule, level }) => (level === "mandatory" ? rule : `${rule} (advice)`)));
}

function foundByCheckov(folder: string, it: Case): readonly string[] {
  const flags = ["--framework", "terraform", "--output", "json", "--compact", "--quiet", "--skip-download"];
  const module = join(folder, "terraform", it.name);
  write(module, { "main.tf": it.terraform });
  const { results } = json<{ results: { failed_checks: { check_id: string }[] } }>(
    run(folder, "venv/bin/checkov", ["--directory", module, ...flags]),
  );
  return once(results.failed_checks.map(({ check_id }) => check_id));
}

function foundByCdkNag(folder: string, it: Case): readonly string[] {
  const found = json<{ ruleName: string }[]>(run(folder, process.execPath, ["cdk-nag.js", template(folder, it)]));
  return once(found.map(({ ruleName }) => ruleName.replace(/\[.*$/s, "")));
}

function template(folder: string, { name, resources }: Case): string {
  write(join(folder, "templates"), { [`${name}.json`]: JSON.stringify({ Resources: resources }, undefined, 2) });
  return join(folder, "templates", `${name}.json`);
}

/** The standard output of a command. Tools end with 1 where they find something. @throws Error where it ends otherwise */
function run(cwd: string, command: string, args: readonly string[], timeout = 3 * MINUTE): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", timeout });
  if (status === 0 || status === 1) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${error?.message ?? status}\n${stdout}${stderr}`);
}

function json<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`This is no JSON:\n${text}`);
  }
}

function once(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
