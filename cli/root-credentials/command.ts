import { type Command, Option } from "commander";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { Refused } from "./aws-cli";
import { inWords } from "./report";
import { survey } from "./survey";

interface RootCredentialsFlags {
  account: string[];
  delete?: true;
  region?: string;
  profile?: string;
  json?: true;
  debug?: true;
}

/** Adds `root-credentials` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addRootCredentials(
  program: Command,
  door: Door,
  fail: (error: unknown, isDebug: boolean) => void,
): void {
  program
    .command("root-credentials")
    .description("list what the root users of member accounts can sign in with, and delete it")
    .option("--account <id>", "this member account; may be repeated; all open ones without it", append, [])
    .option("--delete", "delete what is found, after a look at what the same command says without it")
    .addOption(
      new Option("--region <name>", "the region whose STS is asked: AssumeRoot has no global one").env("AWS_REGION"),
    )
    .option("--profile <name>", "a profile of the AWS CLI")
    .option("--json", "print the answer as JSON")
    .option("--debug", "show stack traces")
    .addHelpText(
      "after",
      "\nRuns with credentials of the management account, or of the account that IAM is delegated to, by the AWS CLI, and needs central root\n" +
        "access (the stack central-root-access), sts:AssumeRoot and organizations:Describe* and List*. A password recovery of a root user is the\n" +
        "only way back.\n\nExit code: 0 where no root credentials are left, 1 where there are some or an account refused, 2 for anything else.",
    )
    .action(async (flags: RootCredentialsFlags) => {
      try {
        await run(flags, door);
      } catch (error) {
        fail(error instanceof Refused ? refusal(error) : error, flags.debug === true);
      }
    });
}

function append(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function run({ account: accounts, delete: deletes, region, profile, json }: RootCredentialsFlags, door: Door) {
  if (region === undefined || region === "") {
    throw new Failure("no region is named, and AssumeRoot has no global endpoint", "Name one: --region us-east-1.");
  }
  const wrong = accounts.find((id) => !/^[0-9]{12}$/.test(id));
  if (wrong !== undefined) throw new Failure(`--account ${wrong} is no account's id`, "Give its twelve digits.");
  const answers = await survey({ accounts, deletes: deletes === true }, { region, profile });
  if (json === true) door.json(answers);
  else door.report(inWords(answers));
  if (answers.some(({ state }) => state === "found" || state === "failed")) process.exitCode = 1;
}

function refusal(error: Refused): Failure {
  return new Failure(
    `AWS refused: ${error.code}: ${error.message}`,
    "Use credentials of the management account, or of the account that IAM is delegated to.",
  );
}
