import { type Child, element } from "./elements";

/** A row of a table, and the text that it is found by. */
export interface TableRow {
  readonly row: HTMLTableRowElement;
  readonly text: string;
}

/**
 * A table whose rows the browser lays out only when they come into view. That asks for rows that are boxes of their own, so the roles,
 * which browsers take from tables that look like tables, are said.
 */
export function dataTable(
  caption: string,
  columns: readonly string[],
  layout: string,
  rows: readonly HTMLTableRowElement[],
): HTMLTableElement {
  const heads = columns.map((name) => element("th", { scope: "col", role: "columnheader" }, name));
  return element(
    "table",
    { class: `data ${layout}`, role: "table" },
    element("caption", { class: "hidden" }, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...rows),
  );
}

export function tableRow(...cells: readonly Child[]): HTMLTableRowElement {
  return element("tr", { role: "row" }, ...cells.map((cell) => element("td", { role: "cell" }, cell)));
}

/** A field to search in a table. */
export function searchField(label: string): HTMLInputElement {
  return element("input", {
    type: "search",
    "aria-label": label,
    placeholder: label,
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** A choice of one value, or of all. */
export function choice(
  label: string,
  all: string,
  values: readonly (readonly [value: string, words: string])[],
): HTMLSelectElement {
  return element(
    "select",
    { "aria-label": label },
    element("option", { value: "" }, all),
    ...values.map(([value, words]) => element("option", { value }, words)),
  );
}

/** Whether a text has every word in it. */
export function hasWords(text: string, words: string): boolean {
  return words
    .toLowerCase()
    .split(" ")
    .every((word) => text.includes(word));
}
