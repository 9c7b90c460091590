import type { PageAudit, PageData } from "../page-data";
import { drawingOf } from "./drawing";
import { counted, element, isolated } from "./elements";
import { hrefOf, IdentityList, type Listed } from "./identities";
import { requestList, statementList } from "./requests";
import { type WayEdge, type WaysOfOne, waysOf } from "./ways";

/** More edges than people read; the drawing has them all. */
const mostTold = 200;

/** Who can become administrator, and for the chosen identity how: drawn, and in words beneath. */
export class WaysView {
  readonly section: HTMLElement;
  readonly list: IdentityList;
  readonly #data: PageData;
  readonly #panel = element("div", { class: "panel" });

  constructor(data: PageData) {
    this.#data = data;
    this.list = new IdentityList(data.scopes);
    this.#panel.append(
      element("p", { class: "empty" }, "Choose an identity to see its ways to administrator."),
      ...data.scopes.flatMap(({ name, audit }) =>
        audit === undefined ? [] : [mendsOf(audit, data.scopes.length > 1 ? name : "")],
      ),
    );
    this.section = element(
      "section",
      { id: "ways", "aria-labelledby": "ways-title" },
      element("h2", { id: "ways-title", tabindex: -1 }, "Ways to administrator"),
      element("div", { class: "columns" }, this.list.box, this.#panel),
    );
  }

  /** Draws the ways of the identity that an address names; false where there is none of that name. */
  choose(scope: number, id: string): boolean {
    const chosen = this.list.find(scope, id);
    const audit = this.#data.scopes[scope]?.audit;
    if (chosen === undefined || audit === undefined) return false;
    this.list.choose(chosen);
    const title = element("h3", { tabindex: -1 }, `${kindOf(chosen)} `, isolated(chosen.identity.name));
    this.#panel.replaceChildren(title, ...this.#waysOf(audit, chosen));
    this.#panel.querySelector(".node.chosen")?.scrollIntoView({ block: "center", inline: "nearest" });
    title.focus();
    return true;
  }

  #waysOf(audit: PageAudit, { scope, index, identity }: Listed): readonly HTMLElement[] {
    const ways = waysOf(audit, index);
    const { distance } = identity;
    if (distance === undefined) return [element("p", {}, "No way to administrator was found.")];
    if (ways.edges.length === 0) return [element("p", {}, "It is administrator, and nobody else has a way to it.")];
    const told = ways.edges.slice(0, mostTold).map((edge) => edgeItem(edge, ways, audit));
    const drawing = drawingOf(
      ways,
      audit.identities,
      (number) => {
        const other = audit.identities[number];
        return other === undefined || other.kind === "power" ? location.hash : hrefOf(scope, other);
      },
      matchMedia("(max-width: 860px)").matches,
      (node) => {
        for (const [at, item] of told.entries())
          item.classList.toggle("lit", ways.edges[at]?.from === node || ways.edges[at]?.to === node);
      },
    );
    const left = ways.edges.length - told.length;
    const others = ways.nodes.reduce((sum, { members }) => sum + members.length, 0) - 1;
    return [
      element(
        "p",
        {},
        distance === 0
          ? `It is administrator, and ${counted(others, "identity", "identities")} can become it.`
          : `${counted(distance, "step")} from administrator, by the shortest way.`,
      ),
      element("p", { class: "dim hint" }, "Arrow keys walk along the steps, Enter chooses."),
      element("div", { class: "drawing" }, drawing),
      element("h4", {}, "Each step, and a request that proves it"),
      element("ol", { class: "steps" }, ...told),
      ...(left > 0 ? [element("p", { class: "dim" }, `and ${left} more in the drawing.`)] : []),
    ];
  }
}

function kindOf({ identity: { kind } }: Listed): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function edgeItem({ from, to, steps }: WayEdge, { nodes }: WaysOfOne, audit: PageAudit): HTMLLIElement {
  const nameOf = (node: number) => {
    const { identity = 0, members = [] } = nodes[node] ?? {};
    const { kind = "", name = "" } = audit.identities[identity] ?? {};
    if (members.length > 1) return element("b", {}, `${counted(members.length, kind)}`);
    return element("span", {}, kind === "power" ? "" : `${kind} `, element("b", {}, isolated(name)));
  };
  const reasons = [...new Set(steps.map((step) => audit.steps[step]?.[2]))].flatMap((number) => {
    const reason = number === undefined ? undefined : audit.reasons[number];
    return reason === undefined ? [] : [reason];
  });
  const [first] = reasons;
  const hows = [...new Set(reasons.map(({ how }) => how))].join(", or ");
  const isProven = first !== undefined && first.requests.length + first.statements.length > 0;
  return element(
    "li",
    {},
    element(
      "div",
      {},
      nameOf(from),
      element("span", { class: "how" }, ` ${hows} `),
      nameOf(to),
      first?.path === undefined ? undefined : element("code", { class: "path" }, first.path),
    ),
    isProven && first.requests.length > 0 ? requestList(first.requests) : undefined,
    isProven && first.statements.length > 0
      ? element("div", { class: "dim" }, "Allowed by", statementList(first.statements))
      : undefined,
  );
}

function mendsOf({ mends }: PageAudit, name: string): HTMLElement {
  if (mends.length === 0) return element("div");
  return element(
    "div",
    {},
    element("h3", {}, name === "" ? "What to change first" : `What to change first in ${name}`),
    element(
      "ol",
      { class: "mends" },
      ...mends.map(({ what, cuts }) =>
        element(
          "li",
          {},
          isolated(what),
          element("span", { class: "dim" }, ` ${counted(cuts, "identity has", "identities have")} no way left then.`),
        ),
      ),
    ),
  );
}
