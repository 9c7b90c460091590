import type { Declaration, Whom } from "../declarations/declared";
import type { ReadResource } from "../declarations/read-resource";
import type { Resource } from "../resources/resource";
import { notKnownYet, peek } from "../resources/value";
import type { PolicyEdge } from "../subjects/identities";
import type { HolderKind } from "../types";
import type { Gathered, Part } from "./assembly";
import type { Changes } from "./changes";
import type { Draft } from "./identity-builders";
import type { Population } from "./identity-index";
import type { Pass, Place } from "./place";
import type { Reader } from "./reference-index";
import type { DeclaredAs, Tables, Undo } from "./tables";

/** When a declaration is joined to what it refers to; undefined for one that refers to nothing. */
export function passOf({ declared }: Declaration): Pass | undefined {
  switch (declared) {
    case "identity":
    case "inline policy":
    case "attachment":
    case "boundary":
    case "assignment":
    case "alternate contact":
    case "membership":
    case "credential":
    case "organization attachment":
    case "entitlement":
      return 1;
    // After all inline policies: those that are only named must be kept elsewhere.
    case "inline policy names":
      return 2;
    default:
      return undefined;
  }
}

/** A declaration that refers to others, with what it gives to them. */
export class Join implements Reader {
  readonly ends: Undo[] = [];
  private given: Undo[] = [];

  constructor(
    readonly place: Place,
    private readonly read: ReadResource,
    private readonly declaration: Declaration,
    private readonly tables: Tables,
    private readonly changes: Changes,
  ) {}

  /** The declaration is there no more. */
  end(): void {
    const { users, groups, roles, permissionSets } = this.tables;
    this.takeBack();
    for (const population of [users, groups, roles, permissionSets]) population.forget(this);
    for (const end of this.ends) end();
    this.changes.forget(this);
  }

  private takeBack(): void {
    for (const undo of this.given) undo();
    this.given = [];
  }

  /** Finds what it refers to, and gives that what it declares. */
  join(): void {
    this.takeBack();
    const { declaration } = this;
    switch (declaration.declared) {
      case "identity":
        this.trustAndBoundary(declaration);
        break;
      case "inline policy":
        this.inline(declaration);
        break;
      case "attachment":
        this.attachment(declaration);
        break;
      case "boundary":
        this.boundary(declaration);
        break;
      case "assignment":
        this.assignment(declaration);
        break;
      case "alternate contact":
        this.contact(declaration);
        break;
      case "membership":
        this.membership(declaration);
        break;
      case "credential":
        this.credential(declaration);
        break;
      case "organization attachment":
        this.attachToOrganization(declaration);
        break;
      case "entitlement":
        this.entitlement(declaration);
        break;
      case "inline policy names":
        this.namedPolicies(declaration);
        break;
    }
  }

  /** Gives something to one that is put together. */
  private give<D extends Draft>(
    population: Population<D>,
    draft: D,
    part: Part<Gathered>,
    touch: (draft: Draft) => void = this.changes.touchWithMembers,
  ): void {
    const assembly = population.assemblyOf(draft);
    if (assembly === undefined) return;
    const changed = () => {
      this.changes.changed(assembly);
      touch(draft);
    };
    assembly.add(this.place, part);
    changed();
    this.given.push(() => {
      assembly.remove(this.place);
      changed();
    });
  }

  private meant<D extends Draft>(population: Population<D>, whom: Whom<HolderKind>) {
    return population.meant(whom, this.read, this, this.tables.scopeOf(this.read.resource));
  }

