import type { Configuration } from "../../policypack/host/configure";
import type { Mistake } from "../../policypack/host/mistake";
import { readConfig } from "../../policypack/host/read-config";
import { childPath, type Position } from "../../policypack/iam/json";
import { rules } from "../../policypack/rules";
import { Failure } from "../failure";
import type { Place } from "../place";

export interface PlacedMistake extends Mistake {
  readonly position?: Position;
}

/** A configuration file of this package's own policy pack, with all that is wrong in it. */
export interface OwnConfig {
  readonly configuration: Configuration;
  readonly mistakes: readonly PlacedMistake[];
  /** What is worth saying though nobody wrote it wrong, such as a waiver that has expired. */
  readonly notes: readonly PlacedMistake[];
}

/** Reads a configuration as the pack itself does; a name that the file gives twice is a mistake as well. */
export function readOwnConfig({ file, value }: Place): OwnConfig {
  const { configuration, mistakes } = readConfig(value, rules, new Date());
  const twice: readonly PlacedMistake[] = file.duplicates.map(({ path, position }) => ({
    place: path.replace(/^\$(?:\.|\["([^"]*)"\])/, "$1"),
    message: "is given twice, and only the last one counts.",
    fix: "Keep one of them.",
    position,
  }));
  const placed: readonly PlacedMistake[] = [
    ...mistakes.map((mistake) => ({ ...mistake, ...positionOf(mistake.place, file.positions) })),
    ...twice,
  ];
  return {
    configuration,
    mistakes: placed.filter(({ harmless }) => harmless !== true),
    notes: placed.filter(({ harmless }) => harmless === true),
  };
}

function positionOf(place: string, positions: ReadonlyMap<string, Position>): { readonly position?: Position } {
  const [, policy = "", inside = ""] = /^([^.[]*)(.*)$/.exec(place) ?? [];
  const position = positions.get(`${childPath("$", policy)}${inside}`);
  return position === undefined ? {} : { position };
}

/** `file:line:column: "rule.option" is wrong in some way.` */
export function mistakeAt(file: string, { place, message, position }: PlacedMistake): string {
  const where = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  return `${where}: "${place}" ${message}`;
}

/**
 * Refuses a configuration that the pack of this package would complain about, in the pack's own words.
 *
 * @throws Failure with every mistake
 */
export function requireSound({ name }: Place["file"], { mistakes }: OwnConfig): void {
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  const more = others.map((mistake) => `${mistakeAt(name, mistake)} ${mistake.fix}`);
  throw new Failure(mistakeAt(name, first), first.fix, more.join("\n"));
}
