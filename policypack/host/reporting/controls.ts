import type { AnyRule, Control } from "../../rules";

/** Pulumi's form of a control: a policy has one framework. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** The control's id in it. */
  readonly reference: string;
  /** What is asked for. */
  readonly specification: string;
}

export function framework(rule: AnyRule): Framework | undefined {
  const [first] = rule.controls;
  if (first === undefined) return undefined;
  return { name: first.framework, version: first.version, reference: first.id, specification: rule.title };
}

export function controlInWords({ framework: name, version, id }: Control): string {
  return `${name} ${version} ${id}`;
}

/** The controls that there is no room for in the one framework, as tags. */
export function tagsOf(rule: AnyRule): readonly string[] {
  return rule.controls.slice(1).map(controlInWords);
}
