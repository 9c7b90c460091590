import { type Command, Option } from "commander";
import type { Door } from "../terminal/door";
import { type Role, roles } from "./input/subject";

interface ExplainFlags {
  as: Role;
  format: "text" | "json";
  debug?: true;
}

/** Adds `explain` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addExplain(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  program
    .command("explain")
    .description("say what IAM policies together allow: administrator power, ways to it, MFA, the root user")
    .argument(
      "<file...>",
      "policies as JSON or YAML, lists of them, folders, - for standard input, output of aws iam get-account-authorization-details, CloudFormation templates, names or ARNs of AWS managed policies",
    )
    .addOption(new Option("--as <kind>", "what the policies belong to").choices(roles).default("user"))
    .addOption(new Option("--format <format>", "form of the report").choices(["text", "json"]).default("text"))
    .option("--debug", "show stack traces")
    .addHelpText(
      "after",
      "\nExit code: 0 the files could be read, whatever they allow; 2 a file or the command line is wrong.",
    )
    .action((files: string[], flags: ExplainFlags) => {
      try {
        const { runExplain }: typeof import("./run") = require("./run");
        runExplain(files, flags.as, flags.format, door);
      } catch (error) {
        fail(error, flags.debug === true);
      }
    });
}
