import type { OptionSchema, OptionSchemas, OptionValues } from "../rules/options";
import type { Mistake } from "./mistake";
import { suggestion } from "./nearest";

/** What is wrong with an option's value, or undefined. */
function faultOf(option: OptionSchema, value: unknown): string | undefined {
  switch (option.type) {
    case "integer": {
      if (typeof value !== "number" || !Number.isInteger(value)) return "is not a whole number.";
      if (option.minimum !== undefined && value < option.minimum) return `is below ${option.minimum}.`;
      if (option.maximum !== undefined && value > option.maximum) return `is above ${option.maximum}.`;
      return undefined;
    }
    case "boolean":
      return typeof value === "boolean" ? undefined : "is neither true nor false.";
    case "string": {
      if (typeof value !== "string") return "is not a text.";
      if (option.enum === undefined || option.enum.includes(value)) return undefined;
      return `is "${value}", which is none of its values.${suggestion(value, option.enum)}`;
    }
    case "strings": {
      const isList = Array.isArray(value) && value.every((entry) => typeof entry === "string");
      return isList ? undefined : "is not a list of texts.";
    }
  }
}

function fixOf(option: OptionSchema): string {
  switch (option.type) {
    case "integer":
      return `Write a number, such as ${option.default}.`;
    case "boolean":
      return "Write true or false.";
    case "string":
      return option.enum === undefined ? "Write a text." : `Write one of ${option.enum.join(", ")}.`;
    case "strings":
      return 'Write a list such as ["one", "two"].';
  }
}

/** Options of some policy, whichever it is. */
export type AnyOptions = OptionValues<OptionSchemas>;

export interface ReadOptions {
  /** Every option of the schemas: the given value where it is sound, else the default. */
  readonly values: AnyOptions;
  readonly mistakes: readonly Mistake[];
}

/** Reads the options of one policy. A value that is wrong counts as not given, and is a mistake; so is an unknown name. */
export function readOptions(
  policy: string,
  schemas: OptionSchemas,
  given: Readonly<Record<string, unknown>>,
  alsoValid: readonly string[] = [],
): ReadOptions {
  const names = [...Object.keys(schemas), ...alsoValid];
  const mistakes: Mistake[] = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      place: `${policy}.${name}`,
      message: `is no option of ${policy}.${suggestion(name, names)}`,
      fix: names.length > 0 ? `Use ${names.join(", ")}.` : "Remove it.",
    }));
  const values: Record<string, AnyOptions[string]> = {};
  for (const [name, option] of Object.entries(schemas)) {
    const value = given[name];
    const fault = value === undefined ? undefined : faultOf(option, value);
    if (fault !== undefined) mistakes.push({ place: `${policy}.${name}`, message: fault, fix: fixOf(option) });
    // Without a fault it has the type that its schema names.
    values[name] = value === undefined || fault !== undefined ? option.default : (value as AnyOptions[string]);
  }
  return { values, mistakes };
}
