import type { References } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { known, map, type Value } from "../resources/value";
import { rootPlace } from "../subjects/organization";
import type { Place } from "./place";
import { type Reader, Register } from "./reference-index";

interface Unit {
  readonly key: string;
}

/** The root, organizational units and accounts of the organization, and what is below what. */
export class OrganizationTree {
  private readonly register: Register<Unit>;
  private readonly parents = new Map<string, References>();

  /** @param lookAgain is told of every attachment whose place may be another now */
  constructor(lookAgain: (reader: Reader) => void) {
    this.register = new Register(lookAgain);
  }

  /** Takes in an organizational unit or account that the stack makes. Returns how to take it out. */
  add(resource: Resource, place: Place, id: Value<string>, parent: References): () => void {
    const unit: Unit = { key: keyOf(resource) };
    this.parents.set(unit.key, parent);
    this.register.add(
      unit,
      place,
      map(id, (key) => ({ key, scope: {} })),
      {},
      unit.key,
      resource.urn,
    );
    return () => {
      this.parents.delete(unit.key);
      this.register.remove(unit);
    };
  }

  /** Takes in the organization; what comes from it and is not known yet is its root. Returns how to take it out. */
  addOrganization(resource: Resource, place: Place): () => void {
    const root: Unit = { key: rootPlace };
    this.register.add(root, place, known({ key: rootPlace, scope: {} }), {}, keyOf(resource), resource.urn);
    return () => this.register.remove(root);
  }

  /** For each of the items: the place that it means and those above it; undefined where it is not known which one it means. */
  places(targets: References, reader: Reader): readonly (readonly string[] | undefined)[] {
    const { items } = targets;
    const unknown = this.register.find({ ...targets, items: items.filter((item) => !item.known) }, lookUp, reader);
    const coming = unknown.possible.length + unknown.untold.length > 0 ? [] : unknown.sure.map(({ key }) => key);
    const isOne = items.filter((item) => !item.known).length === coming.length;
    return items.map((item) => {
      const place = item.known ? this.named(targets, item, reader) : isOne ? coming.shift() : undefined;
      return place === undefined ? undefined : this.withThoseAbove(place, reader);
    });
  }

  private named(targets: References, item: Value<string>, reader: Reader): string | undefined {
    const { sure, elsewhere } = this.register.find({ ...targets, items: [item] }, lookUp, reader);
    return sure[0]?.key ?? elsewhere[0]?.text;
  }

  private withThoseAbove(place: string, reader: Reader): readonly string[] {
    const above = [place];
    let next = this.parentOf(place, reader);
    while (next !== undefined && !above.includes(next)) {
      above.push(next);
      next = this.parentOf(next, reader);
    }
    return above.includes(rootPlace) ? above : [...above, rootPlace];
  }

  private parentOf(place: string, reader: Reader): string | undefined {
    const parent = this.parents.get(place);
    if (parent === undefined) return undefined;
    const [item] = parent.items;
    if (item?.known) return this.named(parent, item, reader);
    const { sure, possible } = this.register.find(parent, lookUp, reader);
    return possible.length === 0 && sure.length === 1 ? sure[0]?.key : undefined;
  }
}

/** Ids of roots begin with `r-` (AWS Organizations API Reference, "Root"). */
function lookUp(id: string) {
  return { key: id.startsWith("r-") ? rootPlace : id, scope: {} };
}
