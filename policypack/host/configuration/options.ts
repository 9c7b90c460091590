import type { OptionSchema, OptionSchemas, OptionValues, TextForm } from "../../rules";
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
    case "strings":
      return Array.isArray(value) ? undefined : "is not a list of texts.";
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

/**
 * Reads the options of one policy. A value of the wrong type or outside its bounds counts as not given, and is a mistake; so is an
 * unknown name. A text that does not look like what it stands for is a mistake too, with its index in the list. Such an entry is
 * left out and the rest of its list holds, so that no exemption grows by it; a list of which nothing is left is an empty one and not
 * its default, so that no restriction falls away. A single such text stays as it is, for the same reason, unless it is blank.
 */
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
    const read = readOption(`${policy}.${name}`, option, given[name]);
    values[name] = read.value;
    mistakes.push(...read.mistakes);
  }
  return { values, mistakes };
}

interface ReadOption {
  readonly value: AnyOptions[string];
  readonly mistakes: readonly Mistake[];
}

function readOption(place: string, option: OptionSchema, given: unknown): ReadOption {
  if (given === undefined) return { value: option.default, mistakes: [] };
  const fault = faultOf(option, given);
  if (fault !== undefined) {
    return { value: option.default, mistakes: [{ place, message: fault, fix: fixOf(option) }] };
  }
  // Without a fault it has the type that its schema names.
  if (option.type === "strings") return readTexts(place, option.form, given as readonly unknown[]);
  if (option.type === "string") return readText(place, option, given as string);
  return { value: given as AnyOptions[string], mistakes: [] };
}

function readTexts(place: string, form: TextForm | undefined, entries: readonly unknown[]): ReadOption {
  const texts: string[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, entry] of entries.entries()) {
    const at = `${place}[${index}]`;
    if (typeof entry !== "string") {
      mistakes.push({ place: at, message: "is not a text.", fix: "Write it in quotes." });
      continue;
    }
    const mistake = mistakeIn(at, form, entry);
    if (mistake === undefined) texts.push(entry);
    else mistakes.push(mistake);
  }
  return { value: texts, mistakes };
}

function readText(place: string, option: OptionSchema & { readonly type: "string" }, text: string): ReadOption {
  const mistake = mistakeIn(place, option.form, text);
  if (mistake === undefined) return { value: text, mistakes: [] };
  if (isBlank(text)) return { value: option.default, mistakes: [mistake] };
  return { value: text, mistakes: [{ ...mistake, message: `${mistake.message} It holds as it is written.` }] };
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function mistakeIn(place: string, form: TextForm | undefined, text: string): Mistake | undefined {
  if (isBlank(text)) return { place, message: "is empty.", fix: "Write a text, or leave it out." };
  const fault = form?.(text);
  if (fault === undefined) return undefined;
  const { message, fix, among = [] } = fault;
  return { place, message: `${message}${suggestion(text, among)}`, fix };
}
