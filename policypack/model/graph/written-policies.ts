import type { ReadPolicy } from "../declarations/policy-document";
import type { Resource } from "../resources/resource";
import type { AnyIdentity, PermissionSet, WrittenPolicy } from "../subjects/identities";
import { Ordered, type Place } from "./place";

type Holder = AnyIdentity | PermissionSet;

/** The policies for identities that the stack itself writes. */
export class WrittenPolicies {
  private readonly inOrder = new Ordered<Omit<WrittenPolicy, "holders">>();

  /** Returns how to take it out. */
  add(place: Place, resource: Resource, { policy, waiting }: ReadPolicy): () => void {
    this.inOrder.add(place, { resource, policy, ...(waiting === undefined ? {} : { waiting }) });
    return () => this.inOrder.remove(place);
  }

  /**
   * All of them, each with those among the given who have it. A resource may give one document to several kinds of identities; it is one
   * policy all the same.
   */
  heldBy(all: readonly Holder[]): readonly WrittenPolicy[] {
    const byOrigin = new Map(this.inOrder.values.map((written) => [written.policy.origin, written]));
    const holders = new Map([...byOrigin.keys()].map((origin) => [origin, new Set<Holder>()]));
    for (const holder of all) {
      for (const { policy } of holder.policies) holders.get(policy.origin)?.add(holder);
      if (holder.boundary !== undefined) holders.get(holder.boundary.policy.origin)?.add(holder);
    }
    return [...byOrigin].map(([origin, written]) => ({ ...written, holders: [...(holders.get(origin) ?? [])] }));
  }
}
