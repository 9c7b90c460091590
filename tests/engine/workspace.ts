import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { CHECKOUT } from "./checkout";
import { DEFAULT_PACKAGES, installPlugins } from "./plugins";
import { type PulumiCli, pulumiCli } from "./pulumi";

export interface Project {
  /** Files by path inside the project. `Pulumi.yaml` is written for a JavaScript program where it is left out. */
  files?: Readonly<Record<string, string>>;
  /** Files and folders of the checkout to copy to the same place in the project. */
  copies?: readonly string[];
  /** A folder whose content becomes the project. */
  from?: string;
  stack?: string;
  /** Stack configuration, by key (`aws:region`). */
  config?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  /** Packages beside aws and aws-native whose provider is played by the stand-in. */
  packages?: readonly string[];
}

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
  /** Both streams, for assertions that do not care where Pulumi writes. */
  output: string;
}

/** A resource in the state, as `pulumi stack export` writes it. */
export interface Deployed {
  type: string;
  urn: string;
  inputs: Record<string, unknown>;
}

const PULUMI_YAML = "name: engine-test\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
const INHERITED = /^(AWS_|PULUMI_|CI$|NODE_OPTIONS$|TS_NODE_)/;

/** A Pulumi project in a folder of its own, with its own backend, home and plugins; nothing outlives `dispose`. */
export class Workspace {
  readonly folder: string;
  private readonly root: string;
  private running: ChildProcess | undefined;

  private constructor(
    private readonly cli: PulumiCli,
    private readonly project: Project,
  ) {
    this.root = mkdtempSync(join(tmpdir(), "engine-"));
    this.folder = join(this.root, "project");
    mkdirSync(join(this.root, "backend"), { recursive: true });
    installPlugins(join(this.root, "bin"), [...DEFAULT_PACKAGES, ...(project.packages ?? [])]);
    this.writeProject();
  }

  /** Writes the project and makes its stack. Throws where there is no CLI or the stack cannot be made. */
  static async open(project: Project, cli = pulumiCli()): Promise<Workspace> {
    if ("reason" in cli) throw new Error(cli.reason);
    const workspace = new Workspace(cli, project);
    await workspace.expectSuccess(["stack", "init", workspace.stack]);
    const config = Object.entries(project.config ?? {}).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    if (config.length > 0) await workspace.expectSuccess(["config", "set-all", "--stack", workspace.stack, ...config]);
    return workspace;
  }

  /** Where the CLI keeps what it installs. */
  get home(): string {
    return join(this.root, "home");
  }

  get stack(): string {
    return this.project.stack ?? "dev";
  }

  /** Sets configuration by path: `aws-identity-guardrails:members[1]`. */
  async configure(values: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(values).flatMap(([path, value]) => ["--plaintext", `${path}=${value}`]);
    await this.expectSuccess(["config", "set-all", "--path", "--stack", this.stack, ...pairs]);
  }

  preview(...args: string[]): Promise<Result> {
    return this.run(["preview", "--stack", this.stack, ...args]);
  }

  up(...args: string[]): Promise<Result> {
    return this.run(["up", "--yes", "--stack", this.stack, ...args]);
  }

  refresh(...args: string[]): Promise<Result> {
    return this.run(["refresh", "--yes", "--stack", this.stack, ...args]);
  }

  destroy(...args: string[]): Promise<Result> {
    return this.run(["destroy", "--yes", "--stack", this.stack, ...args]);
  }

  /** The types of the resources that the stack's state holds, sorted; the stack itself and providers left out. */
  async deployedTypes(): Promise<string[]> {
    const types = (await this.deployed()).map((it) => it.type);
    return types.filter((it) => !it.startsWith("pulumi:")).sort();
  }

  /** The resources that the stack's state holds. */
  async deployed(): Promise<Deployed[]> {
    const { stdout } = await this.expectSuccess(["stack", "export", "--stack", this.stack]);
    const state: { deployment: { resources?: Deployed[] } } = JSON.parse(stdout);
    return state.deployment.resources ?? [];
  }

  /** Changes what the stack's state holds, as if AWS had answered otherwise: outputs by the resource's logical name. */
  async rewrite(outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void> {
    const { stdout } = await this.expectSuccess(["stack", "export", "--stack", this.stack]);
    const state: { deployment: { resources: { urn: string; outputs?: object }[] } } = JSON.parse(stdout);
    for (const resource of state.deployment.resources) {
      const changes = outputs[resource.urn.split("::").at(-1) ?? ""];
      if (changes !== undefined) resource.outputs = { ...resource.outputs, ...changes };
    }
    const file = this.write("state.json", JSON.stringify(state));
    await this.expectSuccess(["stack", "import", "--stack", this.stack, "--file", file]);
  }

  /** What the stand-in keeps because the AWS emulator cannot; undefined where it has kept nothing yet. */
  keptByStandIn(): unknown {
    const file = this.standInState();
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }

  /** Has the stand-in keep this, as somebody else's doing. */
  keepInStandIn(kept: object): void {
    writeFileSync(this.standInState(), JSON.stringify(kept));
  }

  /** Runs the CLI in the project's folder and returns what came of it, whatever the exit code. */
  run(args: readonly string[]): Promise<Result> {
    return this.execute(this.cli.path, ["--non-interactive", "--color", "never", ...args]);
  }

  /** Runs any command where and as `run` runs the CLI, which the command finds on its PATH. */
  execute(command: string, args: readonly string[], folder = this.folder): Promise<Result> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: folder,
        env: this.environment(),
        stdio: ["ignore", "pipe", "pipe"],
      });
      this.running = child;
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, stdout, stderr, output: stdout + stderr }));
    });
  }

  /** Ends the command that runs, as a crash of the machine would. */
  crash(): void {
    this.running?.kill("SIGKILL");
  }

  /** Writes a file into the project, over one of the same path. */
  write(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private writeProject(): void {
    const { from, copies = [], files = {} } = this.project;
    const wanted = (source: string) => !/(^|\/)(node_modules|dist)$/.test(source);
    if (from !== undefined) cpSync(from, this.folder, { recursive: true, filter: wanted });
    for (const path of copies) {
      cpSync(join(CHECKOUT, path), join(this.folder, path), { recursive: true, filter: wanted });
    }
    if (from === undefined && copies.length === 0) {
      this.write("Pulumi.yaml", PULUMI_YAML);
      this.write("package.json", '{ "name": "engine-test", "private": true }\n');
    }
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    symlinkSync(join(CHECKOUT, "node_modules"), join(this.folder, "node_modules"));
  }

  private standInState(): string {
    return join(this.root, "stand-in.json");
  }

  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !INHERITED.test(name));
    return {
      ...Object.fromEntries(inherited),
      PATH: [join(this.root, "bin"), ...this.cliFolder(), process.env.PATH].join(delimiter),
      PULUMI_HOME: this.home,
      PULUMI_BACKEND_URL: `file://${join(this.root, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "engine tests",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      STAND_IN_STATE: this.standInState(),
      ...this.project.env,
    };
  }

  private cliFolder(): string[] {
    return isAbsolute(this.cli.path) ? [dirname(this.cli.path)] : [];
  }

  private async expectSuccess(args: string[]): Promise<Result> {
    const result = await this.run(args);
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${result.code}:\n${result.output}`);
    return result;
  }
}
