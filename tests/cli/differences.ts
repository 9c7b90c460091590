import type { SeenResource } from "../engine/record";

/** One place where the engine shows a policy pack something else than `check` does; an absent side is undefined. */
export interface Difference {
  readonly program: string;
  /** Phase, URN and path inside the resource: `stack urn:… properties.arn`. */
  readonly place: string;
  readonly engine: unknown;
  readonly check: unknown;
}

export function differencesIn(
  program: string,
  engine: readonly SeenResource[],
  check: readonly SeenResource[],
): Difference[] {
  const [left, right] = [byPhaseAndUrn(engine), byPhaseAndUrn(check)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key) => compare(left.get(key), right.get(key), key).map((it) => ({ program, ...it })));
}

function byPhaseAndUrn(seen: readonly SeenResource[]): Map<string, unknown> {
  return new Map(seen.map((it) => [`${it.phase} ${it.urn}`, comparable(it)]));
}

/** The order of dependencies means nothing, and the engine's changes from run to run. */
function comparable(seen: SeenResource): unknown {
  const entries = Object.entries(seen.propertyDependencies).map(([property, urns]) => [property, [...urns].sort()]);
  return { ...seen, dependencies: [...seen.dependencies].sort(), propertyDependencies: Object.fromEntries(entries) };
}

function compare(engine: unknown, check: unknown, place: string): Omit<Difference, "program">[] {
  if (isRecord(engine) && isRecord(check)) {
    const keys = [...new Set([...Object.keys(engine), ...Object.keys(check)])].sort();
    const separator = place.includes(" properties") || place.includes(" provider") ? "." : " ";
    return keys.flatMap((key) => compare(engine[key], check[key], `${place}${separator}${key}`));
  }
  return JSON.stringify(engine) === JSON.stringify(check) ? [] : [{ place, engine, check }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
