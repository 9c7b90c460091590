import type { AnyOptions } from "../../policypack/host/options";
import { mistakeAt, type OwnConfig } from "../pack/own-config";
import { wrap } from "../report/wrap";
import { changedSettings, type Difference, differencesIn } from "./differences";

const WIDTH = 100;

/** The version of the shape below; it changes only where a reader of the old one would misread the new. */
const VERSION = 1;

/** A sound configuration for people: what it changes, then the waivers that hold, then what has lapsed. */
export function textReport(file: string, { configuration, notes }: OwnConfig): string {
  const settings = Object.keys(changedSettings(configuration)).length === 0 ? [] : [changedSettings(configuration)];
  const changes = [
    ...differencesIn(configuration).map(differenceText),
    ...settings.map((options) => `settings: ${optionsText(options)}`),
  ];
  const waivers = configuration.waivers.inForce.map(
    ({ rule, resource, reason, expires }) => `${rule} for ${resource}, through ${expires}: ${reason}`,
  );
  return `${[
    `${file} is sound. ${changes.length === 0 ? "It leaves every rule at its default." : "All else keeps its default."}`,
    ...listText("Changed:", changes),
    ...listText("Waivers in force:", waivers),
    ...listText(
      "Lapsed:",
      notes.map((note) => mistakeAt(file, note)),
    ),
  ].join("\n\n")}\n`;
}

function differenceText({ policy, level, defaultLevel, options }: Difference): string {
  const rank = level === defaultLevel ? level : `${level} (by default ${defaultLevel})`;
  return `${policy}: ${[rank, optionsText(options)].filter((part) => part !== "").join(", ")}`;
}

function optionsText(options: AnyOptions): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}

function listText(heading: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [[heading, ...items.map((item) => `  - ${wrap(item, WIDTH, "    ").trimStart()}`)].join("\n")];
}

/**
 * A configuration for other programs: `{ version, sound, mistakes: [{ place, message, fix, position? }], notes: the same,
 * rules: [{ policy, level, defaultLevel, options }], settings, waivers }`. `rules` and `settings` hold what differs from
 * the defaults.
 */
export function jsonReport({ configuration, mistakes, notes }: OwnConfig): string {
  const report = {
    version: VERSION,
    sound: mistakes.length === 0,
    mistakes,
    notes: notes.map(({ place, message, fix, position }) => ({ place, message, fix, position })),
    rules: differencesIn(configuration),
    settings: changedSettings(configuration),
    waivers: configuration.waivers.inForce,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
