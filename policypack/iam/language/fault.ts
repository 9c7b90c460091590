import { childPath, type Position } from "./json";

/** Something wrong with a policy's text, with the place and the fix. */
export interface Fault {
  /** JSON path, `$` for the whole document. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  /**
   * `unreadable`: no JSON, or no policy; `hides`: a reader expects a part of the text to have an effect that it does not have;
   * `refused`: AWS refuses it on write; it was analysed all the same.
   */
  readonly effect: "unreadable" | "hides" | "refused";
  readonly line?: number;
  readonly column?: number;
}

/** Collects faults; knows where a path stands in the text, when there is a text. */
export class FaultList {
  readonly faults: Fault[] = [];

  constructor(private readonly positions: ReadonlyMap<string, Position> = new Map()) {}

  add(effect: Fault["effect"], path: string, message: string, fix: string, position = this.positions.get(path)): void {
    this.faults.push({ effect, path, message, fix, ...position });
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of an object by their proper names. AWS refuses other spellings; they are analysed as they were meant. */
export function elementsOf(
  object: Readonly<Record<string, unknown>>,
  path: string,
  names: readonly string[],
  faults: FaultList,
): ReadonlyMap<string, unknown> {
  const elements = new Map<string, unknown>();
  for (const key of Object.keys(object)) {
    const name = names.find((known) => known.toLowerCase() === key.toLowerCase());
    const here = childPath(path, key);
    if (name === undefined) {
      faults.add("refused", here, `"${key}" is no element of a policy`, `use one of ${names.join(", ")}`);
      continue;
    }
    if (name !== key) faults.add("refused", here, `"${key}" is not spelt as AWS wants it`, `write "${name}"`);
    if (elements.has(name)) faults.add("hides", here, `"${name}" is given twice in different spellings`, "keep one");
    if (object[key] !== undefined) elements.set(name, object[key]);
  }
  return elements;
}
