/** A set of small non-negative integers below a fixed size; immutable for its users, so that a cached set can be shared. */
export class Bitset {
  private filled: readonly [number, number] | undefined;

  private constructor(
    /** One more than the largest number that the set can hold. */
    readonly size: number,
    private readonly words: Uint32Array,
  ) {}

  static empty(size: number): Bitset {
    return new Bitset(size, new Uint32Array((size + 31) >>> 5));
  }

  static full(size: number): Bitset {
    return Bitset.empty(size).not();
  }

  /** The set of the given members; a RangeError for one that is not below `size`. */
  static of(size: number, members: Iterable<number>): Bitset {
    const words = new Uint32Array((size + 31) >>> 5);
    for (const member of members) {
      if (!Number.isInteger(member) || member < 0 || member >= size)
        throw new RangeError(`${member} is not in [0, ${size})`);
      words[member >>> 5] = at(words, member >>> 5) | (1 << (member & 31));
    }
    return new Bitset(size, words);
  }

  /** The members of all the sets. Named actions are few and close together, so only the words that hold some are read. */
  static union(size: number, sets: Iterable<Bitset>): Bitset {
    const words = new Uint32Array((size + 31) >>> 5);
    const union = new Bitset(size, words);
    for (const set of sets) {
      union.sameSize(set);
      const [from, to] = set.filledWords();
      for (let i = from; i < to; i++) words[i] = at(words, i) | at(set.words, i);
    }
    return union;
  }

  has(member: number): boolean {
    return member >= 0 && member < this.size && (at(this.words, member >>> 5) & (1 << (member & 31))) !== 0;
  }

  and(other: Bitset): Bitset {
    const words = this.copyFor(other);
    for (let i = 0; i < words.length; i++) words[i] = at(words, i) & at(other.words, i);
    return new Bitset(this.size, words);
  }

  or(other: Bitset): Bitset {
    const words = this.copyFor(other);
    for (let i = 0; i < words.length; i++) words[i] = at(words, i) | at(other.words, i);
    return new Bitset(this.size, words);
  }

  andNot(other: Bitset): Bitset {
    const words = this.copyFor(other);
    for (let i = 0; i < words.length; i++) words[i] = at(words, i) & ~at(other.words, i);
    return new Bitset(this.size, words);
  }

  not(): Bitset {
    const words = this.words.map((word) => ~word);
    const spare = this.size & 31;
    if (spare !== 0) words[words.length - 1] = at(words, words.length - 1) & ((1 << spare) - 1);
    return new Bitset(this.size, words);
  }

  isEmpty(): boolean {
    const [from, to] = this.filledWords();
    return from === to;
  }

  isFull(): boolean {
    return this.not().isEmpty();
  }

  /** Whether the two sets share a member; allocates nothing. */
  intersects(other: Bitset): boolean {
    this.sameSize(other);
    const [from, to] = other.filledWords();
    for (let i = from; i < to; i++) if ((at(this.words, i) & at(other.words, i)) !== 0) return true;
    return false;
  }

  /** Whether every member of this set is in the other; allocates nothing. */
  isSubsetOf(other: Bitset): boolean {
    this.sameSize(other);
    for (let i = 0; i < this.words.length; i++) if ((at(this.words, i) & ~at(other.words, i)) !== 0) return false;
    return true;
  }

  equals(other: Bitset): boolean {
    this.sameSize(other);
    for (let i = 0; i < this.words.length; i++) if (this.words[i] !== other.words[i]) return false;
    return true;
  }

  count(): number {
    let total = 0;
    for (const _ of this) total++;
    return total;
  }

  /** The smallest member, undefined for the empty set. */
  first(): number | undefined {
    const [index] = this.filledWords();
    const word = this.words[index];
    return word === undefined || word === 0 ? undefined : (index << 5) + 31 - Math.clz32(word & -word);
  }

  some(predicate: (member: number) => boolean): boolean {
    for (const member of this) if (predicate(member)) return true;
    return false;
  }

  /** Members in ascending order. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.words.length; i++) {
      let word = at(this.words, i);
      while (word !== 0) {
        const lowest = word & -word;
        yield (i << 5) + 31 - Math.clz32(lowest);
        word ^= lowest;
      }
    }
  }

  /** The index of the first word that holds a member, and the one after the last; looked up once, as sets never change. */
  private filledWords(): readonly [number, number] {
    if (this.filled === undefined) {
      let [from, to] = [0, this.words.length];
      while (from < to && this.words[from] === 0) from++;
      while (to > from && this.words[to - 1] === 0) to--;
      this.filled = [from, to];
    }
    return this.filled;
  }

  private copyFor(other: Bitset): Uint32Array {
    this.sameSize(other);
    return this.words.slice();
  }

  private sameSize(other: Bitset): void {
    if (this.size !== other.size) throw new RangeError(`sets of different universes: ${this.size} and ${other.size}`);
  }
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}
