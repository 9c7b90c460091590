import type { Command } from "commander";
import type { Door } from "../terminal/door";
import { type AuditFlags, addFlags } from "./flags";

/** Adds `audit` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addAudit(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  const command = program
    .command("audit")
    .description("hold a live account, or an organization, to the guardrails; or what the AWS CLI printed of one");
  const reports = addFlags(command);
  command
    .addHelpText(
      "after",
      "\nExit code: 0 nothing blocks, 1 something does, 2 an account could not be read or the input is wrong.",
    )
    .action(async (flags: AuditFlags) => {
      try {
        // Each command loads its own modules only: together they take longer than most of what is asked.
        const { runAudit }: typeof import("./run") = require("./run");
        const { auditPolicy }: typeof import("./live/actions") = require("./live/actions");
        if (flags.printPolicy === true) door.json(auditPolicy());
        else await runAudit({ ...flags, reports }, door, fail);
      } catch (error) {
        fail(error, flags.debug === true);
      }
    });
}
