import type { Resource } from "../resources/resource";
import type { OrganizationPolicy } from "../subjects/organization";
import { type Members, membersOf } from "../templates/members";
import { declaresOf, mayBring } from "../types";
import { declarationsOf } from "./declare";
import type { Declared } from "./declared";
import { readSubjects, type SingleSubject } from "./subjects-of-resource";

/**
 * A resource with everything that it says by itself. A record never changes, and every rule and every graph asks about it, so each thing is
 * read when it is first asked for, and once. Reading may throw, where a value is made to do so; then it throws again.
 */
export class ReadResource {
  private readDeclared: Declared | undefined;
  private readMembers: Members | undefined;
  private readHeld: readonly ReadResource[] | undefined;
  private readOwnSubjects: readonly SingleSubject[] | undefined;
  private readSubjects: readonly SingleSubject[] | undefined;

  constructor(readonly resource: Resource) {}

  /** Whether its type is one that the table of types makes nothing of: then it is a resource to rules and nothing else, and no graph joins it. */
  get declaresNothing(): boolean {
    return declaresOf(this.resource.type).length === 0;
  }

  /** Whether a graph of this resource alone may hold a subject of that kind. */
  mayBring(kind: "user" | "organization account"): boolean {
    return mayBring(kind, this.resource.type);
  }

  /** What it declares by the table of types. */
  get declared(): Declared {
    this.readDeclared ??= declarationsOf(this.resource);
    return this.readDeclared;
  }

  /** The resource and all that it holds, at any depth: what a template makes. */
  get withMembers(): readonly ReadResource[] {
    this.readHeld ??= this.members.resources.flatMap((each) => new ReadResource(each).withMembers);
    return [this, ...this.readHeld];
  }

  /** What the resource is to rules, and what that is which it holds: a resource always. */
  get subjects(): readonly SingleSubject[] {
    this.readSubjects ??= [
      { kind: "resource", subject: this.resource },
      ...this.withMembers.flatMap((each) => each.ownSubjects),
    ];
    return this.readSubjects;
  }

  /** Undefined where it is no policy of AWS Organizations. */
  get organizationPolicy(): OrganizationPolicy | undefined {
    return this.ownSubjects.flatMap((each) => (each.kind === "organizationPolicy" ? [each.subject] : []))[0];
  }

  /** What it holds inside its properties. */
  get members(): Members {
    this.readMembers ??= membersOf(this.resource);
    return this.readMembers;
  }

  private get ownSubjects(): readonly SingleSubject[] {
    this.readOwnSubjects ??= readSubjects(
      this.resource,
      () => this.declared,
      () => this.members,
    );
    return this.readOwnSubjects;
  }
}
