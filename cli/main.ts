#!/usr/bin/env node
import { Command } from "commander";
import { bounded, shownLine } from "../policypack/host";
import { addAudit } from "./audit/command";
import { addCheck } from "./check/command";
import { addConfig } from "./config/command";
import { addExplain } from "./explain/command";
import { withoutStack } from "./report/frames";
import { addRootCredentials } from "./root-credentials/command";
import { addRules } from "./rules/command";
import { mistakeInWords } from "./terminal/command-line";
import { Door } from "./terminal/door";
import { Failure, messageOf } from "./terminal/failure";
import { packageVersion } from "./terminal/package-version";

const FAILED = 2;

/** What is shown of a program's own error, unless everything is asked for. */
const READABLE = 20_000;

const door = new Door();

function failureText(error: unknown, isDebug: boolean): string {
  const stack = isDebug && error instanceof Error ? `\n${framesOf(error)}\n` : "";
  if (error instanceof Failure) {
    const shown = isDebug ? error.details : bounded(withoutStack(error.details), READABLE);
    const details = shown === "" ? "" : `\n${shown.replace(/^/gm, "  ")}\n`;
    const fix = [error.fix, ...error.cures].map(shownLine).join("\n  ");
    return `error: ${shownLine(error.message)}\n${details}\n${fix}\n${stack}`;
  }
  return `error: ${shownLine(messageOf(error))}\n\nThis is a fault of aws-identity-guardrails. Run it again with --debug and report it.\n${stack}`;
}

/** The frames of an error's stack, without the message that stands before them and may hold anything. */
function framesOf({ message, stack = "" }: Error): string {
  const [, frames = ""] = stack.split(`${message}\n`);
  return frames;
}

function fail(error: unknown, isDebug: boolean): void {
  door.problem(failureText(error, isDebug));
  process.exitCode = FAILED;
}

// Node.js would print it past the door, and end with the code of a program that is blocked.
process.once("uncaughtException", (error) => {
  fail(error, process.argv.includes("--debug"));
  process.exit();
});

const program = new Command("aws-identity-guardrails")
  .description("Guardrails for AWS identity in Pulumi programs.")
  .version(packageVersion(), "--version", "print the version")
  .configureOutput({
    writeOut: door.report,
    writeErr: door.problem,
    outputError: (mistake, write) => write(mistakeInWords(mistake, process.argv)),
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : FAILED));

addAudit(program, door, fail);
addCheck(program, door, fail);
addExplain(program, door, fail);
addConfig(program, door, fail);
addRootCredentials(program, door, fail);
addRules(program, door, fail);

void program.parseAsync();
