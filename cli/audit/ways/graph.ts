/** A step of the graph of ways, by the ids at its ends. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** How many steps everybody is from the nearest end; who has no way is left out. */
export function distancesTo(ends: Iterable<string>, edges: readonly Edge[]): ReadonlyMap<string, number> {
  const arriving = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const before = arriving.get(to);
    if (before === undefined) arriving.set(to, [from]);
    else before.push(from);
  }
  const distances = new Map<string, number>();
  for (const end of ends) distances.set(end, 0);
  // The map grows while it is gone through, nearest first.
  for (const [at, distance] of distances) {
    for (const from of arriving.get(at) ?? []) if (!distances.has(from)) distances.set(from, distance + 1);
  }
  return distances;
}
