import { isMap, type Wire, type WireMap } from "../../rpc";
import { sorted } from "../go-json";

/** A text that Check has made sure of. */
export function text(values: WireMap, name: string): string {
  const value = values[name];
  if (typeof value !== "string") throw new Error(`${name} is missing`);
  return value;
}

/** A text that may be left out; the provider takes an empty one for that. */
export function textIn(values: WireMap, name: string): string | undefined {
  return typeof values[name] === "string" && values[name] !== "" ? values[name] : undefined;
}

export function numberIn(values: WireMap, name: string): number | undefined {
  return typeof values[name] === "number" ? values[name] : undefined;
}

export function flagIn(values: WireMap, name: string): boolean | undefined {
  return typeof values[name] === "boolean" ? values[name] : undefined;
}

export function textsIn(values: WireMap, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

export function mapIn(values: WireMap, name: string): WireMap {
  const value = values[name];
  return isMap(value) ? value : {};
}

export function mapsIn(values: WireMap, name: string): WireMap[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** What comes before and after the first `separator` of an id that has two parts. */
export function halves(id: string, separator: string): [string, string] {
  const at = id.indexOf(separator);
  return [id.slice(0, at), id.slice(at + separator.length)];
}

export interface Tag {
  Key: string;
  Value: string;
}

/** The tags to make a resource with: its own over the provider's. */
export function tagsOf(inputs: WireMap): Tag[] {
  return Object.entries(mapIn(inputs, "tagsAll")).map(([Key, value]) => ({ Key, Value: String(value) }));
}

/** Tags to set and keys to take away. */
export function tagChanges(olds: WireMap, news: WireMap): { set: Tag[]; remove: string[] } {
  const [before, after] = [mapIn(olds, "tagsAll"), tagsOf(news)];
  const set = after.filter(({ Key, Value }) => before[Key] !== Value);
  const remove = Object.keys(before).filter((key) => !after.some(({ Key }) => Key === key));
  return { set, remove };
}

/** Tags as the provider shows them; its own default tags would be taken out of `tags`, and are not used here. */
export function shownTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): WireMap {
  const map = Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  return { tags: tags.length > 0 ? map : null, tagsAll: map };
}

/** Whether two values say the same: JSON texts are compared by what they hold, as the provider compares policies. */
export function same(a: Wire | undefined, b: Wire | undefined): boolean {
  return normal(a ?? null) === normal(b ?? null);
}

function normal(value: Wire): string {
  if (typeof value === "string" && /^\s*[{[]/.test(value)) {
    try {
      return normal(JSON.parse(value));
    } catch {
      return JSON.stringify(value);
    }
  }
  return JSON.stringify(sorted(value));
}
