import { type Graph, type PolicyEdge, peek } from "../../model";
import type { AnySubject } from "./subject-selection";

/** An identity or a permission set, as the graph shows it. */
type Holder = Graph["users" | "groups" | "roles" | "permissionSets"][number];

/**
 * Tells what an update has shown since a holder of policies was last asked about. Every resource of an update gives a new graph, in
 * which all but one or two holders are as they were; asking about all of them again makes the time of a run grow with its square.
 *
 * INVARIANT: whatever a rule may ask at the phase "creating" about one holder is part of what is compared here.
 */
export class Novelty {
  private readonly last = new Map<string, string>();
  private readonly numbers = new WeakMap<object, number>();
  private count = 0;

  /** Whether a subject of the graph is new, or differs from when the last graph was compared; others than holders always are. */
  within(graph: () => Graph): (subject: AnySubject) => boolean {
    const answers = new Map<AnySubject, boolean>();
    return (subject) => {
      if (!isHolder(subject)) return true;
      const isNew = answers.get(subject) ?? this.compare(subject, graph());
      answers.set(subject, isNew);
      return isNew;
    };
  }

  private compare(holder: Holder, graph: Graph): boolean {
    const key = JSON.stringify([holder.kind, holder.urn, peek(holder.name)]);
    const groups = holder.kind === "user" ? holder.groups : [];
    const parts = [holder, ...groups].map((each) => this.partsOf(each));
    // A trust policy may name a provider by its resource alone.
    const seen = JSON.stringify([...parts, holder.kind === "role" ? graph.identityProviders.size : 0]);
    if (this.last.get(key) === seen) return false;
    this.last.set(key, seen);
    return true;
  }

  private partsOf(holder: Holder): readonly unknown[] {
    const { resource, name, path, arn, account, policies, boundary, doubts } = holder;
    return [
      resource === undefined ? 0 : this.numberOf(resource),
      [peek(name), path, arn, account],
      policies.map((edge) => this.edge(edge)),
      boundary === undefined ? 0 : this.edge(boundary),
      doubts.map(({ because }) => because),
      "trust" in holder ? this.edge(holder.trust) : 0,
      "members" in holder ? holder.members.map(({ name, resource }) => [peek(name), resource?.urn]) : 0,
    ];
  }

  private edge({ policy, by, madeBy }: PolicyEdge): readonly unknown[] {
    return [policy.origin, this.numberOf(by), madeBy === undefined ? 0 : this.numberOf(madeBy)];
  }

  /** A resource that is shown again is another record. */
  private numberOf(record: object): number {
    const known = this.numbers.get(record);
    if (known !== undefined) return known;
    this.count += 1;
    this.numbers.set(record, this.count);
    return this.count;
  }
}

function isHolder(subject: AnySubject): subject is Holder {
  return "policies" in subject && "doubts" in subject;
}
