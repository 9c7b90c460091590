import type { References } from "../declarations/declared";
import { differ, isSameProvider, type Scope } from "../resources/provider-scope";
import type { Value, Waiting } from "../resources/value";
import { compare, OrderedByKey, type Place } from "./place";

/** How a text that refers to something is looked up: by a key within an account. */
export interface LookUp {
  readonly key: string;
  readonly scope: Scope;
  /** Nothing that a stack makes can be meant; the key is then one that nothing has. */
  readonly isForeign?: true;
}

/** What looks something up. It sees what stands before its own place, and looks again when it may find something else. */
export interface Reader {
  readonly place: Place;
  join(): void;
  /** How to end that it is told of what comes and goes. */
  readonly ends: (() => void)[];
}

/** What the references in a property come to. */
export interface Resolved<T> {
  /** Decided: by name or ARN, or because the value can come from nowhere else. */
  readonly sure: readonly T[];
  /** Several that a value not known yet may come from. */
  readonly possible: readonly { readonly item: T; readonly waiting: Waiting }[];
  /** Known, but nothing in the register; with the number of the reference. */
  readonly elsewhere: readonly { readonly text: string; readonly at: number }[];
  /** Not known, and nothing in the register that they could come from. */
  readonly untold: readonly { readonly waiting: Waiting; readonly at: number }[];
}

interface Entry<T> {
  readonly item: T;
  readonly place: Place;
  readonly scope: Scope;
  /** Undefined where the name is not known. */
  readonly key: string | undefined;
  readonly sources: ReadonlySet<string>;
}

/** Things that a stack makes and refers to, found by name within an account, or by the resource that makes them. */
export class Register<T> {
  private readonly byKey = new OrderedByKey<Entry<T>>();
  private readonly bySource = new OrderedByKey<Entry<T>>();
  private readonly entries = new Map<T, Entry<T>>();
  private readonly readersOfKey = new Map<string, Set<Reader>>();
  private readonly readersOfSource = new Map<string, Set<Reader>>();

  /** @param lookAgain is told of every reader that may find something else now */
  constructor(private readonly lookAgain: (reader: Reader) => void) {}

  /** `sources` are the resource that makes the thing and what holds it, left out for what is only referred to. */
  add(item: T, place: Place, name: Value<LookUp>, scope: Scope, ...sources: readonly string[]): void {
    const entry: Entry<T> = {
      item,
      place,
      scope: name.known ? name.value.scope : scope,
      key: name.known ? name.value.key : undefined,
      sources: new Set(sources),
    };
    this.entries.set(item, entry);
    if (entry.key !== undefined) this.byKey.add(entry.key, place, entry);
    for (const source of entry.sources) this.bySource.add(source, place, entry);
    this.tellReaders(entry);
  }

  remove(item: T): void {
    const entry = this.entries.get(item);
    if (entry === undefined) return;
    this.entries.delete(item);
    if (entry.key !== undefined) this.byKey.remove(entry.key, entry.place);
    for (const source of entry.sources) this.bySource.remove(source, entry.place);
    this.tellReaders(entry);
  }

  private tellReaders({ key, sources, place }: Entry<T>): void {
    const readers = [
      ...(key === undefined ? [] : (this.readersOfKey.get(key) ?? [])),
      ...[...sources].flatMap((source) => [...(this.readersOfSource.get(source) ?? [])]),
    ];
    for (const reader of readers) if (compare(place, reader.place) < 0) this.lookAgain(reader);
  }

  madeBy(source: string, reader: Reader): readonly T[] {
    return this.from(source, reader).map((entry) => entry.item);
  }

  private from(source: string, reader: Reader): readonly Entry<T>[] {
    enter(this.readersOfSource, source, reader);
    return this.bySource.get(source);
  }

  /**
   * A known text is looked up by name. One that is not known yet comes from the resources that the engine names as the property's
   * sources: it means them where there are no more of them than values to come, and one of them otherwise.
   */
  find(references: References, lookUp: (text: string) => LookUp, reader: Reader): Resolved<T> {
    const sources = new Set(references.from.flatMap((source) => this.from(source, reader)));
    const sure = new Set<Entry<T>>();
    const foreign: { readonly text: string; readonly at: number }[] = [];
    const missing: { readonly text: string; readonly at: number }[] = [];
    const waiting: { readonly waiting: Waiting; readonly at: number }[] = [];
    references.items.forEach((item, at) => {
      if (!item.known) {
        waiting.push({ waiting: item.waiting, at });
        return;
      }
      const sought = lookUp(item.value);
      const entries = this.named(sought, sources, reader);
      for (const entry of entries) sure.add(entry);
      if (entries.length === 0) (sought.isForeign ? foreign : missing).push({ text: item.value, at });
    });

    // The name is known here but not yet at the resource that has it.
    const unnamed = [...sources].filter((entry) => entry.key === undefined);
    if (waiting.length === 0 && missing.length > 0 && missing.length === unnamed.length) {
      return { sure: itemsOf([...sure, ...unnamed]), possible: [], elsewhere: foreign, untold: [] };
    }

    const elsewhere = [...foreign, ...missing];
    const first = waiting[0];
    if (first === undefined) return { sure: itemsOf(sure), possible: [], elsewhere, untold: [] };
    const left = [...sources].filter((entry) => !sure.has(entry));
    if (references.counted && left.length > waiting.length) {
      return {
        sure: itemsOf(sure),
        possible: left.map(({ item }) => ({ item, waiting: first.waiting })),
        elsewhere,
        untold: [],
      };
    }
    return {
      sure: itemsOf([...sure, ...left]),
      possible: [],
      elsewhere,
      untold: waiting.slice(references.counted ? left.length : Math.min(left.length, 1)),
    };
  }

  /**
   * Of several with the name: those that the property was made from; else those of the same provider, since one account has the
   * name only once; else all that may be in the same account.
   */
  private named({ key, scope }: LookUp, sources: ReadonlySet<Entry<T>>, reader: Reader): readonly Entry<T>[] {
    enter(this.readersOfKey, key, reader);
    const entries = this.byKey.get(key).filter(({ place }) => place.pass === 0 || compare(place, reader.place) < 0);
    const source = entries.filter((entry) => sources.has(entry));
    if (source.length > 0) return source;
    const near = entries.filter((entry) => isSameProvider(entry.scope, scope) && !differ(entry.scope, scope));
    return near.length > 0 ? near : entries.filter((entry) => !differ(entry.scope, scope));
  }
}

function itemsOf<T>(entries: Iterable<Entry<T>>): readonly T[] {
  return [...entries].map((entry) => entry.item);
}

function enter(readers: Map<string, Set<Reader>>, key: string, reader: Reader): void {
  const set = readers.get(key) ?? new Set();
  if (set.has(reader)) return;
  readers.set(key, set);
  set.add(reader);
  reader.ends.push(() => {
    set.delete(reader);
    if (set.size === 0) readers.delete(key);
  });
}
