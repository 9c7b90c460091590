/** Characters of all texts together that answers are kept of. */
const mostCharacters = 1 << 23;

/** Answers that follow from a text and nothing else. A hostile document could bring more texts than memory holds, so they are bounded. */
export class Remembered<T> {
  private readonly known = new Map<string, T>();
  private characters = 0;

  /** @param mostKept past so many texts it starts again from none */
  constructor(private readonly mostKept = 4096) {}

  /** The answer for a text, worked out the first time; where that makes nothing of it, `undefined`, every time. */
  of(text: string, read: (text: string) => T): T {
    let value = this.known.get(text);
    if (value === undefined) {
      value = read(text);
      this.keep(text, value);
    }
    return value;
  }

  private keep(text: string, value: T): void {
    if (this.known.size >= this.mostKept || this.characters + text.length > mostCharacters) {
      this.known.clear();
      this.characters = 0;
    }
    this.known.set(text, value);
    this.characters += text.length;
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
