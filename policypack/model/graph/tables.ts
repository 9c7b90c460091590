import type { Policy } from "../../iam";
import type { Declaration, Whom } from "../declarations/declared";
import type { ReadResource } from "../declarations/read-resource";
import { type Scope, scopeOf } from "../resources/provider-scope";
import { keyOf, type ProviderOf, type Resource } from "../resources/resource";
import { known, type Value } from "../resources/value";
import type { AnyIdentity, Credential, Entitlement, IdentityProvider } from "../subjects/identities";
import type { Graph } from "../subjects/identity-graph";
import type {
  Organization,
  OrganizationAttachment,
  OrganizationPolicy,
  OrganizationsFeatures,
} from "../subjects/organization";
import type { HolderKind, IdentityKind } from "../types";
import type { Changes } from "./changes";
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
import { Ordered, OrderedByKey, type Place } from "./place";
import { WrittenPolicies } from "./written-policies";

export type DeclaredAs<T extends Declaration["declared"]> = Extract<Declaration, { readonly declared: T }>;

/** Takes back what was done. */
export type Undo = () => void;

/** Everything of a stack that is made, by what it is found by, and what the joined declarations come to. */
export class Tables {
  readonly users: Population<UserDraft>;
  readonly groups: Population<GroupDraft>;
  readonly roles: Population<RoleDraft>;
  readonly permissionSets: Population<Extract<Draft, { kind: "permission set" }>>;
  readonly policies: ManagedPolicies;
  readonly accounts: Accounts;
  readonly organization: OrganizationPolicies;
  private readonly tree: OrganizationTree;
  readonly strayCredentials = new Ordered<Credential & { readonly userName: Value<string> }>();
  readonly entitlements = new Ordered<Entitlement>();
  readonly organizationAttachments = new Ordered<OrganizationAttachment>();
  /** Roles by what their trust policies were made from. */
  readonly trusting = new OrderedByKey<RoleDraft>();
  private readonly written = new WrittenPolicies();
  private readonly organizationPolicies = new Ordered<OrganizationPolicy>();
  private readonly organizations = new Ordered<Organization>();
  private readonly organizationsFeatures = new Ordered<OrganizationsFeatures>();
  private readonly identityProviders = new OrderedByKey<IdentityProvider>();
  private readonly madeBy = new OrderedByKey<AnyIdentity>();
  private readonly scopes = new Map<ProviderOf, Scope>();

  constructor(private readonly changes: Changes) {
    const { lookAgain, changed, touchWithMembers } = changes;
    this.users = new Population(userDraft, lookAgain, changed, touchWithMembers);
    this.groups = new Population(groupDraft, lookAgain, changed, touchWithMembers);
    this.roles = new Population(roleDraft, lookAgain, changed, touchWithMembers);
    this.permissionSets = new Population(permissionSetDraft, lookAgain, changed, touchWithMembers, byArn);
    this.policies = new ManagedPolicies(lookAgain);
    this.accounts = new Accounts(lookAgain, changed);
    this.tree = new OrganizationTree(lookAgain);
    this.organization = new OrganizationPolicies(lookAgain, this.tree);
  }

  /** What a declaration makes. Returns how to take it out; a declaration that only refers to others makes nothing. */
  takeIn(read: ReadResource, declaration: Declaration, place: Place): readonly Undo[] {
    const { resource } = read;
    const scope = this.scopeOf(resource);
    switch (declaration.declared) {
      case "managed policy":
        return [
          this.written.add(place, resource, declaration.policy),
          this.policies.add(resource, place, declaration, scope),
        ];
      case "inline policy":
        return [this.written.add(place, resource, declaration.policy)];
      case "permission set": {
        const { name, arn, session } = declaration;
        const facts = { name, arn, scope, path: "/", tags: known({}), maxSession: session };
        return [this.permissionSets.make(read, place, facts).undo];
      }
      case "identity":
        return this.identity(read, declaration, place, scope);
      case "organization policy":
        return this.organizationPolicy(read, declaration, place);
      case "organization account":
        return [
          this.accounts.add(resource, place, declaration),
          this.tree.add(resource, place, declaration.id, declaration.parent),
        ];
      case "organizational unit":
        return [this.tree.add(resource, place, declaration.id, declaration.parent)];
      case "organization": {
        const { featureSet, policyTypes } = declaration;
        const organization = { resource, featureSet, ...(policyTypes === undefined ? {} : { policyTypes }) };
        return [this.tree.addOrganization(resource, place), addTo(this.organizations, place, organization)];
      }
      case "organizations features":
        return [addTo(this.organizationsFeatures, place, { resource, enabled: declaration.enabled })];
      case "identity provider": {
        const { protocol, url, arn } = declaration;
        const provider = { resource, protocol, url, ...(arn === undefined ? {} : { arn }) };
        return this.trusted(this.identityProviders, resource, place, provider);
      }
      default:
        return [];
    }
  }

