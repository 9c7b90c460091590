/** Answers that follow from a text and nothing else. A hostile document could bring more texts than memory holds, so their number is bounded. */
export class Remembered<T> {
  private readonly known = new Map<string, T>();

  /** @param mostKept past so many texts it starts again from none */
  constructor(private readonly mostKept = 4096) {}

  /** The answer for a text, worked out the first time; where that makes nothing of it, `undefined`, every time. */
  of(text: string, read: (text: string) => T): T {
    let value = this.known.get(text);
    if (value === undefined) {
      if (this.known.size >= this.mostKept) this.known.clear();
      value = read(text);
      this.known.set(text, value);
    }
    return value;
  }
}

/** The same function, which reads a text once. */
export function remembering<T>(read: (text: string) => T, mostKept?: number): (text: string) => T {
  const answers = new Remembered<T>(mostKept);
  return (text) => answers.of(text, read);
}

/**
 * The same function, which works out once what follows from an object; the answer lives as long as the object does.
 *
 * INVARIANT: objects of the core never change, and `derive` asks nothing but the object.
 */
export function derived<S extends object, T extends NonNullable<unknown>>(derive: (from: S) => T): (from: S) => T {
  const known = new WeakMap<S, T>();
  return (from) => {
    let value = known.get(from);
    if (value === undefined) {
      value = derive(from);
      known.set(from, value);
    }
    return value;
  };
}
