import type { Json } from "./values";
import { isObject } from "./values";

/**
 * JSON text as the providers' language writes it: `<`, `>` and `&` (and two line separators) are escaped. Order of keys is
 * the caller's: see `sorted`.
 *
 * @param indent spaces per level, or 0 for one line without spaces
 */
export function goJson(value: Json, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The same value with every map's keys in the order of their bytes. */
export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort(byBytes);
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Order of the UTF-8 bytes, which differs from JavaScript's for characters outside the basic plane. */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
