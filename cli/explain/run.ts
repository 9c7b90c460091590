import type { Door } from "../terminal/door";
import { explain } from "./answers/explanation";
import { readInput } from "./input/input";
import type { Role } from "./input/subject";
import { jsonReport } from "./report/json";
import { textReport } from "./report/text";

/**
 * Explains what files allow.
 *
 * @param as what plain policy files belong to
 * @throws Failure for files of which none can be read
 */
export function runExplain(files: readonly string[], as: Role, format: "text" | "json", door: Door): void {
  const { subjects, faults } = readInput(files, as);
  const explanations = explain(subjects, { now: new Date() });
  if (format === "json") door.json(jsonReport(explanations, faults));
  else door.report(textReport(explanations, faults));
}
