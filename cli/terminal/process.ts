import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** Kept of each stream, from its end: an error is what a process says last. */
const KEPT_CHARACTERS = 64 * 1024;

/** The end of a text, from the beginning of a line: half a secret would not be known for one. */
function endOf(text: string): string {
  if (text.length <= KEPT_CHARACTERS) return text;
  const kept = text.slice(-KEPT_CHARACTERS);
  return kept.slice(kept.indexOf("\n") + 1);
}

/** How a process ended: its exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process with the processes that it starts itself, which end together with it. */
export class ProcessGroup {
  readonly #child: ChildProcess;
  readonly exit: Promise<Exit>;
  stdout = "";
  stderr = "";
  /** What was written to a third stream; nobody but code of this tool has a use for it. */
  report = "";

  constructor(command: readonly [string, ...string[]], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    const [file, ...args] = command;
    // A group of its own can be ended as a whole, with whatever the program has started.
    this.#child = spawn(file, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout = endOf(this.stdout + text);
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = endOf(this.stderr + text);
    });
    const report = this.#child.stdio[REPORT_DESCRIPTOR] as Readable | null | undefined;
    report?.setEncoding("utf8").on("data", (text: string) => {
      this.report = (this.report + text).slice(0, KEPT_CHARACTERS);
    });
    this.exit = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("close", (code, signal) => resolve({ code, signal }));
    });
    // A group of its own is not ended with this process, and a terminal's interrupt does not reach it.
    const killWithParent = () => this.kill();
    process.once("exit", killWithParent);
    this.#child.once("close", () => process.off("exit", killWithParent));
    // Whoever waits for the exit gets the error; nobody may be waiting yet.
    this.exit.catch(() => undefined);
  }

  /** Calls back with everything that was written to stdout so far, at each new piece of it. */
  onStdout(listener: (all: string) => void): void {
    listener(this.stdout);
    this.#child.stdout?.on("data", () => listener(this.stdout));
  }

  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group has ended already.
    }
  }
}

/** The descriptor on which the preloaded code tells what the program asks for. */
export const REPORT_DESCRIPTOR = 3;
