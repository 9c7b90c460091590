import type { AnyOptions, Configuration, ConfiguredLevel } from "../../policypack/host";
import { commonOptions, type OptionSchemas, rules, settingsOptions } from "../../policypack/rules";

/** What a configuration makes different about one policy. */
export interface Difference {
  readonly policy: string;
  readonly level: ConfiguredLevel;
  readonly defaultLevel: ConfiguredLevel;
  /** The options that are not at their default. */
  readonly options: AnyOptions;
}

/** The policies that a configuration leaves otherwise than they are without it, in the order of RULES.md. */
export function differencesIn({ rules: configured }: Configuration): readonly Difference[] {
  const ofRules = rules.map((rule): Difference => {
    const { level, onUnknown, options } = configured.get(rule.id) ?? {
      level: rule.level,
      onUnknown: "advisory",
      options: {},
    };
    const schemas = { ...rule.options, ...commonOptions };
    return {
      policy: rule.id,
      level,
      defaultLevel: rule.level,
      options: changed(schemas, { ...options, onUnknown }),
    };
  });
  return ofRules.filter(
    ({ level, defaultLevel, options }) => level !== defaultLevel || Object.keys(options).length > 0,
  );
}

/** The settings that are not at their default. */
export function changedSettings({ settings }: Configuration): AnyOptions {
  return changed(settingsOptions, settings);
}

function changed(schemas: OptionSchemas, values: AnyOptions): AnyOptions {
  const isChanged = (name: string) => JSON.stringify(values[name]) !== JSON.stringify(schemas[name]?.default);
  return Object.fromEntries(Object.entries(values).filter(([name]) => isChanged(name)));
}
