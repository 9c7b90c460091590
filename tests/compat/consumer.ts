import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { PROGRAMS } from "../cli/recording";
import { TemporaryFolder } from "../cli/temporary-folder";
import { bundled } from "../engine/bundle";
import { CHECKOUT } from "../engine/checkout";
import type { SeenResource } from "../engine/record";

/** What is published, as far as `check` needs it. */
const PUBLISHED = [
  "package.json",
  "dist",
  "policypack/package.json",
  "policypack/PulumiPolicy.yaml",
  "policypack/dist/index.js",
];

/** A user's project on a release of @pulumi/pulumi, with programs in it and this package installed as npm would. */
export class Consumer {
  readonly #folder = mkdtempSync(join(tmpdir(), "compat-"));
  readonly #command: string;

  /**
   * @param modules the installed packages beside which this one is installed
   * @param command the `check` to run; that of this package where none is given
   */
  constructor(
    modules: string,
    private readonly node: string,
    command?: string,
  ) {
    const own = join(this.#folder, "node_modules", "aws-identity-guardrails");
    this.#command = command ?? join(own, "dist", "cli", "main.js");
    for (const name of packagesIn(modules)) {
      mkdirSync(dirname(join(this.#folder, "node_modules", name)), { recursive: true });
      symlinkSync(join(modules, name), join(this.#folder, "node_modules", name));
    }
    for (const path of PUBLISHED) cpSync(join(CHECKOUT, path), join(own, path), { recursive: true });
  }

  /** Runs `check` over a program and answers what it found. */
  async findings(program: string, ...flags: string[]): Promise<readonly ReportedFinding[]> {
    const { findings } = await this.report(program, ...flags);
    return findings;
  }

  async report(program: string, ...flags: string[]): Promise<Report> {
    const { code, stdout, stderr } = await this.check(program, "--format", "json", ...flags);
    if (code === 2) throw new Error(`check of ${program} failed:\n${stderr}`);
    return JSON.parse(stdout);
  }

  /** What a policy pack is shown of a program. */
  async seen(program: string, ...flags: string[]): Promise<readonly SeenResource[]> {
    const pack = new TemporaryFolder({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": '{ "name": "recorder", "version": "1.0.0", "main": "index.js" }\n',
      "seen.jsonl": "",
    });
    const recording = join(pack.path, "seen.jsonl");
    const [main, file] = [bundled("recorder/main.ts"), recording].map((path) => JSON.stringify(path));
    pack.write("index.js", `require(${main}).record(${file});\n`);
    try {
      await this.report(program, "--policy-pack", pack.path, ...flags);
      const lines = readFileSync(recording, "utf8").split("\n").filter(Boolean);
      return lines.map((line): SeenResource => JSON.parse(line));
    } finally {
      pack.remove();
    }
  }

  /** Gives the SDK another version, as a release has that came after this one. */
  renameSdk(version: string): void {
    const link = join(this.#folder, "node_modules", "@pulumi", "pulumi");
    const sdk = realpathSync(link);
    rmSync(link);
    mkdirSync(link);
    for (const name of readdirSync(sdk)) symlinkSync(join(sdk, name), join(link, name));
    const manifest = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8"));
    rmSync(join(link, "package.json"));
    writeFileSync(join(link, "package.json"), JSON.stringify({ ...manifest, version }));
  }

  check(program: string, ...flags: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(this.node, [this.#command, "check", this.#copyOf(program), ...flags], {
      cwd: this.#folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #copyOf(program: string): string {
    const copy = join(this.#folder, "programs", basename(program));
    const homes = [join(CHECKOUT, "examples"), PROGRAMS, join(__dirname, "programs")];
    const source = homes.map((home) => join(home, program)).find((path) => existsSync(path));
    if (source === undefined) throw new Error(`there is no program ${program}`);
    cpSync(source, copy, { recursive: true });
    return copy;
  }
}

/** What these tests read of a finding in a report. */
export interface ReportedFinding {
  readonly rule: string;
  readonly level: string;
  readonly message: string;
  readonly resource: { readonly name: string };
}

interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
}

function packagesIn(modules: string): string[] {
  const names = readdirSync(modules).filter((name) => !name.startsWith("."));
  return names.flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inScope) => `${name}/${inScope}`) : [name],
  );
}
