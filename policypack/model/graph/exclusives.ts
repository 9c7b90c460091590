import { isRead } from "../../iam";
import type { PolicyEdge } from "../subjects/identities";

/**
 * What remains of policies on an identity that a resource keeps exclusively: everything that it does not list is taken away when it is
 * applied, and comes back when the attachment is applied again. So what such a policy allows counts, and what it denies does not:
 * neither is sure, and each is taken for what is worse.
 */
export class Exclusives {
  private managed: Set<string> | undefined;
  private inline: Set<string> | undefined;
  private readonly names = new Map<string, Set<string>>();

  /** Only these managed policies stay attached. One that is not known yet may be any, so nothing is said then. */
  keepAttached(edges: readonly PolicyEdge[]): void {
    if (edges.some(({ waiting, madeBy }) => waiting !== undefined && madeBy === undefined)) return;
    this.managed ??= new Set();
    for (const { policy } of edges) this.managed.add(policy.origin);
  }

  /** Only the inline policies of these names stay. */
  keepInline(names: readonly string[]): void {
    this.inline ??= new Set();
    for (const name of names) this.inline.add(name);
  }

  /** The name of an inline policy, by its origin. One without a known name may be any. */
  named(origin: string, name: string): void {
    const names = this.names.get(origin) ?? new Set();
    this.names.set(origin, names);
    names.add(name);
  }

  /** The policies as they count. */
  applyTo(policies: PolicyEdge[]): PolicyEdge[] {
    if (this.managed === undefined && this.inline === undefined) return policies;
    return policies.map((edge) => (this.stays(edge) ? edge : withoutDenies(edge)));
  }

  private stays({ how, policy }: PolicyEdge): boolean {
    if (how === "managed") return this.managed?.has(policy.origin) ?? true;
    const { inline } = this;
    const names = this.names.get(policy.origin);
    return inline === undefined || names === undefined || [...names].some((name) => inline.has(name));
  }
}

function withoutDenies(edge: PolicyEdge): PolicyEdge {
  const { policy } = edge;
  if (!isRead(policy)) return edge;
  const statements = policy.document.statements.filter(({ effect }) => effect !== "Deny");
  return { ...edge, policy: { ...policy, document: { ...policy.document, statements } } };
}
