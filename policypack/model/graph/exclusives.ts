import { isRead } from "../../iam";
import type { PolicyEdge } from "../subjects/identities";
import type { Draft } from "./identity-builders";

/**
 * What remains of policies on identities that a resource keeps exclusively: everything that it does not list is taken away when it is
 * applied, and comes back when the attachment is applied again. So what such a policy allows counts, and what it denies does not:
 * neither is sure, and each is taken for what is worse.
 */
export class Exclusives {
  private readonly managed = new Map<Draft, Set<string>>();
  private readonly inline = new Map<Draft, Set<string>>();
  private readonly names = new Map<string, Set<string>>();

  /** Only these managed policies stay attached. One that is not known yet may be any, so nothing is said then. */
  keepAttached(draft: Draft, edges: readonly PolicyEdge[]): void {
    if (edges.some(({ waiting, madeBy }) => waiting !== undefined && madeBy === undefined)) return;
    addAll(
      this.managed,
      draft,
      edges.map(({ policy }) => policy.origin),
    );
  }

  /** Only the inline policies of these names stay. */
  keepInline(draft: Draft, names: readonly string[]): void {
    addAll(this.inline, draft, names);
  }

  /** The name of an inline policy, by its origin. One without a known name may be any. */
  named(origin: string, name: string): void {
    addAll(this.names, origin, [name]);
  }

  apply(): void {
    for (const draft of new Set([...this.managed.keys(), ...this.inline.keys()])) {
      draft.policies = draft.policies.map((edge) => (this.stays(draft, edge) ? edge : withoutDenies(edge)));
    }
  }

  private stays(draft: Draft, { how, policy }: PolicyEdge): boolean {
    if (how === "managed") return this.managed.get(draft)?.has(policy.origin) ?? true;
    const kept = this.inline.get(draft);
    const names = this.names.get(policy.origin);
    return kept === undefined || names === undefined || [...names].some((name) => kept.has(name));
  }
}

function withoutDenies(edge: PolicyEdge): PolicyEdge {
  const { policy } = edge;
  if (!isRead(policy)) return edge;
  const statements = policy.document.statements.filter(({ effect }) => effect !== "Deny");
  return { ...edge, policy: { ...policy, document: { ...policy.document, statements } } };
}

function addAll<K>(sets: Map<K, Set<string>>, key: K, values: readonly string[]): void {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set);
  for (const value of values) set.add(value);
}
