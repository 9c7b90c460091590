import type { PageAudit, PageData } from "../page-data";
import { notChecked } from "./coverage";
import { counted, element } from "./elements";
import { powerOf } from "./identities";
import { severities, severityWords } from "./words";

/** The first that is seen: how it ended, how bad it is, and who has power. Each number leads to what it counts. */
export function summary(data: PageData): HTMLElement {
  const { verdict, outcome, counts, scopes, findings } = data;
  const audits = scopes.flatMap(({ audit }) => audit ?? []);
  const title =
    scopes.length === 1 ? (scopes[0]?.name ?? "") : counted(scopes.length, audits.length > 0 ? "account" : "stack");
  const cards = severities
    .map((severity) => ({ severity, count: findings.filter((each) => each.severity === severity).length }))
    .filter(({ severity, count }) => severity !== "unspecified" || count > 0);
  return element(
    "div",
    { class: "summary" },
    element(
      "div",
      { class: "title" },
      element("h1", {}, title),
      element("span", { class: `verdict ${outcome}` }, verdict),
    ),
    element("p", { class: "dim" }, `${counts}.`),
    element(
      "ul",
      { class: "cards" },
      ...cards.map(({ severity, count }) =>
        card(severityWords[severity], count, `#findings?severity=${severity}`, severity),
      ),
      ...(audits.length === 0 ? [] : powerCards(audits)),
    ),
  );
}

function powerCards(audits: readonly PageAudit[]): readonly HTMLElement[] {
  const people = audits.flatMap(({ identities }) => identities).filter(({ kind }) => kind !== "power");
  const can = people.filter((each) => powerOf(each) === "can").length;
  const is = people.filter((each) => powerOf(each) === "is").length;
  const open = audits.reduce((sum, audit) => sum + notChecked(audit), 0);
  return [
    card(is === 1 ? "Administrator" : "Administrators", is, "#ways?power=is", "power apart"),
    card("Can become one", can, "#ways?power=can", "power"),
    card("Not checked", open, "#coverage", "open"),
  ];
}

function card(words: string, count: number, href: string, kind: string): HTMLElement {
  const isEmpty = count === 0 ? " zero" : "";
  return element(
    "li",
    { class: `card ${kind}${isEmpty}` },
    element(
      "a",
      { href },
      element("span", { class: "count" }, String(count)),
      " ",
      element("span", { class: "label" }, words),
    ),
  );
}
