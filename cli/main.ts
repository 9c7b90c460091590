#!/usr/bin/env node
import { Command } from "commander";
import { addCheck } from "./check-command";
import { addConfig } from "./config/command";
import { addExplain } from "./explain/command";
import { Failure, messageOf } from "./failure";
import { withoutStack } from "./report/frames";
import { addRules } from "./rules/command";

const FAILED = 2;

function failureText(error: unknown, isDebug: boolean): string {
  const stack = isDebug && error instanceof Error ? `\n${error.stack}\n` : "";
  if (error instanceof Failure) {
    const shown = isDebug ? error.details : withoutStack(error.details);
    const details = shown === "" ? "" : `\n${shown.replace(/^/gm, "  ")}\n`;
    return `error: ${error.message}\n${details}\n${error.fix}\n${stack}`;
  }
  return `error: ${messageOf(error)}\n\nThis is a fault of aws-identity-guardrails. Run it again with --debug and report it.\n${stack}`;
}

function fail(error: unknown, isDebug: boolean): void {
  process.stderr.write(failureText(error, isDebug));
  process.exitCode = FAILED;
}

const program = new Command("aws-identity-guardrails")
  .description("Guardrails for AWS identity in Pulumi programs.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : FAILED));

addCheck(program, fail);
addExplain(program, fail);
addConfig(program, fail);
addRules(program, fail);

void program.parseAsync();
