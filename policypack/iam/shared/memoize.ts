/** A hostile document could bring more texts than memory holds. */
const mostKept = 4096;

/** The same function, which reads a text once; where it makes nothing of a text, `undefined`, it reads it again. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      if (known.size >= mostKept) known.clear();
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}
