import type { References } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, type Value } from "../resources/value";
import type { OrganizationAttachment } from "../subjects/organization";
import type { OrganizationTree } from "./organization-tree";
import type { Place } from "./place";
import { type LookUp, type Reader, Register } from "./reference-index";

/** The policies of the organization that the stack makes, and what it attaches. */
export class OrganizationPolicies {
  private readonly register: Register<Resource>;

  constructor(
    lookAgain: (reader: Reader) => void,
    private readonly tree: OrganizationTree,
  ) {
    this.register = new Register(lookAgain);
  }

  /** Returns how to take it out. */
  add(resource: Resource, place: Place, id: Value<string>): () => void {
    this.register.add(resource, place, map(id, lookUpOf), {}, keyOf(resource), resource.urn);
    return () => this.register.remove(resource);
  }

  /** One attachment for each policy at each target. */
  attachments(
    policies: References | "self",
    targets: References,
    by: Resource,
    reader: Reader,
  ): readonly OrganizationAttachment[] {
    const places = this.tree.places(targets, reader);
    return this.attached(policies, by, reader).flatMap((attached) =>
      targets.items.map((target, i) => {
        const place = places[i];
        return { by, target, ...attached, ...(place === undefined ? {} : { place }) };
      }),
    );
  }

  private attached(
    policies: References | "self",
    by: Resource,
    reader: Reader,
  ): readonly Pick<OrganizationAttachment, "policy" | "policyId">[] {
    if (policies === "self") return [{ policy: by, policyId: idNotKnown(by) }];
    const found = this.register.find(policies, lookUpOf, reader);
    const [first = idNotKnown(by)] = policies.items;
    const notKnown = [...found.untold, ...found.possible.slice(0, 1)].map(({ waiting }) => waiting);
    return [
      ...found.sure.map((policy) => ({ policy, policyId: first })),
      ...found.elsewhere.map(({ text }) => ({ policyId: known(text) })),
      ...notKnown.map((waiting) => ({ policyId: notKnownYet(waiting) })),
    ];
  }
}

function lookUpOf(key: string): LookUp {
  return { key, scope: {} };
}

function idNotKnown(by: Resource): Value<string> {
  return notKnownYet({ urn: by.urn, property: "id", on: [by.urn] });
}
