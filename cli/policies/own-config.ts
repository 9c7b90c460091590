import {
  type Configuration,
  type Mistake,
  readConfig,
  settingsPolicy,
  shownLine,
  undecidedPolicy,
} from "../../policypack/host";
import type { Position } from "../../policypack/iam";
import { type AnyRule, rules } from "../../policypack/rules";
import { Failure } from "../terminal/failure";
import type { FilePosition } from "../terminal/json-file";
import { readConfigFile } from "./config-file";
import type { Exception } from "./exceptions";

export interface PlacedMistake extends Mistake {
  readonly position?: Position;
}

/** A configuration file of this package's own policy pack, with all that is wrong in it. */
export interface OwnConfig {
  readonly configuration: Configuration;
  /** Pulumi's own, of a file of version 2. */
  readonly exceptions: readonly Exception[];
  readonly mistakes: readonly PlacedMistake[];
  /** What is worth saying though nobody wrote it wrong, such as a waiver that has expired. */
  readonly notes: readonly PlacedMistake[];
}

/**
 * Reads a configuration as the pack itself does; a name that the file gives twice is a mistake as well.
 *
 * @param now for the dates of waivers
 * @param known the rules that it may be about
 */
export function readOwnConfig(
  { file, value }: FilePosition,
  now = new Date(),
  known: readonly AnyRule[] = rules,
): OwnConfig {
  const names = [...known.map(({ id }) => id), undecidedPolicy.id, settingsPolicy.id];
  const { version, policies, exceptions, mistakes: around } = readConfigFile(value, names);
  const { configuration, mistakes } = readConfig(policies, known, now);
  const inside = mistakes.map((mistake) => ({
    ...mistake,
    place: version === 2 ? `policies.${mistake.place}` : mistake.place,
  }));
  const twice: readonly PlacedMistake[] = file.duplicates.map(({ path, position }) => ({
    place: placeOf(path),
    message: "is given twice, and only the last one counts.",
    fix: "Keep one of them.",
    position,
  }));
  const positions = new Map([...file.positions].map(([path, position]) => [placeOf(path), position]));
  const placed: readonly PlacedMistake[] = [
    ...[...around, ...inside].map((mistake) => ({ ...mistake, ...positionOf(mistake.place, positions) })),
    ...twice,
  ].sort(byPosition);
  return {
    configuration,
    exceptions,
    mistakes: placed.filter(({ harmless }) => harmless !== true),
    notes: placed.filter(({ harmless }) => harmless === true),
  };
}

/** As they stand in the file; what has no place comes first. */
function byPosition({ position: left }: PlacedMistake, { position: right }: PlacedMistake): number {
  return (left?.line ?? 0) - (right?.line ?? 0) || (left?.column ?? 0) - (right?.column ?? 0);
}

/** The position of a place in a file, or of the nearest thing around it that is there. */
function positionOf(place: string, positions: ReadonlyMap<string, Position>): { readonly position?: Position } {
  const position = positions.get(place);
  if (position !== undefined) return { position };
  const around = place.replace(/(?:\.[^.[]*|\[\d+\])$/, "");
  return around === place ? {} : positionOf(around, positions);
}

/** A path in JSON as mistakes write it: `settings.waivers[0]`, `no-overbroad-user.onUnknown`. */
function placeOf(path: string): string {
  return path.replace(/\["([^"]*)"\]/g, ".$1").replace(/^\$\.?/, "");
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
export function requireSound({ name }: FilePosition["file"], { mistakes }: OwnConfig): void {
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  const more = others.map((mistake) => `${mistakeAt(name, mistake)} ${mistake.fix}`);
  throw new Failure(mistakeAt(name, first), first.fix, more.map(shownLine).join("\n"));
}
