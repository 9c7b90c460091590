import { type Command, Option } from "commander";
import type { Door } from "../terminal/door";

interface RulesFlags {
  format: "text" | "json";
  debug?: true;
}

/** Adds `rules` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addRules(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  program
    .command("rules")
    .description("list the rules, or print one with its reasons, options and examples")
    .argument("[id]", "a rule's id, undecided or settings")
    .addOption(new Option("--format <format>", "form of the answer").choices(["text", "json"]).default("text"))
    .option("--debug", "show stack traces")
    .addHelpText("after", "\nExit code: 0, or 2 for a rule that does not exist.")
    .action((id: string | undefined, { format, debug }: RulesFlags) => {
      try {
        const { runRules }: typeof import("./run") = require("./run");
        runRules(id, format, door);
      } catch (error) {
        fail(error, debug === true);
      }
    });
}
