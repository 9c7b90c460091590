import type { PageAudit, PageData, PageScope } from "../page-data";
import { dataTable, tableRow } from "./data-table";
import { counted, element } from "./elements";

/** What was checked and how it ended, and what was not: never a silent pass. */
export function coverageSection({ scopes }: PageData): HTMLElement {
  const isOfSeveral = scopes.length > 1;
  return element(
    "section",
    { id: "coverage", "aria-labelledby": "coverage-title" },
    element("h2", { id: "coverage-title", tabindex: -1 }, "Coverage"),
    ...scopes.flatMap((scope) => [
      ...(isOfSeveral ? [element("h3", {}, scope.name)] : []),
      ...(scope.failure === undefined
        ? []
        : [element("p", { class: "failure" }, element("b", {}, scope.failure.message), ` ${scope.failure.fix}`)]),
      ...(scope.audit === undefined ? [] : coverageOf(scope.audit)),
      ...remarks(scope),
    ]),
  );
}

/** Whether there is anything to tell of it. */
export function hasCoverage({ scopes }: PageData): boolean {
  return scopes.some(
    ({ audit, failure, assumptions, notSeen }) =>
      audit !== undefined || failure !== undefined || assumptions.length + notSeen.length > 0,
  );
}

/** How many rules could not be checked, whole or in part. */
export function notChecked({ coverage }: PageAudit): number {
  return coverage.filter((each) => each.notChecked.length > 0).length;
}

function coverageOf(audit: PageAudit): readonly HTMLElement[] {
  const missing = [
    ...new Set(audit.coverage.flatMap((each) => each.notChecked.flatMap(({ permission }) => permission ?? []))),
  ].sort();
  const sorted = [...audit.coverage].sort(
    (one, other) => other.notChecked.length - one.notChecked.length || other.failed - one.failed,
  );
  const rows = sorted.map(({ rule, failed, passed, notChecked: open }) =>
    tableRow(
      element("code", {}, rule),
      element("span", { class: failed > 0 ? "number bad" : "number" }, String(failed)),
      element("span", { class: "number" }, String(passed)),
      open.length === 0
        ? element("span", { class: "dim" }, "–")
        : element(
            "ul",
            { class: "plain" },
            ...open.map(({ because, permission, subjects }) =>
              element(
                "li",
                {},
                because,
                permission === undefined ? undefined : element("span", {}, "; needs ", element("code", {}, permission)),
                subjects === undefined ? undefined : element("div", { class: "dim" }, subjects),
              ),
            ),
          ),
    ),
  );
  return [
    missing.length === 0
      ? element(
          "p",
          {},
          notChecked(audit) === 0
            ? "Every rule was checked."
            : `${counted(notChecked(audit), "rule")} could not be checked in full.`,
        )
      : element(
          "div",
          { class: "notice" },
          element(
            "p",
            {},
            `${counted(notChecked(audit), "rule")} could not be checked in full. These permissions are missing:`,
          ),
          element("p", {}, ...missing.flatMap((each) => [element("code", {}, each), " "])),
        ),
    dataTable("Rules and their answers", ["Rule", "Failed", "Passed", "Not checked"], "coverage", rows),
  ];
}

function remarks({ assumptions, notSeen }: PageScope): readonly HTMLElement[] {
  return [
    { title: "Assumed", items: assumptions },
    { title: "Not seen", items: notSeen },
  ].flatMap(({ title, items }) =>
    items.length === 0
      ? []
      : [element("h3", {}, title), element("ul", {}, ...items.map((item) => element("li", {}, item)))],
  );
}
