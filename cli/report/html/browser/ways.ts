import type { PageAudit, PageIdentity } from "../page-data";

/** What a drawing holds: identities, or many of one kind as one. */
export interface WayNode {
  /** Index of the identity; of a bundle, of its first. */
  readonly identity: number;
  readonly members: readonly number[];
}

export interface WayEdge {
  /** Indexes of nodes. */
  readonly from: number;
  readonly to: number;
  /** Indexes of the steps that it stands for. */
  readonly steps: readonly number[];
}

export interface WaysOfOne {
  /** The chosen one first. */
  readonly nodes: readonly WayNode[];
  readonly edges: readonly WayEdge[];
}

/** What is drawn whole, and of a larger drawing how many of one kind and level by themselves. */
const mostNodes = 60;
const mostAlike = 16;
/** Levels of a drawing from which on all are bundled alike, so that the number of bundles has a bound. */
const mostLevels = 12;

/**
 * The ways of one identity to administrator; of an administrator, the ways of others to it. What would be too many to be drawn is bundled:
 * identities of one kind, as many steps from the chosen one.
 */
export function waysOf(audit: PageAudit, chosen: number): WaysOfOne {
  const isEnd = audit.identities[chosen]?.distance === 0;
  const levels = levelsFrom(audit, chosen, isEnd);
  const nodes = bundled(audit.identities, levels);
  const nodeOf = new Map(nodes.flatMap(({ members }, node) => members.map((member) => [member, node] as const)));
  const edges = new Map<string, { from: number; to: number; steps: number[] }>();
  for (const [number, [start, end]] of audit.steps.entries()) {
    const [from, to] = [nodeOf.get(start), nodeOf.get(end)];
    // A way ends where it arrives at an administrator.
    if (from === undefined || to === undefined || from === to || audit.identities[start]?.distance === 0) continue;
    const edge = edges.get(`${from} ${to}`);
    if (edge === undefined) edges.set(`${from} ${to}`, { from, to, steps: [number] });
    else edge.steps.push(number);
  }
  // Nodes stand in the order of their levels, so that steps are told from the chosen one on.
  const near = ({ from, to }: WayEdge) => (isEnd ? to : from);
  return { nodes, edges: [...edges.values()].sort((one, other) => near(one) - near(other)) };
}

/** Who is on the way, and how many steps from the chosen one. The map grows while it is gone through. */
function levelsFrom(
  { identities, steps }: PageAudit,
  chosen: number,
  isBackwards: boolean,
): ReadonlyMap<number, number> {
  const next = new Map<number, number[]>();
  for (const [from, to] of steps) {
    if (identities[from]?.distance === 0) continue;
    const [at, other] = isBackwards ? [to, from] : [from, to];
    const known = next.get(at);
    if (known === undefined) next.set(at, [other]);
    else known.push(other);
  }
  const levels = new Map([[chosen, 0]]);
  for (const [at, level] of levels) {
    for (const other of next.get(at) ?? []) {
      if (!levels.has(other) && identities[other]?.distance !== undefined) levels.set(other, level + 1);
    }
  }
  return levels;
}

function bundled(identities: readonly PageIdentity[], levels: ReadonlyMap<number, number>): readonly WayNode[] {
  const groups = new Map<string, number[]>();
  for (const [index, level] of levels) {
    const { kind = "", distance = 0 } = identities[index] ?? {};
    const key = level === 0 ? "" : `${Math.min(level, mostLevels)} ${kind} ${distance === 0}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  if (levels.size <= mostNodes) return [...groups.values()].flatMap((group) => split(group, mostNodes));
  for (let kept = mostAlike; ; kept = Math.floor(kept / 2)) {
    const nodes = [...groups.values()].flatMap((group) => split(group, kept));
    if (nodes.length <= 2 * mostNodes || kept === 0) return nodes;
  }
}

/** So many by themselves, the others as one. */
function split(group: readonly number[], kept: number): readonly WayNode[] {
  const single = group.length <= kept + 1 ? group : group.slice(0, kept);
  const rest = group.slice(single.length);
  const [first] = rest;
  const nodes = single.map((identity) => ({ identity, members: [identity] }));
  return first === undefined ? nodes : [...nodes, { identity: first, members: rest }];
}
