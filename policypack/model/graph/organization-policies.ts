import type { References } from "../declarations/declared";
import { keyOf, type Resource } from "../resources/resource";
import { known, map, notKnownYet, type Value } from "../resources/value";
import type { OrganizationAttachment } from "../subjects/organization";
import type { OrganizationTree } from "./organization-tree";
import { Register } from "./reference-index";

/** The policies of the organization that the stack makes, and what it attaches. */
export class OrganizationPolicies {
  private readonly register = new Register<Resource>();

  constructor(private readonly tree: OrganizationTree) {}

  add(resource: Resource, id: Value<string>): void {
    const name = map(id, (key) => ({ key, scope: {} }));
    this.register.add(resource, name, {}, keyOf(resource), resource.urn);
  }

  /** One attachment for each policy at each target. */
  attachments(policies: References | "self", targets: References, by: Resource): readonly OrganizationAttachment[] {
    const places = this.tree.places(targets);
    return this.attached(policies, by).flatMap((attached) =>
      targets.items.map((target, i) => {
        const place = places[i];
        return { by, target, ...attached, ...(place === undefined ? {} : { place }) };
      }),
    );
  }

  private attached(
    policies: References | "self",
    by: Resource,
  ): readonly Pick<OrganizationAttachment, "policy" | "policyId">[] {
    if (policies === "self") return [{ policy: by, policyId: idNotKnown(by) }];
    const found = this.register.find(policies, (key) => ({ key, scope: {} }));
    const [first = idNotKnown(by)] = policies.items;
    return [
      ...found.sure.map((policy) => ({ policy, policyId: first })),
      ...found.elsewhere.map((id) => ({ policyId: known(id) })),
      ...[...found.untold, ...found.possible.slice(0, 1).map(({ waiting }) => waiting)].map((waiting) => ({
        policyId: notKnownYet(waiting),
      })),
    ];
  }
}

function idNotKnown(by: Resource): Value<string> {
  return notKnownYet({ urn: by.urn, property: "id", on: [by.urn] });
}
