import { type Declaration, type Declared, declarationsOf, type Whom } from "./declarations";
import { type Draft, groupDraft, roleDraft, userDraft } from "./drafts";
import { ManagedPolicies } from "./managed-policies";
import { OrganizationPolicies } from "./organization";
import { Population } from "./population";
import type { Resource } from "./resource";
import { type Scope, scopeOf } from "./scope";
import type { AnyIdentity, Credential, Graph, OrganizationAttachment, PolicyEdge } from "./subjects";
import { declaresOf, type IdentityKind } from "./types";
import { notKnownYet, peek, type Value } from "./value";

type DeclaredAs<T extends Declaration["declared"]> = Extract<Declaration, { readonly declared: T }>;

/**
 * Joins everything that a stack says about users, groups, roles and their policies. Works through the resources in the order of
 * their URNs, so that the same stack gives the same graph whatever order the engine sends it in. Resources that say nothing about
 * identity cost a look into the table of types.
 */
export function buildGraph(resources: readonly Resource[]): Graph {
  const declared = resources
    .filter((resource) => declaresOf(resource.type).length > 0)
    .sort((one, other) => (one.urn < other.urn ? -1 : 1))
    .map(declarationsOf);
  const joining = new Joining();
  for (const each of declared) joining.takeIn(each);
  for (const each of declared) joining.join(each);
  for (const each of declared) joining.joinNames(each);
  return joining.graph(resources);
}

class Joining {
  private readonly users = new Population(userDraft);
  private readonly groups = new Population(groupDraft);
  private readonly roles = new Population(roleDraft);
  private readonly policies = new ManagedPolicies();
  private readonly organization = new OrganizationPolicies();
  private readonly organizationAttachments: OrganizationAttachment[] = [];
  private readonly madeBy = new Map<string, AnyIdentity[]>();
  private readonly strayCredentials: (Credential & { readonly userName: Value<string> })[] = [];
  private readonly scopes = new Map<string, Scope>();
  private readonly links = new Map<Draft, Set<unknown>>();
  private readonly inlineNames = new Map<Draft, Set<string>>();

  /** First what the stack makes, so that every reference finds it whatever the order. */
  takeIn(declared: Declared): void {
    const { resource } = declared;
    const scope = this.scopeOf(resource);
    for (const declaration of declared.declarations) {
      if (declaration.declared === "managed policy") this.policies.add(resource, declaration, scope);
      if (declaration.declared === "organization policy") this.organization.add(resource, declaration.id);
      if (declaration.declared !== "identity") continue;
      const draft = this.population(declaration.kind).make(declared, { ...declaration, scope });
      this.madeBy.set(resource.urn, [...(this.madeBy.get(resource.urn) ?? []), draft]);
    }
  }

  join(declared: Declared): void {
    for (const declaration of declared.declarations) {
      if (declaration.declared === "identity") this.complete(declared, declaration);
      else if (declaration.declared === "inline policy") this.inline(declared, declaration);
      else if (declaration.declared === "attachment") this.attachment(declared, declaration);
      else if (declaration.declared === "membership") this.membership(declared, declaration);
      else if (declaration.declared === "credential") this.credential(declared, declaration);
      else if (declaration.declared === "organization attachment") this.attachToOrganization(declared, declaration);
    }
  }

  /** After all inline policies: those that are only named must be kept elsewhere. */
  joinNames(declared: Declared): void {
    for (const declaration of declared.declarations) {
      if (declaration.declared === "inline policy names") this.namedPolicies(declared, declaration);
    }
  }

  graph(resources: readonly Resource[]): Graph {
    return {
      users: this.users.all,
      groups: this.groups.all,
      roles: this.roles.all,
      strayCredentials: this.strayCredentials,
      organizationAttachments: this.organizationAttachments,
      resources: new Map(resources.map((resource) => [resource.urn, resource])),
      madeBy: this.madeBy,
    };
  }

  /** Trust and boundary of an identity that the stack makes. */
  private complete(declared: Declared, { kind, trust, boundary }: DeclaredAs<"identity">): void {
    const { resource } = declared;
    const role = this.roles.ownOf(declared);
    if (role !== undefined && trust !== undefined) role.trust = { ...trust, by: resource, how: "inline" };
    if (boundary === undefined) return;
    const edge = this.policies.edges(boundary, resource, this.scopeOf(resource), "boundary")[0];
    const draft = this.population(kind).ownOf(declared);
    if (edge !== undefined && draft !== undefined) draft.boundary = edge;
  }

