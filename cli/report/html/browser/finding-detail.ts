import type { PageFinding, PageScope } from "../page-data";
import { type Child, copyButton, element } from "./elements";
import { requestList, statementList } from "./requests";

/** All that is known of a finding, to be opened beneath its row. */
export function findingDetail(finding: PageFinding, scope: PageScope | undefined): HTMLElement {
  const { items, why, fix, code, requests, statements, notes, exceptions, subjects, owners } = finding;
  return element(
    "div",
    { class: "detail" },
    items.length === 0 ? undefined : element("ul", {}, ...items.map((item) => element("li", {}, item))),
    part("Why", why),
    requests.length === 0 ? undefined : part(requests.length === 1 ? "Request" : "Requests", requestList(requests)),
    statements.length === 0 ? undefined : part("Allowed by", statementList(statements)),
    part("Fix", fix),
    code === undefined ? undefined : part("Code", codeBlock(code)),
    ...notes.map(({ label, text }) => part(label, text)),
    exceptions.length === 0 ? undefined : part("Exceptions", exceptions.join("; ")),
    subjects.length < 2 ? undefined : part("About", subjects.join(", ")),
    part("Place", placeOf(finding, scope)),
    owners.length === 0 ? undefined : part("Made by", owners.join("; ")),
    part(
      "Fingerprint",
      element(
        "span",
        { class: "inline" },
        element("code", {}, finding.fingerprint),
        copyButton(finding.fingerprint, "it"),
      ),
    ),
    finding.more === undefined ? undefined : part("More", element("code", {}, finding.more)),
  );
}

function part(label: string, content: Child): HTMLElement | undefined {
  if (content === undefined) return undefined;
  return element("section", {}, element("h3", {}, label), element("div", {}, content));
}

function codeBlock(code: string): HTMLElement {
  return element(
    "div",
    { class: "code" },
    element("pre", { tabindex: 0, role: "group", "aria-label": "Code" }, element("code", {}, code)),
    copyButton(code, "code"),
  );
}

function placeOf({ place, resource }: PageFinding, scope: PageScope | undefined): HTMLElement {
  return element(
    "span",
    {},
    element("code", {}, place),
    resource === "" ? undefined : element("span", { class: "dim" }, ` ${resource}`),
    scope === undefined ? undefined : element("span", { class: "dim" }, ` in ${scope.name}`),
  );
}
