import type { PageIdentity, PageScope } from "../page-data";
import { choice, dataTable, hasWords, searchField, tableRow } from "./data-table";
import { counted, element, isolated, settled } from "./elements";

/** An identity of one of the accounts. */
export interface Listed {
  readonly scope: number;
  readonly index: number;
  readonly identity: PageIdentity;
}

type Power = "can" | "is" | "none";

/** The address of an identity's ways. */
export function hrefOf(scope: number, { id }: PageIdentity): string {
  return `#way/${scope}/${encodeURIComponent(id)}`;
}

/** All identities of the accounts, those first that can become administrator. */
export class IdentityList {
  readonly box: HTMLElement;
  readonly #search = searchField("Search identities");
  readonly #power = choice("Power", "Everybody", [
    ["can", "Can become administrator"],
    ["is", "Is administrator"],
    ["none", "No way found"],
  ]);
  readonly #kind: HTMLSelectElement;
  readonly #count = element("p", { role: "status", class: "dim" });
  readonly #rows: readonly {
    readonly listed: Listed;
    readonly row: HTMLTableRowElement;
    readonly link: HTMLElement;
    readonly text: string;
  }[];

  constructor(scopes: readonly PageScope[]) {
    const all = scopes
      .flatMap(({ audit }, scope) => (audit?.identities ?? []).map((identity, index) => ({ scope, index, identity })))
      .filter(({ identity }) => identity.kind !== "power")
      .sort(
        (one, other) => rank(one.identity) - rank(other.identity) || (one.identity.name < other.identity.name ? -1 : 1),
      );
    const isOfSeveral = scopes.filter(({ audit }) => audit !== undefined).length > 1;
    this.#rows = all.map((listed) => {
      const { scope, identity } = listed;
      const account = isOfSeveral ? (scopes[scope]?.name ?? "") : "";
      const link = element("a", { href: hrefOf(scope, identity) }, isolated(identity.name));
      const row = tableRow(
        element(
          "div",
          {},
          link,
          element(
            "div",
            { class: "dim" },
            identity.kind,
            deviceInWords(identity),
            account === "" ? "" : `, ${account}`,
          ),
        ),
        element("span", { class: `power ${powerOf(identity)}` }, powerInWords(identity)),
      );
      return { listed, row, link, text: `${identity.name} ${identity.kind} ${identity.id} ${account}`.toLowerCase() };
    });
    this.#kind = choice(
      "Kind",
      "Any kind",
      [...new Set(all.map(({ identity }) => identity.kind))].sort().map((kind) => [kind, kind]),
    );
    const filter = settled(() => this.#filter());
    this.#search.addEventListener("input", filter);
    for (const each of [this.#power, this.#kind]) each.addEventListener("change", () => this.#filter());
    const table = dataTable(
      "Identities",
      ["Identity", "Steps to administrator"],
      "identities",
      this.#rows.map(({ row }) => row),
    );
    this.box = element(
      "div",
      { class: "list" },
      element("div", { class: "controls", role: "search" }, this.#search, this.#power, this.#kind),
      this.#count,
      element("div", { class: "scroll" }, table),
    );
    this.#filter();
  }

  /** The identity that an address names. */
  find(scope: number, id: string): Listed | undefined {
    return this.#rows.find(({ listed }) => listed.scope === scope && listed.identity.id === id)?.listed;
  }

  choose(chosen: Listed): void {
    for (const { listed, row, link } of this.#rows) {
      row.classList.toggle("open", listed === chosen);
      if (listed === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  only(power: Power): void {
    this.#power.value = power;
    this.#filter();
  }

  #filter(): void {
    let count = 0;
    for (const { listed, row, text } of this.#rows) {
      const { identity } = listed;
      const isShown =
        (this.#power.value === "" || this.#power.value === powerOf(identity)) &&
        (this.#kind.value === "" || this.#kind.value === identity.kind) &&
        hasWords(text, this.#search.value);
      row.hidden = !isShown;
      if (isShown) count += 1;
    }
    const all = counted(this.#rows.length, "identity", "identities");
    this.#count.textContent = count === this.#rows.length ? all : `${count} of ${all}`;
  }
}

export function powerOf({ distance }: PageIdentity): Power {
  if (distance === undefined) return "none";
  return distance === 0 ? "is" : "can";
}

function powerInWords({ distance }: PageIdentity): string {
  if (distance === undefined) return "No way found";
  return distance === 0 ? "Administrator" : counted(distance, "step");
}

function deviceInWords({ hasMfaDevice }: PageIdentity): string {
  if (hasMfaDevice === undefined) return "";
  return hasMfaDevice ? ", has an MFA device" : ", no MFA device";
}

function rank({ distance, hasMfaDevice }: PageIdentity): number {
  if (distance === undefined) return 1_000_000;
  // Without a device comes before with one; administrators come after those who can become one.
  return (distance === 0 ? 100_000 : distance * 10) + (hasMfaDevice === false ? 0 : 1);
}
