import { declarationsOf } from "../declarations/declare";
import type { Declaration, Declared, Whom } from "../declarations/declared";
import { organizationPolicyOf } from "../declarations/subjects-of-resource";
import { type Scope, scopeOf } from "../resources/provider-scope";
import { keyOf, type Resource } from "../resources/resource";
import { known, notKnownYet, peek, type Value } from "../resources/value";
import type { AnyIdentity, Credential, Entitlement, IdentityProvider, PolicyEdge } from "../subjects/identities";
import type { Graph } from "../subjects/identity-graph";
import type {
  Organization,
  OrganizationAttachment,
  OrganizationPolicy,
  OrganizationsFeatures,
} from "../subjects/organization";
import { withMembers } from "../templates/members";
import { declaresOf, type HolderKind, type IdentityKind } from "../types";
import { Exclusives } from "./exclusives";
import {
  type Draft,
  type GroupDraft,
  groupDraft,
  permissionSetDraft,
  type RoleDraft,
  roleDraft,
  type UserDraft,
  userDraft,
} from "./identity-builders";
import { byArn, Population } from "./identity-index";
import { ManagedPolicies } from "./managed-policies";
import { Accounts } from "./member-accounts";
import { OrganizationPolicies } from "./organization-policies";
import { OrganizationTree } from "./organization-tree";
import { WrittenPolicies } from "./written-policies";

type DeclaredAs<T extends Declaration["declared"]> = Extract<Declaration, { readonly declared: T }>;

/**
 * Joins everything that a stack says about users, groups, roles and their policies. Works through the resources in the order of
 * their URNs, so that the same stack gives the same graph whatever order the engine sends it in. Resources that say nothing about
 * identity cost a look into the table of types. What a template holds stands beside what the program makes itself.
 */
export function buildGraph(resources: readonly Resource[]): Graph {
  const declared = resources
    .filter((resource) => declaresOf(resource.type).length > 0)
    .sort((one, other) => (one.urn < other.urn ? -1 : 1))
    .flatMap(withMembers)
    .map(declarationsOf);
  const joining = new Joining();
  for (const each of declared) joining.takeIn(each);
  for (const each of declared) joining.join(each);
  for (const each of declared) joining.joinNames(each);
  joining.complete();
  return joining.graph(resources);
}

class Joining {
  private readonly users = new Population(userDraft);
  private readonly groups = new Population(groupDraft);
  private readonly roles = new Population(roleDraft);
  private readonly permissionSets = new Population(permissionSetDraft, byArn);
  private readonly policies = new ManagedPolicies();
  private readonly written = new WrittenPolicies();
  private readonly exclusives = new Exclusives();
  private readonly tree = new OrganizationTree();
  private readonly organization = new OrganizationPolicies(this.tree);
  private readonly organizationPolicies: OrganizationPolicy[] = [];
  private readonly organizationAttachments: OrganizationAttachment[] = [];
  private readonly accounts = new Accounts();
  private readonly organizations: Organization[] = [];
  private readonly organizationsFeatures: OrganizationsFeatures[] = [];
  private readonly identityProviders = new Map<string, IdentityProvider[]>();
  private readonly madeBy = new Map<string, AnyIdentity[]>();
  private readonly entitlements: Entitlement[] = [];
  private readonly strayCredentials: (Credential & { readonly userName: Value<string> })[] = [];
  private readonly scopes = new Map<string, Scope>();
  private readonly links = new Map<Draft, Set<unknown>>();
  private readonly inlineNames = new Map<Draft, Set<string>>();

  /** First what the stack makes, so that every reference finds it whatever the order. */
  takeIn(declared: Declared): void {
    const { resource } = declared;
    const scope = this.scopeOf(resource);
    for (const declaration of declared.declarations) {
      if (declaration.declared === "managed policy" || declaration.declared === "inline policy") {
        this.written.add(resource, declaration.policy);
      }
      if (declaration.declared === "managed policy") this.policies.add(resource, declaration, scope);
      else if (declaration.declared === "permission set") this.permissionSet(declared, declaration, scope);
      else if (declaration.declared === "identity") this.identity(declared, declaration, scope);
      else this.record(resource, declaration);
    }
  }

