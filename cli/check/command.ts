import { constants } from "node:os";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ASSUMED_ACCOUNT, ASSUMED_REGION } from "../offline/aws/account";
import { jsonReport } from "../report/json";
import { Progress } from "../report/progress";
import { textReport } from "../report/text";
import type { Door } from "../terminal/door";
import { check } from "./check";

const BLOCKED = 1;

interface CheckFlags {
  stack?: string;
  config: string[];
  env: string[];
  policyConfig?: string;
  answers?: string;
  account?: string;
  region?: string;
  unknownOutputs?: true;
  timeout: number;
  format: "text" | "json";
  policyPack?: string;
  debug?: true;
}

/** Adds `check` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addCheck(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  program
    .command("check")
    .description("hold what a Pulumi program would create to the guardrails: offline, without credentials")
    .argument("[path]", "folder of the program, or a file of pulumi preview --json or stack export (- reads one)", ".")
    .option("--stack <name>", "stack whose configuration is used (default: the only one)")
    .option("--config <key=value>", "set a configuration value; may be repeated", appended, [])
    .option("--env <name>", "pass an environment variable on to the program; may be repeated", variable, [])
    .option("--policy-config <file>", "configuration of the policies, as for pulumi --policy-pack-config")
    .option(
      "--account <id>",
      `account that lookups answer with (default: the stack's, or ${ASSUMED_ACCOUNT})`,
      accountId,
    )
    .option(
      "--region <name>",
      `region that the program is told to run in (default: the stack's, AWS_REGION, or ${ASSUMED_REGION})`,
      regionName,
    )
    .option("--unknown-outputs", "predict no ARNs, ids and urls: what a preview by the engine would know")
    .option("--timeout <seconds>", "end a program that runs longer", seconds, 120)
    .addOption(new Option("--format <format>", "form of the report").choices(["text", "json"]).default("text"))
    .option("--answers <file>", 'answers to provider functions, as JSON: {"TOKEN": {"name": "value"}}')
    .addOption(new Option("--policy-pack <folder>", "hold the program to another policy pack").hideHelp())
    .option("--debug", "show stack traces")
    .addHelpText(
      "after",
      "\nExit code: 0 nothing mandatory was found, 1 blocked, 2 the program, the input or the tool failed.",
    )
    .action(async (path: string, flags: CheckFlags) => {
      try {
        await runCheck(path, flags, door);
      } catch (error) {
        fail(error, flags.debug === true);
      }
    });
}

async function runCheck(path: string, flags: CheckFlags, door: Door): Promise<void> {
  const progress = new Progress(door.terminal);
  // Ending by itself, the process takes what it started along.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  try {
    const result = await check({
      path,
      stack: flags.stack,
      config: flags.config,
      environment: flags.env,
      policyConfig: flags.policyConfig,
      answers: flags.answers,
      account: flags.account,
      region: flags.region,
      unknownOutputs: flags.unknownOutputs === true,
      timeoutSeconds: flags.timeout,
      packDirectory: flags.policyPack === undefined ? undefined : resolve(flags.policyPack),
      secrets: door.secrets,
      onProgress: progress.update,
    });
    progress.end();
    if (flags.format === "json") door.json(jsonReport(result));
    else door.report(textReport(result));
    if (result.failure !== undefined) throw result.failure;
    if (result.outcome === "blocked") process.exitCode = BLOCKED;
  } finally {
    progress.end();
  }
}

function appended(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

function variable(name: string, earlier: string[]): string[] {
  if (!/^[^=\s]+$/.test(name)) throw new InvalidArgumentError("Give a name; the value is the one that is set here.");
  return [...earlier, name];
}

function seconds(text: string): number {
  const value = Number(text);
  // A shorter time ends before the policy pack serves, which would look like a fault of the pack.
  if (!(value >= 1)) throw new InvalidArgumentError("It must be a number of seconds, at least 1.");
  return value;
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account id has 12 digits.");
  return text;
}

/** "AWS Regions" (AWS Global Infrastructure): names such as eu-west-1, us-gov-west-1 and eusc-de-east-1. */
function regionName(text: string): string {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text))
    throw new InvalidArgumentError("A region has a name such as eu-west-1.");
  return text;
}
