import { type ConfigMap, type ConfigValue, ENVELOPE } from "./config-value";

/** Names and indexes that lead into a value. */
export type PropertyPath = readonly (string | number)[];

/** Why a path is none, or leads nowhere. */
export class PathFault extends Error {}

/**
 * Reads a path such as `tags.team`, `list[0]` or `["a.b"].c` (Pulumi documentation, "Configuration", "Structured
 * configuration").
 *
 * @throws PathFault
 */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  if (text === "" || text.startsWith(".")) throw new PathFault("it must start with a name");
  const step = /\.(?=[^[])|\["((?:\\"|[^"\\]|\\(?!"))*)"\]|\[([^\]]*)\]|([^.[]+)/y;
  while (step.lastIndex < text.length) {
    const [whole, quoted, index, name] = step.exec(text) ?? [];
    if (whole === undefined) throw new PathFault("it has a dot or a bracket too many");
    if (quoted !== undefined) path.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) path.push(indexOf(index));
    else if (name !== undefined) path.push(name);
  }
  return path;
}

function indexOf(text: string): string | number {
  if (text === "*") return text;
  if (!/^[-+]?\d+$/.test(text)) throw new PathFault(`[${text}] is no index`);
  return Number(text);
}

/** The value that a path leads to; undefined where it leads nowhere. */
export function valueAt(value: ConfigValue | undefined, path: PropertyPath): ConfigValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined || value === undefined) return value;
  if (Array.isArray(value)) return typeof step === "number" ? valueAt(value[step], rest) : undefined;
  return value instanceof Map && typeof step === "string" ? valueAt(value.get(step), rest) : undefined;
}

/**
 * The value with another put where a path leads; maps and lists that are missing on the way are made.
 *
 * @throws PathFault where something else stands on the way
 */
export function withValueAt(
  value: ConfigValue | undefined,
  path: PropertyPath,
  added: ConfigValue,
  isOutermost = true,
): ConfigValue {
  const [step, ...rest] = path;
  if (step === undefined) return added;
  // What stands in the way is replaced at the first level, and only there.
  const hasRoom = Array.isArray(value) || value instanceof Map;
  if (!hasRoom && !isOutermost && value !== undefined && value !== null) {
    throw new PathFault(`${JSON.stringify(step)} leads into a value that is no ${kindFor(step)}`);
  }
  const container = hasRoom ? value : emptyFor(step);
  if (container instanceof Map) return withMember(container, step, rest, added);
  if (typeof step !== "number") throw new PathFault(`${JSON.stringify(step)} is a name, and a list has indexes`);
  if (step < 0 || step > container.length) throw new PathFault(`a list has no place for the index ${step}`);
  const member = withValueAt(container[step], rest, added, false);
  return [...container.slice(0, step), member, ...container.slice(step + 1)];
}

function withMember(map: ConfigMap, step: string | number, rest: PropertyPath, added: ConfigValue): ConfigValue {
  if (typeof step !== "string") throw new PathFault(`${step} is an index, and a map has names`);
  if (step === ENVELOPE && rest.length === 0 && map.size === 0 && typeof added === "string") {
    throw new PathFault(`a map with nothing but "${ENVELOPE}" stands for an encrypted value`);
  }
  return new Map(map).set(step, withValueAt(map.get(step), rest, added, false));
}

function emptyFor(step: string | number): ConfigValue[] | ConfigMap {
  if (typeof step === "string") return new Map();
  if (step > 1000) throw new PathFault(`the index ${step} is too large`);
  return new Array<ConfigValue>(Math.max(step, 0) + 1).fill(null);
}

function kindFor(step: string | number): string {
  return typeof step === "number" ? "list" : "map";
}
