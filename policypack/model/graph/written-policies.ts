import type { ReadPolicy } from "../declarations/policy-document";
import type { Resource } from "../resources/resource";
import type { AnyIdentity, PermissionSet, WrittenPolicy } from "../subjects/identities";

type Holder = AnyIdentity | PermissionSet;

/** The policies for identities that the stack itself writes. */
export class WrittenPolicies {
  private readonly byOrigin = new Map<string, Omit<WrittenPolicy, "holders">>();

  /** A resource may give one document to several kinds of identities; it is one policy all the same. */
  add(resource: Resource, { policy, waiting }: ReadPolicy): void {
    this.byOrigin.set(policy.origin, { resource, policy, ...(waiting === undefined ? {} : { waiting }) });
  }

  /** All of them, each with those among the given who have it. */
  heldBy(all: readonly Holder[]): readonly WrittenPolicy[] {
    const holders = new Map([...this.byOrigin.keys()].map((origin) => [origin, new Set<Holder>()]));
    for (const holder of all) {
      for (const { policy } of holder.policies) holders.get(policy.origin)?.add(holder);
      if (holder.boundary !== undefined) holders.get(holder.boundary.policy.origin)?.add(holder);
    }
    return [...this.byOrigin].map(([origin, written]) => ({ ...written, holders: [...(holders.get(origin) ?? [])] }));
  }
}
