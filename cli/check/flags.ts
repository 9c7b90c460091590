import { type Command, InvalidArgumentError } from "commander";
import { addReportFlags, appended, type ReportFlags } from "../delivery/flags";
import { ASSUMED_ACCOUNT, ASSUMED_REGION } from "../offline/aws/account";
import { accountId, regionName } from "../terminal/aws-names";

/** The command line of `check`. */
export interface CheckFlags extends ReportFlags {
  stack?: string;
  allStacks?: true;
  config: string[];
  env: string[];
  answers?: string;
  account?: string;
  region?: string;
  unknownOutputs?: true;
  timeout: number;
  timing?: true;
  policyPack?: string;
}

/**
 * Adds the options of `check` to its command.
 *
 * @returns the reports that are asked for, as the command line is read
 */
export function addFlags(command: Command): CheckFlags["reports"] {
  command
    .argument("[path]", "folder of the program, or a file of pulumi preview --json or stack export (- reads one)", ".")
    .option("--stack <name>", "stack whose configuration is used (default: the only one)")
    .option("--all-stacks", "check every stack that has a file of its own")
    .option("--config <key=value>", "set a configuration value; may be repeated", appended, [])
    .option("--env <name>", "pass an environment variable on to the program; may be repeated", variable, [])
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
    .option("--timing", "print to standard error what check itself took beside the program")
    .option("--answers <file>", 'answers to provider functions, as JSON: {"TOKEN": {"name": "value"}}')
    .option(
      "--policy-pack <folder>",
      "another policy pack than this one, such as one composed of its policies and yours",
    );
  return addReportFlags(command);
}

function variable(name: string, earlier: string[]): string[] {
  if (!/^[^=\s]+$/.test(name)) throw new InvalidArgumentError("Give a name; the value is the one that is set here.");
  return [...earlier, name];
}

function seconds(text: string): number {
  const value = Number(text);
  // A shorter time ends before the program can, which would look like a fault of its own.
  if (!(value >= 1)) throw new InvalidArgumentError("It must be a number of seconds, at least 1.");
  return value;
}
