import type { Scalar } from "./scalars";

/** A value in one of Pulumi's files, with aliases and merge keys resolved. */
export type FileValue = Scalar | readonly FileValue[] | FileMap;

export interface Entry {
  readonly value: FileValue;
  /** Where the key stands: an offset into the file's text. */
  readonly at: number;
}

/** A map whose keys are texts; other scalars became the text that a program sees in their place. */
export class FileMap {
  readonly entries = new Map<string, Entry>();
  /** Whether every key is written as text: to Pulumi a map with any other key is another sort of map. */
  hasTextKeysOnly = true;

  /** The value of a key; undefined where there is none. */
  get(key: string): FileValue | undefined {
    return this.entries.get(key)?.value;
  }

  /** Where a key stands, or where the map begins to be of use for an error. */
  at(key: string): number {
    return this.entries.get(key)?.at ?? 0;
  }
}