  private identity(
    read: ReadResource,
    declaration: DeclaredAs<"identity">,
    place: Place,
    scope: Scope,
  ): readonly Undo[] {
    const { made, undo } = this.population(declaration.kind).make(read, place, { ...declaration, scope });
    return [undo, ...this.trusted<AnyIdentity>(this.madeBy, read.resource, place, made)];
  }

  private organizationPolicy(read: ReadResource, { id }: DeclaredAs<"organization policy">, place: Place): Undo[] {
    const { resource, organizationPolicy } = read;
    return [
      this.organization.add(resource, place, id),
      ...(organizationPolicy === undefined ? [] : [addTo(this.organizationPolicies, place, organizationPolicy)]),
    ];
  }

  /** Something that trust policies may mean by the resource alone, and a resource that a template holds by the one that holds the template. */
  private trusted<T>(table: OrderedByKey<T>, resource: Resource, place: Place, value: T): readonly Undo[] {
    return [...new Set([keyOf(resource), resource.urn])].map((key) => {
      const touch = () => {
        for (const role of this.trusting.get(key)) this.changes.touch(role);
      };
      table.add(key, place, value);
      touch();
      return () => {
        table.remove(key, place);
        touch();
      };
    });
  }

  population(kind: IdentityKind): Population<UserDraft> | Population<GroupDraft> | Population<RoleDraft>;
  population(kind: HolderKind): Population<Draft>;
  population(kind: HolderKind) {
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

  /** Resources of one request share their providers' records, and reading a scope takes parsing. */
  scopeOf(resource: Resource): Scope {
    const { provider } = resource;
    if (provider === undefined) return {};
    const scope = this.scopes.get(provider) ?? scopeOf(resource);
    this.scopes.set(provider, scope);
    return scope;
  }

  /** The policies of a permission set are those of the accounts that it is assigned in. */
  scopeFor(on: Whom<HolderKind>, resource: Resource): Scope {
    return on.kind === "permission set" ? {} : this.scopeOf(resource);
  }

  /** The same for all identities: what binds the account as a whole. */
  bind(scps: readonly (readonly Policy[])[]): void {
    for (const draft of this.holders) draft.scps = scps;
  }

  /** The same list for all: whoever may attach a policy may attach any of the account. */
  shareAccountPolicies(fresh: Iterable<Draft>): void {
    const drafts = this.policies.list() ? this.holders : fresh;
    for (const draft of drafts) draft.accountPolicies = this.policies.all;
  }

  private get holders(): readonly Draft[] {
    return [...this.users.all, ...this.groups.all, ...this.roles.all, ...this.permissionSets.all];
  }

  /** The graph, which goes along with what comes and goes. */
  graph(resources: ReadonlyMap<string, Resource>): Graph {
    const writtenPolicies = () => this.written.heldBy(this.holders);
    return {
      users: this.users.all,
      groups: this.groups.all,
      roles: this.roles.all,
      strayCredentials: this.strayCredentials.values,
      permissionSets: this.permissionSets.all,
      get writtenPolicies() {
        return writtenPolicies();
      },
      entitlements: this.entitlements.values,
      organizations: this.organizations.values,
      organizationsFeatures: this.organizationsFeatures.values,
      organizationAccounts: this.accounts.all,
      organizationPolicies: this.organizationPolicies.values,
      organizationAttachments: this.organizationAttachments.values,
      identityProviders: this.identityProviders.all,
      resources,
      madeBy: this.madeBy.all,
    };
  }
}

function addTo<T>(ordered: Ordered<T>, place: Place, value: T): Undo {
  ordered.add(place, value);
  return () => ordered.remove(place);
}