  private inline(declared: Declared, { on, policy, property, name }: DeclaredAs<"inline policy">): void {
    const given = this.give(declared, on, [{ ...policy, by: declared.resource, property, how: "inline" }]);
    const text = peek(name);
    if (text === undefined) return;
    for (const draft of given) setIn(this.inlineNames, draft).add(text);
  }

  private namedPolicies(declared: Declared, { on, names }: DeclaredAs<"inline policy names">): void {
    const by = declared.resource;
    for (const draft of this.population(on.kind).meant(on, declared, this.scopeOf(by)).sure) {
      const made = this.inlineNames.get(draft);
      for (const name of names.items.flatMap((item) => peek(item) ?? [])) {
        if (made?.has(name)) continue;
        const notRead = `the inline policy "${name}" is kept outside this stack`;
        const policy = { origin: `${by.urn}#${names.property}: ${name}`, document: { notRead } };
        draft.policies.push({ policy, by, property: names.property, how: "inline", from: [] });
      }
    }
  }

  private attachment(declared: Declared, { on, policies }: DeclaredAs<"attachment">): void {
    const { resource } = declared;
    const edges =
      policies === "self"
        ? this.policies.madeBy(resource)
        : this.policies.edges(policies, resource, this.scopeOf(resource), "managed");
    this.give(declared, on, edges);
  }

  private give(declared: Declared, on: Whom<IdentityKind>, edges: readonly PolicyEdge[]): readonly Draft[] {
    const { resource } = declared;
    const meant = this.population(on.kind).meant(on, declared, this.scopeOf(resource));
    for (const draft of meant.sure) {
      // The same policy often comes twice: by an attachment, and in the list that the provider shows on the role.
      draft.policies.push(...edges.filter((edge) => this.isFirst(draft, edge.policy.origin)));
    }
    for (const { item, waiting } of meant.possible) {
      item.doubts.push({ because: `${resource.type} "${resource.name}" may be meant for it`, waiting });
    }
    return meant.sure;
  }

  private membership(declared: Declared, { user, group }: DeclaredAs<"membership">): void {
    const scope = this.scopeOf(declared.resource);
    const users = this.users.meant(user, declared, scope);
    const groups = this.groups.meant(group, declared, scope);
    for (const member of users.sure) {
      for (const joined of groups.sure) {
        if (!this.isFirst(member, joined)) continue;
        member.groups.push(joined);
        joined.members.push(member);
      }
    }
    const because = `${declared.resource.type} "${declared.resource.name}" may make it a member`;
    for (const { item, waiting } of users.possible) item.doubts.push({ because, waiting });
    for (const { waiting } of groups.possible.slice(0, 1)) {
      for (const member of users.sure) member.doubts.push({ because: "one of its groups is not known yet", waiting });
    }
  }

  private credential(declared: Declared, { user, credential, active }: DeclaredAs<"credential">): void {
    const by = declared.resource;
    const meant = this.users.meant(user, declared, this.scopeOf(by));
    for (const owner of meant.sure) {
      owner.credentials.push({ kind: credential, by, active });
      if (owner.resource === undefined) {
        this.strayCredentials.push({ kind: credential, by, active, userName: owner.name });
      }
    }
    for (const { item, waiting } of meant.possible) {
      item.credentials.push({ kind: credential, by, active: notKnownYet(waiting) });
    }
  }

  private attachToOrganization(
    { resource }: Declared,
    { policies, targets }: DeclaredAs<"organization attachment">,
  ): void {
    this.organizationAttachments.push(...this.organization.attachments(policies, targets, resource));
  }

  private population(kind: IdentityKind) {
    return kind === "user" ? this.users : kind === "group" ? this.groups : this.roles;
  }

  private isFirst(draft: Draft, link: unknown): boolean {
    const links = setIn(this.links, draft);
    return links.size < links.add(link).size;
  }

  /** Resources that share a provider share its scope, which takes parsing. */
  private scopeOf(resource: Resource): Scope {
    const key = resource.provider?.urn;
    if (key === undefined) return {};
    const scope = this.scopes.get(key) ?? scopeOf(resource);
    this.scopes.set(key, scope);
    return scope;
  }
}

function setIn<K, V>(sets: Map<K, Set<V>>, key: K): Set<V> {
  const set = sets.get(key) ?? new Set<V>();
  sets.set(key, set);
  return set;
}
