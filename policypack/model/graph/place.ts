/** One resource, or one that it holds, among all that a graph has been shown. */
export interface Unit {
  readonly urn: string;
  /** Tells resources of one URN apart: the how-manieth resource it is. */
  readonly shown: number;
  /** 0 for the resource itself, then what it holds. */
  readonly member: number;
}

/**
 * When something is joined: first what is made, so that every reference finds it; then what refers to it; then names, which need all that
 * was joined by then.
 */
export type Pass = 0 | 1 | 2;

/**
 * Where something stands in the order in which a graph is joined. The order follows from URNs, so the same stack gives the same graph
 * whatever order its resources are shown in.
 */
export interface Place {
  readonly pass: Pass;
  readonly unit: Unit;
  /** Which declaration of the unit. */
  readonly index: number;
  /** Which of the identities that the declaration refers to. */
  readonly item: number;
}

export function compare(one: Place, other: Place): number {
  return (
    one.pass - other.pass || compareUnits(one.unit, other.unit) || one.index - other.index || one.item - other.item
  );
}

export function compareUnits(one: Unit, other: Unit): number {
  if (one.urn !== other.urn) return one.urn < other.urn ? -1 : 1;
  return one.shown - other.shown || one.member - other.member;
}

/** Values in the order of their places, whatever order they come and go in. */
export class Ordered<T> {
  /** Always the same array, whose elements come and go. */
  readonly values: T[] = [];
  private readonly places: Place[] = [];

  /** Several values may have one place; they stay in the order in which they came. */
  add(place: Place, value: T): void {
    const at = this.after(place);
    if (at === this.values.length) {
      this.places.push(place);
      this.values.push(value);
      return;
    }
    this.places.splice(at, 0, place);
    this.values.splice(at, 0, value);
  }

  /** Removes all values of a place. */
  remove(place: Place): void {
    const end = this.after(place);
    let start = end;
    for (let before = this.places[start - 1]; before && compare(before, place) === 0; before = this.places[start - 1]) {
      start -= 1;
    }
    this.places.splice(start, end - start);
    this.values.splice(start, end - start);
  }

  clear(): void {
    this.values.length = 0;
    this.places.length = 0;
  }

  /** How many values stand at that place or before it. */
  private after(place: Place): number {
    let [low, high] = [0, this.places.length];
    const last = this.places[high - 1];
    if (last === undefined || compare(last, place) <= 0) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const met = this.places[middle];
      if (met !== undefined && compare(met, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Values by key, those of each key in order. */
export class OrderedByKey<T> {
  private readonly lists = new Map<string, Ordered<T>>();
  private readonly shown = new Map<string, readonly T[]>();

  /** Those that there are, by key. */
  get all(): ReadonlyMap<string, readonly T[]> {
    return this.shown;
  }

  get(key: string): readonly T[] {
    return this.shown.get(key) ?? [];
  }

  add(key: string, place: Place, value: T): void {
    const list = this.lists.get(key) ?? new Ordered<T>();
    this.lists.set(key, list);
    this.shown.set(key, list.values);
    list.add(place, value);
  }

  remove(key: string, place: Place): void {
    const list = this.lists.get(key);
    list?.remove(place);
    if (list?.values.length !== 0) return;
    this.lists.delete(key);
    this.shown.delete(key);
  }
}
