import { type Command, Option } from "commander";
import type { Door } from "../terminal/door";

interface ConfigFlags {
  format: "text" | "json";
  debug?: true;
}

/** Adds `config` to the command line; `fail` reports what was thrown and sets the exit code. */
export function addConfig(program: Command, door: Door, fail: (error: unknown, isDebug: boolean) => void): void {
  program
    .command("config")
    .description("check a configuration of the guardrails before anybody is held to it, and say what it comes to")
    .argument("<file>", "configuration as for pulumi --policy-pack-config, or of a policy group in Pulumi Cloud")
    .addOption(new Option("--format <format>", "form of the report").choices(["text", "json"]).default("text"))
    .option("--debug", "show stack traces")
    .addHelpText("after", "\nExit code: 0 the configuration is sound, 2 it has mistakes or cannot be read.")
    .action((name: string, { format, debug }: ConfigFlags) => {
      try {
        const { runConfig }: typeof import("./run") = require("./run");
        runConfig(name, format, door);
      } catch (error) {
        fail(error, debug === true);
      }
    });
}
