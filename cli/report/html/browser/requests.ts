import type { PageRequest } from "../page-data";
import { element } from "./elements";

/** Requests that prove it, as a person would write them down. */
export function requestList(requests: readonly PageRequest[]): HTMLElement {
  return element("ol", { class: "requests" }, ...requests.map(requestItem));
}

function requestItem({ who, action, resource, context }: PageRequest): HTMLElement {
  return element(
    "li",
    {},
    element("code", {}, action),
    element("span", { class: "dim" }, " on "),
    element("code", {}, resource),
    element("div", { class: "dim" }, `asked with ${who}`),
    ...context.map((value) => element("div", { class: "context" }, element("code", {}, value))),
  );
}

export function statementList(statements: readonly string[]): HTMLElement {
  return element("ul", { class: "plain" }, ...statements.map((each) => element("li", {}, each)));
}
