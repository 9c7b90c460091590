import { validateConfig } from "../../policypack/host/validate";
import { rules } from "../../policypack/rules";
import { Failure } from "../failure";
import type { JsonObject } from "../offline/wire";

/**
 * Refuses a configuration that the pack of this package would complain about, in the pack's own words.
 *
 * @throws Failure with every mistake
 */
export function requireOwnSettings(file: string, content: JsonObject): void {
  const mistakes = validateConfig(content, rules, new Date()).filter(({ harmless }) => harmless !== true);
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  const more = others.map(({ place, message, fix }) => `"${place}" ${message} ${fix}`);
  throw new Failure(`${file}: "${first.place}" ${first.message}`, first.fix, more.join("\n"));
}
