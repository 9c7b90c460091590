import { rules } from "../../policypack/rules";
import type { Example } from "../../policypack/rules/example";
import type { AnyRule } from "../../policypack/rules/rule";
import { Engine, type Told } from "../host/engine";
import { resourcesOf } from "./example-stack";

/** What a preview of an example is told by every rule, under the options and settings that the example names. */
export function toldAbout(rule: AnyRule, example: Example): Promise<Told[]> {
  const config = {
    ...(example.options === undefined ? {} : { [rule.id]: example.options }),
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

/** The rules that a finding speaks for: its own, and those that wait for the same value. */
export function rulesIn({ policy, message }: Told): readonly string[] {
  const others = /Also waiting: (.*?) Rule: /.exec(inOneLine(message))?.[1];
  return [policy, ...(others?.split(", ") ?? [])];
}