  /** What stands in the graph as it is declared. */
  private record(resource: Resource, declaration: Declaration): void {
    if (declaration.declared === "organization policy") {
      this.organization.add(resource, declaration.id);
      const policy = organizationPolicyOf(resource);
      if (policy !== undefined) this.organizationPolicies.push(policy);
    } else if (declaration.declared === "organization account") {
      this.accounts.add(resource, declaration);
      this.tree.add(resource, declaration.id, declaration.parent);
    } else if (declaration.declared === "organizational unit") {
      this.tree.add(resource, declaration.id, declaration.parent);
    } else if (declaration.declared === "organization") {
      const { featureSet, policyTypes } = declaration;
      this.tree.addOrganization(resource);
      this.organizations.push({ resource, featureSet, ...(policyTypes === undefined ? {} : { policyTypes }) });
    } else if (declaration.declared === "organizations features") {
      this.organizationsFeatures.push({ resource, enabled: declaration.enabled });
    } else if (declaration.declared === "identity provider") {
      const { protocol, url, arn } = declaration;
      const provider = { resource, protocol, url, ...(arn === undefined ? {} : { arn }) };
      for (const key of keysOf(resource)) push(this.identityProviders, key, provider);
    }
  }

  private identity(declared: Declared, declaration: DeclaredAs<"identity">, scope: Scope): void {
    const draft = this.population(declaration.kind).make(declared, { ...declaration, scope });
    for (const key of keysOf(declared.resource)) push(this.madeBy, key, draft);
  }

  private permissionSet(declared: Declared, declaration: DeclaredAs<"permission set">, scope: Scope): void {
    const { name, arn, session } = declaration;
    this.permissionSets.make(declared, { name, arn, scope, path: "/", tags: known({}), maxSession: session });
  }

  join(declared: Declared): void {
    for (const declaration of declared.declarations) {
      if (declaration.declared === "identity") this.trustAndBoundary(declared, declaration);
      else if (declaration.declared === "inline policy") this.inline(declared, declaration);
      else if (declaration.declared === "attachment") this.attachment(declared, declaration);
      else if (declaration.declared === "boundary") this.boundary(declared, declaration);
      else if (declaration.declared === "assignment") this.assignment(declared, declaration);
      else if (declaration.declared === "alternate contact") this.accounts.giveContact(declared.resource, declaration);
      else if (declaration.declared === "membership") this.membership(declared, declaration);
      else if (declaration.declared === "credential") this.credential(declared, declaration);
      else if (declaration.declared === "organization attachment") this.attachToOrganization(declared, declaration);
      else if (declaration.declared === "entitlement") this.entitlement(declared, declaration);
    }
  }

  /** After all inline policies: those that are only named must be kept elsewhere. */
  joinNames(declared: Declared): void {
    for (const declaration of declared.declarations) {
      if (declaration.declared === "inline policy names") this.namedPolicies(declared, declaration);
    }
  }

  /** When all policies are where they belong. */
  complete(): void {
    this.exclusives.apply();
    for (const draft of this.holders) draft.accountPolicies = this.policies.all;
  }

  private get holders(): readonly Draft[] {
    return [...this.users.all, ...this.groups.all, ...this.roles.all, ...this.permissionSets.all];
  }

  graph(resources: readonly Resource[]): Graph {
    return {
      users: this.users.all,
      groups: this.groups.all,
      roles: this.roles.all,
      strayCredentials: this.strayCredentials,
      permissionSets: this.permissionSets.all,
      writtenPolicies: this.written.heldBy(this.holders),
      entitlements: this.entitlements,
      organizations: this.organizations,
      organizationsFeatures: this.organizationsFeatures,
      organizationAccounts: this.accounts.all,
      organizationPolicies: this.organizationPolicies,
      organizationAttachments: this.organizationAttachments,
      identityProviders: this.identityProviders,
      resources: new Map(resources.map((resource) => [resource.urn, resource])),
      madeBy: this.madeBy,
    };
  }

  /** Trust and boundary of an identity that the stack makes. */
  private trustAndBoundary(declared: Declared, { kind, trust, boundary }: DeclaredAs<"identity">): void {
    const { resource } = declared;
    const role = this.roles.ownOf(declared);
    if (role !== undefined && trust !== undefined) role.trust = { ...trust, by: resource, how: "inline" };
    if (boundary === undefined) return;
    const edge = this.policies.edges(boundary, resource, this.scopeOf(resource), "boundary")[0];
    const draft = this.population(kind).ownOf(declared);
    if (edge !== undefined && draft !== undefined) draft.boundary = edge;
  }

  /** A boundary that another resource sets. */
  private boundary(declared: Declared, { on, policy }: DeclaredAs<"boundary">): void {
    const { resource } = declared;
    const [edge] = this.policies.edges(policy, resource, this.scopeFor(on, resource), "boundary");
    if (edge === undefined) return;
    for (const draft of this.population(on.kind).meant(on, declared, this.scopeOf(resource)).sure)
      draft.boundary = edge;
  }

