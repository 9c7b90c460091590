#!/usr/bin/env node
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { check } from "./check";
import { addExplain } from "./explain/command";
import { Failure, messageOf } from "./failure";
import { ownPackDirectory } from "./pack/location";
import { jsonReport } from "./report/json";
import { Progress } from "./report/progress";
import { textReport } from "./report/text";

const BLOCKED = 1;
const FAILED = 2;

interface CheckFlags {
  stack?: string;
  config: string[];
  policyConfig?: string;
  answers?: string;
  account: string;
  region: string;
  timeout: number;
  format: "text" | "json";
  policyPack?: string;
  debug?: true;
}

async function runCheck(path: string, flags: CheckFlags): Promise<void> {
  const progress = new Progress(process.stderr);
  try {
    const result = await check({
      path,
      stack: flags.stack,
      config: flags.config,
      policyConfig: flags.policyConfig,
      answers: flags.answers,
      account: flags.account,
      region: flags.region,
      timeoutSeconds: flags.timeout,
      packDirectory: resolve(flags.policyPack ?? ownPackDirectory()),
      onProgress: progress.update,
    });
    progress.end();
    process.stdout.write(flags.format === "json" ? jsonReport(result) : textReport(result));
    if (result.outcome === "blocked") process.exitCode = BLOCKED;
  } catch (error) {
    progress.end();
    process.stderr.write(failureText(error, flags.debug === true));
    process.exitCode = FAILED;
  }
}

function failureText(error: unknown, isDebug: boolean): string {
  const stack = isDebug && error instanceof Error ? `\n${error.stack}\n` : "";
  if (error instanceof Failure) {
    const details = error.details === "" ? "" : `\n${error.details.replace(/^/gm, "  ")}\n`;
    return `error: ${error.message}\n${details}\n${error.fix}\n${stack}`;
  }
  return `error: ${messageOf(error)}\n\nThis is a fault of aws-identity-guardrails. Run it again with --debug and report it.\n${stack}`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return value;
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account id has 12 digits.");
  return text;
}

const program = new Command("aws-identity-guardrails")
  .description("Guardrails for AWS identity in Pulumi programs.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : FAILED));

program
  .command("check")
  .description("run a Pulumi program offline and hold what it would create to the guardrails")
  .argument("[path]", "folder of the Pulumi program", ".")
  .option("--stack <name>", "stack whose configuration is used (default: the only one)")
  .option(
    "--config <key=value>",
    "set a configuration value; may be repeated",
    (one, all: string[]) => [...all, one],
    [],
  )
  .option("--policy-config <file>", "configuration of the policies, as for pulumi --policy-pack-config")
  .option("--account <id>", "account that lookups answer with", accountId, "123456789012")
  .option("--region <name>", "region that lookups answer with", "us-east-1")
  .option("--timeout <seconds>", "end a program that runs longer", seconds, 120)
  .addOption(new Option("--format <format>", "form of the report").choices(["text", "json"]).default("text"))
  .option("--answers <file>", "JSON file with answers to provider functions")
  .addOption(new Option("--policy-pack <folder>", "hold the program to another policy pack").hideHelp())
  .option("--debug", "show stack traces")
  .addHelpText(
    "after",
    "\nExit code: 0 nothing mandatory was found, 1 blocked, 2 the program, the input or the tool failed.",
  )
  .action(runCheck);

addExplain(program, (error, isDebug) => {
  process.stderr.write(failureText(error, isDebug));
  process.exitCode = FAILED;
});

void program.parseAsync();
