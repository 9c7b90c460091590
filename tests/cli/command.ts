import { spawn } from "node:child_process";
import { join } from "node:path";
import { bundled } from "../engine/bundle";

let command: string | undefined;
export const PACKS = join(__dirname, "packs");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command as a user does, in a process of its own.
 *
 * @param environment what it gets beside the variables of this process
 */
export function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return start(args, environment).ended;
}

/** The same for a test that does not let it end by itself. */
export function start(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { ended: Promise<Ran>; kill: (signal: NodeJS.Signals) => void } {
  // A suite runs the command a hundred times: loading it through a TypeScript compiler costs more than all that it does.
  command ??= bundled("../../cli/main.ts", ["*"]);
  // A checkout may have its node_modules elsewhere; the command must find the pack of this one.
  const child = spawn(process.execPath, ["--preserve-symlinks-main", command, ...args], {
    cwd: join(__dirname, "..", ".."),
    // The developer's own region is none of these tests'.
    env: { ...process.env, AWS_REGION: "", AWS_DEFAULT_REGION: "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { ended, kill: (signal) => child.kill(signal) };
}
