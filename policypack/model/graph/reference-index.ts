import type { References } from "../declarations/declared";
import { differ, isSameProvider, type Scope } from "../resources/provider-scope";
import type { Value, Waiting } from "../resources/value";

/** How a text that refers to something is looked up: by a key within an account. */
export interface LookUp {
  readonly key: string;
  readonly scope: Scope;
  /** Nothing that a stack makes can be meant; the key is then one that nothing has. */
  readonly isForeign?: true;
}

/** What the references in a property come to. */
export interface Resolved<T> {
  /** Decided: by name or ARN, or because the value can come from nowhere else. */
  readonly sure: readonly T[];
  /** Several that a value not known yet may come from. */
  readonly possible: readonly { readonly item: T; readonly waiting: Waiting }[];
  /** Known, but nothing in the register. */
  readonly elsewhere: readonly string[];
  /** Not known, and nothing in the register that they could come from. */
  readonly untold: readonly Waiting[];
}

interface Entry<T> {
  readonly item: T;
  readonly scope: Scope;
  readonly isNamed: boolean;
}

/** Things that a stack makes and refers to, found by name within an account, or by the resource that makes them. */
export class Register<T> {
  private readonly byKey = new Map<string, Entry<T>[]>();
  private readonly bySource = new Map<string, Entry<T>[]>();

  /** `sources` are the resource that makes the thing and what holds it, left out for what is only referred to. */
  add(item: T, name: Value<LookUp>, scope: Scope, ...sources: readonly string[]): void {
    const entry = { item, scope: name.known ? name.value.scope : scope, isNamed: name.known };
    if (name.known) push(this.byKey, name.value.key, entry);
    for (const source of new Set(sources)) push(this.bySource, source, entry);
  }

  madeBy(source: string): readonly T[] {
    return (this.bySource.get(source) ?? []).map((entry) => entry.item);
  }

  /**
   * A known text is looked up by name. One that is not known yet comes from the resources that the engine names as the property's
   * sources: it means them where there are no more of them than values to come, and one of them otherwise.
   */
  find(references: References, lookUp: (text: string) => LookUp): Resolved<T> {
    const sources = new Set(references.from.flatMap((source) => this.bySource.get(source) ?? []));
    const sure = new Set<Entry<T>>();
    const foreign: string[] = [];
    const missing: string[] = [];
    const waiting: Waiting[] = [];
    for (const item of references.items) {
      if (!item.known) {
        waiting.push(item.waiting);
        continue;
      }
      const sought = lookUp(item.value);
      const entries = this.named(sought, sources);
      for (const entry of entries) sure.add(entry);
      if (entries.length === 0) (sought.isForeign ? foreign : missing).push(item.value);
    }

    // The name is known here but not yet at the resource that has it.
    const unnamed = [...sources].filter((entry) => !entry.isNamed);
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
        possible: left.map(({ item }) => ({ item, waiting: first })),
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
  private named({ key, scope }: LookUp, sources: ReadonlySet<Entry<T>>): readonly Entry<T>[] {
    const entries = this.byKey.get(key) ?? [];
    const source = entries.filter((entry) => sources.has(entry));
    if (source.length > 0) return source;
    const near = entries.filter((entry) => isSameProvider(entry.scope, scope) && !differ(entry.scope, scope));
    return near.length > 0 ? near : entries.filter((entry) => !differ(entry.scope, scope));
  }
}

function itemsOf<T>(entries: Iterable<Entry<T>>): readonly T[] {
  return [...entries].map((entry) => entry.item);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
