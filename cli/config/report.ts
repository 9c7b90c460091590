import { type AnyOptions, type Configuration, shownLine } from "../../policypack/host";
import type { Exception } from "../policies/exceptions";
import { mistakeAt, type OwnConfig } from "../policies/own-config";
import { stoppingRules } from "../policies/stopping";
import { wrap, wrapLine } from "../terminal/wrap";
import { changedSettings, type Difference, differencesIn } from "./differences";

const WIDTH = 100;

/** The version of the shape below; it changes only where a reader of the old one would misread the new. */
const VERSION = 1;

/** A sound configuration for people: what it changes, then the waivers and exceptions that hold, then what has lapsed. */
export function textReport(file: string, { configuration, exceptions, notes }: OwnConfig): string {
  const settings = Object.keys(changedSettings(configuration)).length === 0 ? [] : [changedSettings(configuration)];
  const changes = [
    ...differencesIn(configuration).map(differenceText),
    ...settings.map((options) => `settings: ${optionsText(options)}`),
  ];
  const waivers = configuration.waivers.inForce.map(
    ({ rule, resource, reason, expires }) => `${rule} for ${resource}, through ${expires}: ${reason}`,
  );
  return `${[
    `${shownLine(file)} is sound. ${changes.length === 0 ? "It leaves every rule at its default." : "All else keeps its default."}`,
    ...listText("Changed:", changes),
    ...listText("Waivers in force:", waivers),
    ...listText("Exceptions, which the Pulumi CLI applies (3.271 or later):", exceptions.flatMap(exceptionTexts)),
    ...noteTexts(configuration, exceptions),
    ...listText(
      "Lapsed:",
      notes.map((note) => mistakeAt(file, note)),
    ),
  ].join("\n\n")}\n`;
}

function exceptionTexts({ id, reason, match }: Exception): readonly string[] {
  return match.map(({ policies, targets }) => `${id}: ${policies.join(", ")} at ${targets.join(", ")}: ${reason}`);
}

/** What holds of exceptions in general, where it matters to these. */
function noteTexts(configuration: Configuration, exceptions: readonly Exception[]): readonly string[] {
  if (exceptions.length === 0) return [];
  const named = new Set(exceptions.flatMap(({ match }) => match.flatMap(({ policies }) => policies)));
  const stopping = stoppingRules(configuration).filter((rule) => named.has(rule));
  const inUpdate = `In an update the engine reports ${stopping.join(", ")} at the resource that is stopped, such as an attachment, and not at its group, user or role: an exception has to name those resources as well. \`check --policy-config FILE\` lists them for a program.`;
  const inCloud =
    "Exceptions in a file hold for --policy-pack-config; `pulumi policy enable --config` leaves them out.";
  return [...(stopping.length === 0 ? [] : [inUpdate]), inCloud].map((text) => wrap(text, WIDTH, ""));
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
  return [[heading, ...items.map((item) => `  - ${wrapLine(item, WIDTH, "    ").trimStart()}`)].join("\n")];
}

/**
 * A configuration for other programs: `{ version, sound, mistakes: [{ place, message, fix, position? }], notes: the same,
 * rules: [{ policy, level, defaultLevel, options }], settings, waivers, exceptions: [{ id, reason, match: [{ policies,
 * targets }] }] }`. `rules` and `settings` hold what differs from the defaults.
 */
export function jsonReport({ configuration, exceptions, mistakes, notes }: OwnConfig): object {
  return {
    version: VERSION,
    sound: mistakes.length === 0,
    mistakes,
    notes: notes.map(({ place, message, fix, position }) => ({ place, message, fix, position })),
    rules: differencesIn(configuration),
    settings: changedSettings(configuration),
    waivers: configuration.waivers.inForce,
    exceptions,
  };
}
