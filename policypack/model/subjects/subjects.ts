import type { ReadFault } from "../resources/read-fault";
import type { Resource } from "../resources/resource";
import type { Waiting } from "../resources/value";
import type { AwsProvider, PasswordPolicy } from "./account";
import type { AnyIdentity, Entitlement, Group, PermissionSet, Role, User, WrittenPolicy } from "./identities";
import type { Organization, OrganizationAccount, OrganizationPolicy, OrganizationResourcePolicy } from "./organization";

/** What rules look at. The first group is decided by one resource alone, the second by the whole stack. */
export interface Subjects {
  readonly resource: Resource;
  readonly provider: AwsProvider;
  readonly passwordPolicy: PasswordPolicy;
  readonly organizationPolicy: OrganizationPolicy;
  readonly organizationResourcePolicy: OrganizationResourcePolicy;
  readonly identityResource: IdentityResource;

  readonly user: User;
  readonly group: Group;
  readonly role: Role;
  /** Any of the three. */
  readonly identity: AnyIdentity;
  readonly permissionSet: PermissionSet;
  readonly writtenPolicy: WrittenPolicy;
  readonly entitlement: Entitlement;
  readonly organization: Organization;
  readonly organizationAccount: OrganizationAccount;
}

export type SubjectKind = keyof Subjects;

/** A resource that says something about identity, with what is wrong with reading it. */
export interface IdentityResource {
  readonly resource: Resource;
  readonly faults: readonly ReadFault[];
  /** What it holds and nobody can look into before it is known: the text of a template. */
  readonly waiting: readonly Waiting[];
}