  private assignment(declared: Declared, { on, principalType, principal, account }: DeclaredAs<"assignment">): void {
    const by = declared.resource;
    for (const draft of this.permissionSets.meant(on, declared, this.scopeOf(by)).sure) {
      draft.assignments.push({ by, principalType, principal, account });
    }
  }

  private inline(declared: Declared, { on, policy, property, name }: DeclaredAs<"inline policy">): void {
    const given = this.give(declared, on, [{ ...policy, by: declared.resource, property, how: "inline" }]);
    const text = peek(name);
    if (text === undefined) return;
    this.exclusives.named(policy.policy.origin, text);
    for (const draft of given) setIn(this.inlineNames, draft).add(text);
  }

  private namedPolicies(declared: Declared, { on, names }: DeclaredAs<"inline policy names">): void {
    const by = declared.resource;
    for (const draft of this.population(on.kind).meant(on, declared, this.scopeOf(by)).sure) {
      const made = this.inlineNames.get(draft);
      if (names.counted && names.items.every((item) => item.known)) {
        this.exclusives.keepInline(
          draft,
          names.items.flatMap((item) => peek(item) ?? []),
        );
      }
      const makers = new Set(draft.policies.map((edge) => edge.by.urn));
      const comesFromHere = names.from.length > 0 && names.from.every((source) => makers.has(source));
      const untold = comesFromHere ? undefined : names.items.find((item) => !item.known);
      if (untold !== undefined && !untold.known) {
        const { waiting } = untold;
        draft.doubts.push({ because: "an inline policy whose name is not known yet may be kept elsewhere", waiting });
      }
      for (const name of names.items.flatMap((item) => peek(item) ?? [])) {
        if (made?.has(name)) continue;
        const notRead = `the inline policy "${name}" is kept outside this stack`;
        const policy = { origin: `${by.urn}#${names.property}: ${name}`, document: { notRead } };
        draft.policies.push({ policy, by, property: names.property, how: "inline", from: [] });
      }
    }
  }

  private attachment(declared: Declared, { on, policies, exclusive }: DeclaredAs<"attachment">): void {
    const { resource } = declared;
    const edges =
      policies === "self"
        ? this.policies.madeBy(resource)
        : this.policies.edges(policies, resource, this.scopeFor(on, resource), "managed");
    const given = this.give(declared, on, edges);
    if (exclusive) for (const draft of given) this.exclusives.keepAttached(draft, edges);
  }

  /** The policies of a permission set are those of the accounts that it is assigned in. */
  private scopeFor(on: Whom<HolderKind>, resource: Resource): Scope {
    return on.kind === "permission set" ? {} : this.scopeOf(resource);
  }

  private give(declared: Declared, on: Whom<HolderKind>, edges: readonly PolicyEdge[]): readonly Draft[] {
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

  private credential(declared: Declared, { user, credential }: DeclaredAs<"credential">): void {
    const by = declared.resource;
    const given = { ...credential, by };
    const meant = this.users.meant(user, declared, this.scopeOf(by));
    for (const owner of meant.sure) {
      owner.credentials.push(given);
      if (owner.resource === undefined) this.strayCredentials.push({ ...given, userName: owner.name });
    }
    for (const { item, waiting } of meant.possible) {
      item.credentials.push({ ...given, active: notKnownYet(waiting) });
    }
  }

  private entitlement(declared: Declared, { on, group, user }: DeclaredAs<"entitlement">): void {
    const { resource } = declared;
    const { sure, possible } = this.roles.meant(on, declared, this.scopeOf(resource));
    const because = "the role that it is for is not known yet";
    const doubts = possible.slice(0, 1).map(({ waiting }) => ({ because, waiting }));
    this.entitlements.push({ resource, roles: sure, doubts, group, user });
  }

  private attachToOrganization(
    { resource }: Declared,
    { policies, targets }: DeclaredAs<"organization attachment">,
  ): void {
    this.organizationAttachments.push(...this.organization.attachments(policies, targets, resource));
  }

  private population(kind: IdentityKind): Population<UserDraft> | Population<GroupDraft> | Population<RoleDraft>;
  private population(kind: HolderKind): Population<Draft>;
  private population(kind: HolderKind) {
    switch (kind) {
      case "user":
        return this.users;
      case "group":
        return this.groups;
      case "role":
        return this.roles;
      case "permission set":
        return this.permissionSets;
    }
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

/** A resource that a template holds is also found by the one that holds the template. */
function keysOf(resource: Resource): ReadonlySet<string> {
  return new Set([keyOf(resource), resource.urn]);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function setIn<K, V>(sets: Map<K, Set<V>>, key: K): Set<V> {
  const set = sets.get(key) ?? new Set<V>();
  sets.set(key, set);
  return set;
}
