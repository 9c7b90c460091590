import { spawn } from "node:child_process";
import { join } from "node:path";

const MAIN = join(__dirname, "..", "..", "cli", "main.ts");
export const PACKS = join(__dirname, "packs");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user does, in a process of its own. */
export function run(args: readonly string[]): Promise<Ran> {
  return start(args).ended;
}

/** The same for a test that does not let it end by itself. */
export function start(args: readonly string[]): { ended: Promise<Ran>; kill: (signal: NodeJS.Signals) => void } {
  const child = spawn(process.execPath, ["--require", "ts-node/register/transpile-only", MAIN, ...args], {
    cwd: join(__dirname, "..", ".."),
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
