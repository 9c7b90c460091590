import { rules } from "../../policypack/rules";
import type { Example } from "../../policypack/rules/authoring/example";
import type { AnyRule } from "../../policypack/rules/authoring/rule";
import { Engine, type Told } from "../host/asked";
import { resourcesOf } from "./example-stack";

/**
 * What a preview of an example is told by every rule, under the options and settings that the example names. Doubts of a rule that only
 * advises are told when somebody makes it mandatory.
 */
export function toldAbout(rule: AnyRule, example: Example): Promise<Told[]> {
  const isDoubtOfAdvice = rule.level === "advisory" && rule.examples.undecided.includes(example);
  const own = { ...example.options, ...(isDoubtOfAdvice ? { enforcementLevel: "mandatory" } : {}) };
  const config = {
    ...(Object.keys(own).length === 0 ? {} : { [rule.id]: own }),
    ...(example.settings === undefined ? {} : { settings: example.settings }),
  };
  return new Engine({ rules, config }).preview(resourcesOf(example));
}

/** A message without the line breaks that fit it to a terminal. */
function inOneLine(message: string): string {
  return message.replace(/\s+/g, " ");
}

export function isUndecided({ message }: Told): boolean {
  return inOneLine(message).includes(" cannot be judged yet: ");
}

/** The rules that a finding speaks for: its own, or those that wait for what is told as undecided. */
export function rulesIn({ policy, message }: Told): readonly string[] {
  const waiting = /Rules that wait: (.*?)\. /.exec(inOneLine(message))?.[1];
  return waiting === undefined ? [policy] : waiting.split(", ");
}
