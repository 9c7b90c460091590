/** A function that computes its value at the first call and keeps it, so that a table costs nothing until it is needed. */
export function lazily<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
