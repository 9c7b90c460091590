/** Number of single-character insertions, deletions, substitutions and swaps of neighbours between two words. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}

/** The name that was probably meant, if one is near enough to be worth suggesting: up to a third of it written otherwise. */
export function nearestName(name: string, valid: readonly string[]): string | undefined {
  const isNear = (away: number, candidate: string) => away <= Math.max(1, Math.floor(candidate.length / 3));
  // Two names are at least as far apart as their lengths: a long text is not compared with thousands of short names.
  const ranked = valid
    .filter((candidate) => isNear(Math.abs(candidate.length - name.length), candidate))
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.away - right.away);
  const [best] = ranked;
  if (best === undefined) return undefined;
  return isNear(best.away, best.candidate) ? best.candidate : undefined;
}

/** A hint for the end of a message: ` Did you mean "x"?`, or nothing. */
export function suggestion(name: string, valid: readonly string[]): string {
  const nearest = nearestName(name, valid);
  return nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
}
