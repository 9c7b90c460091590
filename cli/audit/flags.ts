import { type Command, InvalidArgumentError } from "commander";
import { addReportFlags, appended, type ReportFlags } from "../delivery/flags";
import { regionName } from "../terminal/aws-names";

/** The command line of `audit`. */
export interface AuditFlags extends ReportFlags {
  from: string[];
  profile?: string;
  region?: string;
  endpointUrl?: string;
  save?: string;
  resume?: true;
  organization?: true;
  accounts?: readonly string[];
  assumeRole?: string;
  concurrency: number;
  accountTimeout: number;
  state: string[];
  requireComplete?: true;
  printPolicy?: true;
}

/**
 * Adds the options of `audit` to its command.
 *
 * @returns the reports that are asked for, as the command line is read
 */
export function addFlags(command: Command): ReportFlags["reports"] {
  command
    .option(
      "--from <path>",
      "files that the AWS CLI printed, or folders of them, in place of a live account; may be repeated",
      appended,
      [],
    )
    .option("--profile <name>", "profile of the AWS configuration")
    .option("--region <name>", "region to ask in: that of IAM Identity Center, or of the partition", regionName)
    .option("--endpoint-url <url>", "where all services answer, for an emulator")
    .option("--save <folder>", "keep what was read, a folder for each account, so that --from reads it again")
    .option("--resume", "with --save: leave out accounts whose folder is whole already, and judge what is in it")
    .option("--organization", "every active account of the organization; with --assume-role")
    .option("--accounts <ids>", "these accounts, separated by commas; with --assume-role", accountIds)
    .option("--assume-role <name>", "role in each account that is read")
    .option("--concurrency <number>", "accounts that are read at once", whole, 16)
    .option("--account-timeout <seconds>", "give an account up that takes longer to read", whole, 600)
    .option(
      "--state <file>",
      "what pulumi stack export printed: findings name the resource and line that makes an identity; may be repeated",
      appended,
      [],
    )
    .option("--require-complete", "end with exit code 2 where a rule could not be checked")
    .option("--print-policy", "print the least policy that an audit needs, and do nothing else");
  return addReportFlags(command);
}

function accountIds(text: string): readonly string[] {
  const ids = text.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is no account id: it has 12 digits.`);
  return [...new Set(ids)];
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number, at least 1.");
  return value;
}
