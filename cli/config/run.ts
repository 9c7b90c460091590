import { readOwnConfig, requireSound } from "../policies/own-config";
import { readPolicyFile } from "../policies/policy-file";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { textOf } from "../terminal/json-file";
import { jsonReport, textReport } from "./report";

/**
 * Reads a configuration and says what it comes to.
 *
 * @throws Failure for a file that cannot be read, or has mistakes
 */
export function runConfig(name: string, format: "text" | "json", door: Door): void {
  const { file, config } = read(name);
  if (format === "json") door.json(jsonReport(config));
  requireSound(file, config);
  if (format === "text") door.report(textReport(file.name, config));
}

function read(name: string) {
  if (textOf(name, "a policy configuration").trim() === "") {
    throw new Failure(`${name} is empty: it configures nothing`, "Write {} where every rule is to keep its default.");
  }
  const content = readPolicyFile(name);
  return { file: content.file, config: readOwnConfig(content) };
}
