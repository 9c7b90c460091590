import { type Command, InvalidArgumentError, Option } from "commander";
import { ASSUMED_ACCOUNT, ASSUMED_REGION } from "../offline/aws/account";
import type { FailOn } from "../report/check-result";
import { FORMATS } from "../report/formats";

/** The command line of `check`. */
export interface CheckFlags {
  stack?: string;
  allStacks?: true;
  config: string[];
  env: string[];
  policyConfig?: string;
  answers?: string;
  account?: string;
  region?: string;
  unknownOutputs?: true;
  timeout: number;
  /** Each `--format` and `--output`, in the order in which they were given. */
  reports: { readonly format?: string; readonly output?: string }[];
  quiet?: true;
  summary?: true;
  only: string[];
  skip: string[];
  failOn: FailOn;
  baseline?: string;
  updateBaseline?: true;
  base?: string;
  policyPack?: string;
  debug?: true;
}

/**
 * Adds the options of `check` to its command.
 *
 * @returns the reports that are asked for, as the command line is read
 */
export function addFlags(command: Command): CheckFlags["reports"] {
  const reports: CheckFlags["reports"] = [];
  const noted = (name: "format" | "output") => (value: string) => {
    reports.push({ [name]: value });
    return value;
  };
  command
    .argument("[path]", "folder of the program, or a file of pulumi preview --json or stack export (- reads one)", ".")
    .option("--stack <name>", "stack whose configuration is used (default: the only one)")
    .option("--all-stacks", "check every stack that has a file of its own")
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
    .option(
      "--format <format>",
      `form of a report: ${FORMATS.join(", ")}; may be repeated (default: text)`,
      noted("format"),
    )
    .option("--output <file>", "where the report of the --format before it goes; may be repeated", noted("output"))
    .option("--quiet", "print what blocks, and nothing where nothing does")
    .option("--summary", "print the table and the last line only")
    .option("--only <rule>", "ask this rule alone; may be repeated", appended, [])
    .option("--skip <rule>", "do not ask this rule; may be repeated", appended, [])
    .addOption(
      new Option("--fail-on <level>", "findings that end in exit code 1")
        .choices(["mandatory", "advisory", "never"])
        .default("mandatory"),
    )
    .option("--baseline <file>", "findings that are known: they do not block")
    .option("--update-baseline", "write what is found to the baseline")
    .option(
      "--base <commit>",
      "git: take --policy-config and --baseline as that commit has them, such as origin/main; refuses --skip",
    )
    .option("--answers <file>", 'answers to provider functions, as JSON: {"TOKEN": {"name": "value"}}')
    .option(
      "--policy-pack <folder>",
      "another policy pack than this one, such as one composed of its policies and yours",
    )
    .option("--debug", "show stack traces");
  return reports;
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
  // A shorter time ends before the program can, which would look like a fault of its own.
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