  /** Trust and boundary of an identity that the stack makes. */
  private trustAndBoundary({ kind, trust, boundary }: DeclaredAs<"identity">): void {
    const { read, tables } = this;
    const { resource } = read;
    const role = tables.roles.ownOf(read);
    if (role !== undefined && trust !== undefined) {
      this.give(tables.roles, role, () => {
        role.trust = { ...trust, by: resource, how: "inline" };
      });
      for (const source of new Set(trust.from)) {
        tables.trusting.add(source, this.place, role);
        this.given.push(() => tables.trusting.remove(source, this.place));
      }
    }
    if (boundary === undefined) return;
    const population: Population<Draft> = tables.population(kind satisfies HolderKind);
    const draft = population.ownOf(read);
    const [edge] = tables.policies.edges(boundary, resource, tables.scopeOf(resource), "boundary", this);
    if (edge !== undefined && draft !== undefined) this.giveBoundary(population, draft, edge);
  }

  private giveBoundary<D extends Draft>(population: Population<D>, draft: D, edge: PolicyEdge): void {
    this.give(population, draft, () => {
      draft.boundary = edge;
    });
  }

  /** A boundary that another resource sets. */
  private boundary({ on, policy }: DeclaredAs<"boundary">): void {
    const { tables } = this;
    const { resource } = this.read;
    const [edge] = tables.policies.edges(policy, resource, tables.scopeFor(on, resource), "boundary", this);
    if (edge === undefined) return;
    const population = tables.population(on.kind);
    for (const draft of this.meant(population, on).sure) this.giveBoundary(population, draft, edge);
  }

  private assignment({ on, principalType, principal, account }: DeclaredAs<"assignment">): void {
    const { permissionSets } = this.tables;
    const assignment = { by: this.read.resource, principalType, principal, account };
    for (const draft of this.meant(permissionSets, on).sure) {
      this.give(permissionSets, draft, () => draft.assignments.push(assignment));
    }
  }

  private inline({ on, policy, property, name }: DeclaredAs<"inline policy">): void {
    const text = peek(name);
    const edge: PolicyEdge = { ...policy, by: this.read.resource, property, how: "inline" };
    this.givePolicies(on, [edge], ({ inlineNames, exclusives }) => {
      if (text === undefined) return;
      exclusives.named(policy.policy.origin, text);
      inlineNames.add(text);
    });
  }

  private attachment({ on, policies, exclusive }: DeclaredAs<"attachment">): void {
    const { tables } = this;
    const { resource } = this.read;
    const edges =
      policies === "self"
        ? tables.policies.madeBy(resource, this)
        : tables.policies.edges(policies, resource, tables.scopeFor(on, resource), "managed", this);
    this.givePolicies(on, edges, ({ exclusives }) => {
      if (exclusive) exclusives.keepAttached(edges);
    });
  }

  /** @param then what else is done for whom they are surely given to */
  private givePolicies(on: Whom<HolderKind>, edges: readonly PolicyEdge[], then: Part<Gathered>): void {
    const { resource } = this.read;
    const population = this.tables.population(on.kind);
    const { sure, possible } = this.meant(population, on);
    for (const draft of sure) {
      this.give(population, draft, (gathered) => {
        gathered.givePolicies(edges);
        then(gathered);
      });
    }
    const because = `${resource.type} "${resource.name}" may be meant for it`;
    for (const { item, waiting } of possible) {
      this.give(population, item, () => item.doubts.push({ because, waiting }));
    }
  }

  private namedPolicies({ on, names }: DeclaredAs<"inline policy names">): void {
    const population = this.tables.population(on.kind);
    for (const draft of this.meant(population, on).sure) {
      this.give(population, draft, (gathered) => nameInlinePolicies(gathered, this.read.resource, names));
    }
  }

  private membership({ user, group }: DeclaredAs<"membership">): void {
    const { changes } = this;
    const { resource } = this.read;
    const { users, groups } = this.tables;
    const members = this.meant(users, user);
    const joined = this.meant(groups, group);
    for (const member of members.sure) {
      for (const its of joined.sure) {
        this.give(users, member, (gathered) => {
          if (gathered.isFirst(its)) member.groups.push(its);
        });
        // A member more or less changes nothing for the others.
        this.give(
          groups,
          its,
          (gathered) => {
            if (gathered.isFirst(member)) its.members.push(member);
          },
          (draft) => changes.touch(draft),
        );
      }
    }
    const because = `${resource.type} "${resource.name}" may make it a member`;
    for (const { item, waiting } of members.possible) {
      this.give(users, item, () => item.doubts.push({ because, waiting }));
    }
    for (const { waiting } of joined.possible.slice(0, 1)) {
      for (const member of members.sure) {
        this.give(users, member, () => member.doubts.push({ because: "one of its groups is not known yet", waiting }));
      }
    }
  }

