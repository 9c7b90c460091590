import { type Command, Option } from "commander";
import type { FailOn } from "../report/check-result";
import { FORMATS } from "../report/formats";

/** What every command that reports findings takes. */
export interface ReportFlags {
  policyConfig?: string;
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
  debug?: true;
}

/**
 * Adds the options of reports to a command.
 *
 * @returns the reports that are asked for, as the command line is read
 */
export function addReportFlags(command: Command): ReportFlags["reports"] {
  const reports: ReportFlags["reports"] = [];
  const noted = (name: "format" | "output") => (value: string) => {
    reports.push({ [name]: value });
    return value;
  };
  command
    .option("--policy-config <file>", "configuration of the policies, as for pulumi --policy-pack-config")
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
    .option("--debug", "show stack traces");
  return reports;
}

/** Takes down each value of an option that may be repeated. */
export function appended(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}
