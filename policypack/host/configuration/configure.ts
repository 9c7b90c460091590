import { type AnyRule, commonOptions, type OptionSchemas, type Settings } from "../../rules";
import type { ConfiguredLevel } from "./levels";
import type { Mistake } from "./mistake";
import { suggestion } from "./nearest";
import { type AnyOptions, readOptions } from "./options";
import { settingsPolicy, waiversOption } from "./settings-policy";
import { undecidedPolicy } from "./undecided-policy";
import { readWaivers, type Waivers } from "./waivers";

/** What a configuration says about one policy. */
export interface PolicyEntry {
  readonly level?: ConfiguredLevel;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A configuration of the pack by policy name; `all` stands for every policy that does not name a level itself. */
export type PolicyEntries = ReadonlyMap<string, PolicyEntry>;

export type OnUnknown = "advisory" | "enforce" | "ignore";

export interface RuleConfiguration {
  readonly level: ConfiguredLevel;
  readonly onUnknown: OnUnknown;
  readonly options: AnyOptions;
}

/** A configuration as it is applied: levels resolved, defaults filled in, what is wrong kept aside. */
export interface Configuration {
  readonly rules: ReadonlyMap<string, RuleConfiguration>;
  readonly settings: Settings;
  readonly waivers: Waivers;
  /** Of the policy that tells what is not decided. */
  readonly undecided: ConfiguredLevel;
  /** The level of what is said under `settings`, which can be disabled like any policy. Mistakes are told as advice at most. */
  readonly settingsLevel: ConfiguredLevel;
  readonly mistakes: readonly Mistake[];
}

const all = "all";

/**
 * Applies a configuration to the rules. A policy that the configuration does not name keeps its own level, or that of
 * `all`: nothing here can lower a level that nobody configured. What is wrong is a mistake and counts as not written.
 */
export function configure(rules: readonly AnyRule[], entries: PolicyEntries, now: Date): Configuration {
  const mistakes = [...unknownPolicies(rules, entries)];
  const levelFor = (name: string, own: ConfiguredLevel): ConfiguredLevel =>
    entries.get(name)?.level ?? entries.get(all)?.level ?? own;
  const optionsFor = (name: string, schemas: OptionSchemas, alsoValid?: readonly string[]) => {
    const read = readOptions(name, schemas, entries.get(name)?.options ?? {}, alsoValid);
    mistakes.push(...read.mistakes);
    return read.values;
  };

  const configured = new Map<string, RuleConfiguration>();
  for (const rule of rules) {
    const { onUnknown, ...options } = optionsFor(rule.id, { ...rule.options, ...commonOptions });
    const level = levelFor(rule.id, rule.level);
    configured.set(rule.id, { level, onUnknown: onUnknown as OnUnknown, options });
  }
  // The values of the schemas' own types: that is what readOptions lets through.
  const settings = optionsFor(settingsPolicy.id, settingsPolicy.options, [waiversOption.name]) as Settings;
  optionsFor(undecidedPolicy.id, {});
  const waivers = readWaivers(entries.get(settingsPolicy.id)?.options[waiversOption.name], {
    ruleIds: [...rules.map((rule) => rule.id), undecidedPolicy.id],
    maxWaiverDays: settings.maxWaiverDays,
    now,
  });
  return {
    rules: configured,
    settings,
    waivers,
    undecided: levelFor(undecidedPolicy.id, undecidedPolicy.level),
    settingsLevel: levelFor(settingsPolicy.id, settingsPolicy.level),
    mistakes: [...mistakes, ...waivers.mistakes],
  };
}

function* unknownPolicies(rules: readonly AnyRule[], entries: PolicyEntries): Iterable<Mistake> {
  const names = [...rules.map((rule) => rule.id), settingsPolicy.id, undecidedPolicy.id];
  for (const [name, { options }] of entries) {
    if (name === all) {
      for (const option of Object.keys(options)) {
        yield {
          place: `${all}.${option}`,
          message: "is ignored: only a level can be given to all policies at once.",
          fix: "Write the option under each rule that it is meant for.",
        };
      }
      continue;
    }
    if (!names.includes(name)) {
      yield {
        place: name,
        message: `is no policy of this pack.${suggestion(name, [...names, all])}`,
        fix: "Use the id of a rule in RULES.md.",
      };
    }
  }
}
