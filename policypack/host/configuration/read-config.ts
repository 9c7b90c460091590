import type { AnyRule } from "../../rules";
import { type Configuration, configure, type PolicyEntry } from "./configure";
import { type ConfiguredLevel, configuredLevels } from "./levels";
import type { Mistake } from "./mistake";
import { suggestion } from "./nearest";

/** Names of Pulumi's own at the top of a configuration file, beside those of policies. */
const environments = "environments";
const enforcementLevel = "enforcementLevel";

/** What a configuration comes to, and everything that is wrong with it. */
export interface ReadConfig {
  readonly configuration: Configuration;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads a configuration of the pack as `pulumi --policy-pack-config` takes it: an object of policy names with a level, or
 * an object with `enforcementLevel` and options. A mistake is also what the engine would end a preview for: wrong types,
 * unknown levels, an unknown policy without a level.
 *
 * @param json the configuration file's content, parsed
 * @param now for the dates of waivers
 */
export function readConfig(json: unknown, rules: readonly AnyRule[], now: Date): ReadConfig {
  if (!isObject(json)) {
    const fix = 'Write an object such as {"require-user-mfa": "advisory"}.';
    return {
      configuration: configure(rules, new Map(), now),
      mistakes: [{ place: "configuration", message: "is not an object.", fix }],
    };
  }
  const mistakes: Mistake[] = [];
  const entries = new Map<string, PolicyEntry>();
  for (const [name, value] of Object.entries(json)) {
    if (name === environments) {
      mistakes.push(...environmentMistakes(value));
      continue;
    }
    const { mistake, entry } = entryOf(name, value);
    if (mistake !== undefined) mistakes.push(mistake);
    entries.set(name, entry);
  }
  const configuration = configure(rules, entries, now);
  return { configuration, mistakes: [...mistakes, ...configuration.mistakes] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLevel(value: unknown): value is ConfiguredLevel {
  return configuredLevels.some((level) => level === value);
}

/** Reads what a policy is configured with; a level that is wrong does not hide what else is. */
function entryOf(name: string, value: unknown): { readonly entry: PolicyEntry; readonly mistake?: Mistake } {
  const fix = `Write one of ${configuredLevels.join(", ")}.`;
  if (isLevel(value)) return { entry: { level: value, options: {} } };
  if (typeof value === "string") {
    const message = `"${value}" is no enforcement level.${suggestion(value, configuredLevels)}`;
    return { entry: { options: {} }, mistake: { place: name, message, fix } };
  }
  if (!isObject(value)) {
    const message = "is neither a level nor an object.";
    return { entry: { options: {} }, mistake: { place: name, message, fix: `${fix} Options need an object.` } };
  }
  const { [enforcementLevel]: level, ...options } = value;
  if (level === undefined) return { entry: { options } };
  if (isLevel(level)) return { entry: { level, options } };
  const message = `is no enforcement level.${typeof level === "string" ? suggestion(level, configuredLevels) : ""}`;
  return { entry: { options }, mistake: { place: `${name}.${enforcementLevel}`, message, fix } };
}

function environmentMistakes(value: unknown): readonly Mistake[] {
  if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return [];
  return [
    { place: environments, message: "is not a list of texts.", fix: "Write a list of Pulumi ESC environment names." },
  ];
}
