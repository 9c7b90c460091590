import type { References } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { map, type Value } from "../resources/value";
import { rootPlace } from "../subjects/organization";
import { Register } from "./reference-index";

/** The root, organizational units and accounts of the organization, and what is below what. */
export class OrganizationTree {
  private readonly register = new Register<string>();
  private readonly parents = new Map<string, References>();

  /** Takes in an organizational unit or account that the stack makes. */
  add(resource: Resource, id: Value<string>, parent: References): void {
    const key = keyOf(resource);
    const name = map(id, (text) => ({ key: text, scope: {} }));
    this.register.add(key, name, {}, key, resource.urn);
    this.parents.set(key, parent);
  }

  /** Takes in the organization; what comes from it and is not known yet is its root. */
  addOrganization(resource: Resource): void {
    this.register.add(
      rootPlace,
      { known: true, value: { key: rootPlace, scope: {} } },
      {},
      keyOf(resource),
      resource.urn,
    );
  }

  /** For each of the items: the place that it means and those above it; undefined where it is not known which one it means. */
  places(targets: References): readonly (readonly string[] | undefined)[] {
    const { items } = targets;
    const unknown = this.register.find({ ...targets, items: items.filter(({ known }) => !known) }, lookUp);
    const coming = unknown.possible.length + unknown.untold.length > 0 ? [] : [...unknown.sure];
    const isOne = items.filter(({ known }) => !known).length === coming.length;
    return items.map((item) => {
      const place = item.known ? this.named(targets, item) : isOne ? coming.shift() : undefined;
      return place === undefined ? undefined : this.withThoseAbove(place);
    });
  }

  private named(targets: References, item: Value<string>): string | undefined {
    const { sure, elsewhere } = this.register.find({ ...targets, items: [item] }, lookUp);
    return sure[0] ?? elsewhere[0];
  }

  private withThoseAbove(place: string): readonly string[] {
    const above = [place];
    for (let next = this.parentOf(place); next !== undefined && !above.includes(next); next = this.parentOf(next)) {
      above.push(next);
    }
    return above.includes(rootPlace) ? above : [...above, rootPlace];
  }

  private parentOf(place: string): string | undefined {
    const parent = this.parents.get(place);
    if (parent === undefined) return undefined;
    const [item] = parent.items;
    if (item?.known) return this.named(parent, item);
    const { sure, possible } = this.register.find(parent, lookUp);
    return possible.length === 0 && sure.length === 1 ? sure[0] : undefined;
  }
}

/** Ids of roots begin with `r-` (AWS Organizations API Reference, "Root"). */
function lookUp(id: string) {
  return { key: id.startsWith("r-") ? rootPlace : id, scope: {} };
}
