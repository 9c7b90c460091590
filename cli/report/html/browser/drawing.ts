import { Graph, layout } from "@dagrejs/dagre";
import type { PageIdentity } from "../page-data";
import { counted, drawn } from "./elements";
import type { WaysOfOne } from "./ways";

const width = 176;
const height = 48;
const mostCharacters = 21;
/** How small a drawing may be shown before it is scrolled instead. */
const smallest = 0.75;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws ways from left to right, or downwards. Each node is a link to the ways of its identity; arrow keys go along the edges and between
 * those that stand beside each other.
 *
 * @param onFocus is told the node that is looked at
 */
export function drawingOf(
  ways: WaysOfOne,
  identities: readonly PageIdentity[],
  hrefOf: (identity: number) => string,
  isDownwards: boolean,
  onFocus: (node: number) => void,
): SVGSVGElement {
  const graph = new Graph();
  graph.setGraph({ rankdir: isDownwards ? "TB" : "LR", nodesep: 18, ranksep: 48, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const index of ways.nodes.keys()) graph.setNode(String(index), { width, height });
  for (const { from, to } of ways.edges) graph.setEdge(String(from), String(to));
  layout(graph);
  const places = ways.nodes.map((_, index) => {
    const { x = 0, y = 0 } = graph.node(String(index));
    return { x, y };
  });
  const paths = ways.edges.map(({ from, to }) => {
    const { points = [] } = graph.edge(String(from), String(to));
    return drawn("path", { class: "edge", d: pathThrough(points), "marker-end": "url(#arrow)" });
  });
  const links = ways.nodes.map(({ identity, members }, index) => {
    const { kind = "", name = "", isAdministrator = false, distance } = identities[identity] ?? {};
    const isBundle = members.length > 1;
    const title = isBundle ? `+${counted(members.length, kind)}` : name;
    const role = kind === "power" ? "" : isAdministrator ? `${kind}, administrator` : isBundle ? "bundled" : kind;
    const label = isBundle
      ? `${counted(members.length, kind)}, drawn as one`
      : `${kind} ${name}${inSteps(isAdministrator, distance)}`;
    const isTop = isAdministrator || kind === "power";
    const { x, y } = places[index] ?? { x: 0, y: 0 };
    const link = drawn(
      "a",
      {
        href: hrefOf(identity),
        class: `node${isTop ? " top" : ""}${index === 0 ? " chosen" : ""}${isBundle ? " bundle" : ""}`,
        transform: `translate(${x - width / 2} ${y - height / 2})`,
        tabindex: index === 0 ? 0 : -1,
      },
      drawn("title", {}, `${label}, ${neighboursInWords(ways, index)}`),
      drawn("rect", { width, height, rx: 6 }),
      drawn("text", { x: 12, y: role === "" ? 29 : 20, class: "name", "aria-hidden": "true" }, shortened(title)),
      role === "" ? undefined : drawn("text", { x: 12, y: 37, class: "kind", "aria-hidden": "true" }, role),
    );
    return link;
  });
  const { width: wide = 0, height: high = 0 } = graph.graph();
  const svg = drawn(
    "svg",
    {
      viewBox: `0 0 ${wide} ${high}`,
      width: wide,
      height: high,
      role: "group",
      "aria-label": "Ways to administrator, drawn",
    },
    drawn(
      "defs",
      {},
      drawn(
        "marker",
        { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
        drawn("path", { class: "head", d: "M0 0L8 4L0 8z" }),
      ),
    ),
    drawn("g", { "aria-hidden": "true" }, ...paths),
    ...links,
  );
  svg.style.minWidth = `${Math.round(wide * smallest)}px`;
  const look = (node: number) => {
    for (const [index, link] of links.entries()) link.setAttribute("tabindex", index === node ? "0" : "-1");
    for (const [index, { from, to }] of ways.edges.entries())
      paths[index]?.classList.toggle("lit", from === node || to === node);
    onFocus(node);
  };
  for (const [node, link] of links.entries()) {
    link.addEventListener("focus", () => look(node));
    link.addEventListener("keydown", (event) => {
      const next = neighbour(event.key, node, ways, places, isDownwards);
      if (next === undefined) return;
      event.preventDefault();
      links[next]?.focus();
    });
  }
  return svg;
}

type Key = readonly [key: string, direction: 1 | -1];

const horizontal: readonly Key[] = [
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
];
const vertical: readonly Key[] = [
  ["ArrowDown", 1],
  ["ArrowUp", -1],
];

/** Where an arrow key leads: along an edge to the nearest that it joins, or to the next of those as far along. */
function neighbour(
  key: string,
  node: number,
  { edges }: WaysOfOne,
  places: readonly Point[],
  isDownwards: boolean,
): number | undefined {
  const direction = (keys: readonly Key[]) => keys.find(([name]) => name === key)?.[1];
  const along = direction(isDownwards ? vertical : horizontal);
  const across = direction(isDownwards ? horizontal : vertical);
  const rank = (other: number) => (isDownwards ? places[other]?.y : places[other]?.x) ?? 0;
  const order = (other: number) => (isDownwards ? places[other]?.x : places[other]?.y) ?? 0;
  const joined = edges.flatMap(({ from, to }) => {
    if (along === 1) return from === node ? [to] : [];
    return along === -1 && to === node ? [from] : [];
  });
  const beside = [...places.keys()].filter(
    (other) =>
      across !== undefined &&
      Math.abs(rank(other) - rank(node)) < height / 2 &&
      (order(other) - order(node)) * across > 0,
  );
  const far = (other: number) => Math.abs(order(other) - order(node));
  return [...joined, ...beside].sort((one, other) => far(one) - far(other))[0];
}

function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return "";
  const middles = rest.map(({ x, y }, index) => {
    const next = rest[index + 1] ?? last;
    return index === rest.length - 1
      ? `Q${x} ${y} ${last.x} ${last.y}`
      : `Q${x} ${y} ${(x + next.x) / 2} ${(y + next.y) / 2}`;
  });
  return `M${first.x} ${first.y}${middles.join("") || `L${last.x} ${last.y}`}`;
}

function inSteps(isAdministrator: boolean, distance: number | undefined): string {
  if (isAdministrator) return ", administrator";
  return distance === undefined || distance === 0 ? "" : `, ${counted(distance, "step")} from administrator`;
}

function neighboursInWords({ edges }: WaysOfOne, node: number): string {
  const after = edges.filter(({ from }) => from === node).length;
  const before = edges.filter(({ to }) => to === node).length;
  return `${before} before it, ${after} after it`;
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= mostCharacters) return text;
  return `${characters.slice(0, 14).join("")}…${characters.slice(-(mostCharacters - 15)).join("")}`;
}
