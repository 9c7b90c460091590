import type { PageData, PageFinding } from "../page-data";
import { choice, dataTable, hasWords, searchField, tableRow } from "./data-table";
import { counted, element, isolated, settled } from "./elements";
import { findingDetail } from "./finding-detail";
import { severities, severityWords, standings, standingWords } from "./words";

interface Shown {
  readonly finding: PageFinding;
  readonly row: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  readonly text: string;
}

/** The filterable table of findings, each to be opened in place. What is filtered stands in the address, so that it can be passed on. */
export class FindingsView {
  readonly section: HTMLElement;
  readonly #data: PageData;
  readonly #shown: readonly Shown[];
  readonly #search = searchField("Search findings");
  readonly #choices: Readonly<Record<"severity" | "standing" | "level" | "rule" | "scope", HTMLSelectElement>>;
  readonly #count = element("p", { role: "status", class: "dim" });
  readonly #nothing = element("p", { class: "empty" }, "No finding fits. Loosen the filter above.");

  constructor(data: PageData) {
    this.#data = data;
    const { findings, scopes } = data;
    this.#shown = findings.map((finding) => this.#shownOf(finding));
    const present = <T extends string>(all: readonly T[], of: (finding: PageFinding) => T) =>
      all.filter((value) => findings.some((finding) => of(finding) === value));
    const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
    this.#choices = {
      severity: choice(
        "Severity",
        "Any severity",
        present(severities, (each) => each.severity).map((each) => [each, severityWords[each]]),
      ),
      standing: choice(
        "Outcome",
        "Any outcome",
        present(standings, (each) => each.standing).map((each) => [each, standingWords[each]]),
      ),
      level: choice("Level", "Any level", [
        ["mandatory", "Mandatory"],
        ["advisory", "Advisory"],
      ]),
      rule: choice(
        "Rule",
        "Any rule",
        rules.map((rule) => [rule, rule]),
      ),
      scope: choice(
        "Account or stack",
        "Everywhere",
        scopes.map(({ name }, index) => [String(index), name]),
      ),
    };
    const filter = settled(() => this.#filter());
    this.#search.addEventListener("input", filter);
    for (const each of Object.values(this.#choices)) each.addEventListener("change", () => this.#filter());
    const controls = Object.entries(this.#choices).flatMap(([name, each]) =>
      name === "scope" && scopes.length < 2 ? [] : [each],
    );
    const clear = element("button", { type: "button", class: "quiet" }, "Clear");
    clear.addEventListener("click", () => this.show(new URLSearchParams()));
    const columns = ["Severity", "Finding", "Outcome", "Where"];
    this.section = element(
      "section",
      { id: "findings", "aria-labelledby": "findings-title" },
      element("h2", { id: "findings-title", tabindex: -1 }, "Findings"),
      ...(findings.length === 0
        ? [element("p", { class: "empty" }, "Nothing was found.")]
        : [
            element("div", { class: "controls", role: "search" }, this.#search, ...controls, clear),
            this.#count,
            dataTable(
              "Findings",
              columns,
              "findings",
              this.#shown.map(({ row }) => row),
            ),
            this.#nothing,
          ]),
    );
    this.#filter(false);
  }

  /** Shows what an address asks for. */
  show(filter: URLSearchParams): void {
    this.#search.value = filter.get("text") ?? "";
    for (const [name, each] of Object.entries(this.#choices)) each.value = filter.get(name) ?? "";
    this.#filter();
  }

  /** Opens one finding, and nothing hides it. */
  open(fingerprint: string): void {
    const shown = this.#shown.find(({ finding }) => finding.fingerprint === fingerprint);
    if (shown === undefined) return;
    if (shown.row.hidden) {
      this.#search.value = "";
      for (const each of Object.values(this.#choices)) each.value = "";
      this.#filter(false);
    }
    this.#toggle(shown, true);
    shown.button.focus();
    shown.row.scrollIntoView({ block: "start" });
  }

  openAll(): void {
    for (const shown of this.#shown) this.#toggle(shown, true);
  }

  #shownOf(finding: PageFinding): Shown {
    const { scopes } = this.#data;
    const where = scopes.length > 1 ? (scopes[finding.scope]?.name ?? "") : finding.place;
    const button = element(
      "button",
      { type: "button", class: "opener", "aria-expanded": "false" },
      isolated(finding.what),
    );
    const row = tableRow(
      element("span", { class: `severity ${finding.severity}` }, severityWords[finding.severity]),
      element("div", {}, button, element("div", { class: "rule" }, element("code", {}, finding.rule))),
      element("span", { class: `standing ${finding.standing}` }, standingWords[finding.standing]),
      element("span", { class: "where" }, isolated(where)),
    );
    const { what, rule, place, resource, subjects, items, owners, fingerprint } = finding;
    const text = [what, rule, where, place, resource, fingerprint, ...subjects, ...items, ...owners]
      .join(" ")
      .toLowerCase();
    const shown = { finding, row, button, text };
    button.addEventListener("click", () => this.#toggle(shown, button.getAttribute("aria-expanded") !== "true"));
    return shown;
  }

  #toggle({ finding, row, button }: Shown, isOpen: boolean): void {
    button.setAttribute("aria-expanded", String(isOpen));
    row.classList.toggle("open", isOpen);
    const detail = row.querySelector(".detail");
    if (!isOpen) detail?.remove();
    else if (detail === null) button.parentElement?.append(findingDetail(finding, this.#data.scopes[finding.scope]));
  }

  #filter(isToBeNoted = true): void {
    const words = this.#search.value;
    const { severity, standing, level, rule, scope } = this.#choices;
    let count = 0;
    for (const { finding, row, text } of this.#shown) {
      const isShown =
        (severity.value === "" || severity.value === finding.severity) &&
        (standing.value === "" || standing.value === finding.standing) &&
        (level.value === "" || level.value === finding.level) &&
        (rule.value === "" || rule.value === finding.rule) &&
        (scope.value === "" || scope.value === String(finding.scope)) &&
        hasWords(text, words);
      row.hidden = !isShown;
      if (isShown) count += 1;
    }
    const all = this.#shown.length;
    this.#count.textContent = count === all ? counted(all, "finding") : `${count} of ${counted(all, "finding")}`;
    this.#nothing.hidden = count > 0;
    if (!isToBeNoted) return;
    const noted = new URLSearchParams();
    if (words !== "") noted.set("text", words);
    for (const [name, each] of Object.entries(this.#choices)) if (each.value !== "") noted.set(name, each.value);
    const query = noted.toString();
    history.replaceState(null, "", `#findings${query === "" ? "" : `?${query}`}`);
  }
}
