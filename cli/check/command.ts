import { constants } from "node:os";
import type { Command } from "commander";
import type { Door } from "../terminal/door";
import { addFlags, type CheckFlags } from "./flags";

/** Adds `check` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addCheck(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  const command = program
    .command("check")
    .description("hold what a Pulumi program would create to the guardrails: offline, without credentials");
  const reports = addFlags(command);
  command
    .addHelpText("after", "\nExit code: 0 nothing blocks, 1 blocked, 2 the program, the input or the tool failed.")
    .action(async (path: string, flags: CheckFlags) => {
      // Ending by itself, the process takes what it started along.
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.once(signal, () => process.exit(128 + constants.signals[signal]));
      }
      try {
        const { runCheck }: typeof import("./run") = require("./run");
        await runCheck(path, { ...flags, reports }, door, fail);
      } catch (error) {
        fail(error, flags.debug === true);
      }
    });
}
