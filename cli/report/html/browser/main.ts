import type { PageData } from "../page-data";
import { coverageSection, hasCoverage } from "./coverage";
import { element } from "./elements";
import { FindingsView } from "./findings";
import { summary } from "./summary";
import { themeSwitch } from "./theme";
import { WaysView } from "./ways-view";

/** Builds the page from the data in it, and shows what its address asks for. */
function start(): void {
  const data: PageData = JSON.parse(document.getElementById("data")?.textContent ?? "");
  const isAudit = data.scopes.some(({ audit }) => audit !== undefined);
  const findings = new FindingsView(data);
  const ways = isAudit ? new WaysView(data) : undefined;
  const sections = [
    { name: "findings", title: "Findings", section: findings.section },
    ...(ways === undefined ? [] : [{ name: "ways", title: "Ways to administrator", section: ways.section }]),
    ...(hasCoverage(data)
      ? [{ name: "coverage", title: isAudit ? "Coverage" : "Coverage and assumptions", section: coverageSection(data) }]
      : []),
  ];
  const links = sections.map(({ name, title }) => ({ name, link: element("a", { href: `#${name}` }, title) }));
  document.title = `${data.scopes
    .map(({ name }) => name)
    .slice(0, 3)
    .join(", ")}: ${data.verdict}`;
  const main = element(
    "main",
    {},
    summary(data),
    element("nav", { "aria-label": "Parts of the report" }, ...links.map(({ link }) => link)),
    ...sections.map(({ section }) => section),
  );
  document.body.append(
    element("header", {}, element("span", { class: "brand" }, "aws-identity-guardrails"), themeSwitch()),
    main,
  );

  const show = (name: string) => {
    const known = sections.some((each) => each.name === name) ? name : "findings";
    for (const each of sections) each.section.hidden = each.name !== known;
    for (const each of links) {
      if (each.name === known) each.link.setAttribute("aria-current", "page");
      else each.link.removeAttribute("aria-current");
    }
  };
  const route = () => {
    const address = addressIn(location.hash);
    if (address.view === "way") {
      show("ways");
      if (ways?.choose(address.scope, address.id) !== true) show("findings");
      return;
    }
    if (address.view === "finding") {
      show("findings");
      findings.open(address.fingerprint);
      return;
    }
    show(address.name);
    if (address.name === "findings" && location.hash !== "") findings.show(address.query);
    const power = address.query.get("power");
    if (power === "can" || power === "is" || power === "none") ways?.list.only(power);
    if (address.query.size > 0) document.getElementById(`${address.name}-title`)?.focus();
  };
  window.addEventListener("hashchange", route);
  window.addEventListener("beforeprint", () => findings.openAll());
  route();
}

type Address =
  | { readonly view: "section"; readonly name: string; readonly query: URLSearchParams }
  | { readonly view: "finding"; readonly fingerprint: string }
  | { readonly view: "way"; readonly scope: number; readonly id: string };

/** What an address asks for: `#findings?severity=high`, `#finding/FINGERPRINT`, `#way/ACCOUNT'S NUMBER/ID`. */
function addressIn(hash: string): Address {
  const [view = "", ...parts] = hash.slice(1).split("/");
  if (view === "finding") return { view, fingerprint: decoded(parts.join("/")) };
  if (view === "way") return { view, scope: Number(parts[0]), id: decoded(parts.slice(1).join("/")) };
  const [name = "", query = ""] = hash.slice(1).split("?");
  return { view: "section", name, query: new URLSearchParams(query) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

start();