  private credential({ user, credential }: DeclaredAs<"credential">): void {
    const { users, strayCredentials } = this.tables;
    const given = { ...credential, by: this.read.resource };
    const { sure, possible } = this.meant(users, user);
    for (const owner of sure) {
      this.give(users, owner, () => owner.credentials.push(given));
      if (owner.resource !== undefined) continue;
      strayCredentials.add(this.place, { ...given, userName: owner.name });
      this.given.push(() => strayCredentials.remove(this.place));
    }
    for (const { item, waiting } of possible) {
      this.give(users, item, () => item.credentials.push({ ...given, active: notKnownYet(waiting) }));
    }
  }

  private entitlement({ on, group, user }: DeclaredAs<"entitlement">): void {
    const { roles, entitlements } = this.tables;
    const { sure, possible } = this.meant(roles, on);
    const because = "the role that it is for is not known yet";
    const doubts = possible.slice(0, 1).map(({ waiting }) => ({ because, waiting }));
    entitlements.add(this.place, { resource: this.read.resource, roles: sure, doubts, group, user });
    this.given.push(() => entitlements.remove(this.place));
  }

  private contact({ contact, account }: DeclaredAs<"alternate contact">): void {
    const { resource } = this.read;
    const { sure, possible } = this.tables.accounts.meant(account, this);
    for (const owner of sure) {
      this.giveAccount(owner, () => owner.contacts.push({ by: resource, type: contact }));
    }
    const because = `${resource.type} "${resource.name}" may be meant for it`;
    for (const { item, waiting } of possible) {
      this.giveAccount(item, () => item.doubts.push({ because, waiting }));
    }
  }

  private giveAccount(account: Parameters<Tables["accounts"]["assemblyOf"]>[0], part: () => void): void {
    const assembly = this.tables.accounts.assemblyOf(account);
    if (assembly === undefined) return;
    assembly.add(this.place, part);
    this.changes.changed(assembly);
    this.given.push(() => {
      assembly.remove(this.place);
      this.changes.changed(assembly);
    });
  }

  private attachToOrganization({ policies, targets }: DeclaredAs<"organization attachment">): void {
    const { organization, organizationAttachments } = this.tables;
    for (const each of organization.attachments(policies, targets, this.read.resource, this)) {
      organizationAttachments.add(this.place, each);
    }
    this.given.push(() => organizationAttachments.remove(this.place));
  }
}

/** Inline policies of which a resource tells the names alone. */
function nameInlinePolicies(
  { draft, inlineNames, exclusives }: Gathered,
  by: Resource,
  names: DeclaredAs<"inline policy names">["names"],
): void {
  if (names.counted && names.items.every((item) => item.known)) {
    exclusives.keepInline(names.items.flatMap((item) => peek(item) ?? []));
  }
  const makers = new Set(draft.policies.map((edge) => edge.by.urn));
  const comesFromHere = names.from.length > 0 && names.from.every((source) => makers.has(source));
  const untold = comesFromHere ? undefined : names.items.find((item) => !item.known);
  if (untold !== undefined && !untold.known) {
    const { waiting } = untold;
    draft.doubts.push({ because: "an inline policy whose name is not known yet may be kept elsewhere", waiting });
  }
  for (const name of names.items.flatMap((item) => peek(item) ?? [])) {
    if (inlineNames.has(name)) continue;
    const notRead = `the inline policy "${name}" is kept outside this stack`;
    const policy = { origin: `${by.urn}#${names.property}: ${name}`, document: { notRead } };
    draft.policies.push({ policy, by, property: names.property, how: "inline", from: [] });
  }
}
