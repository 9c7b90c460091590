import type { Resource } from "../resources/resource";
import type { Value } from "../resources/value";
import type {
  AnyIdentity,
  Credential,
  Entitlement,
  Group,
  IdentityProvider,
  PermissionSet,
  Role,
  User,
  WrittenPolicy,
} from "./identities";
import type {
  Organization,
  OrganizationAccount,
  OrganizationAttachment,
  OrganizationPolicy,
  OrganizationsFeatures,
} from "./organization";
/** Everything that the stack says about identity, joined. */
export interface Graph {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** Credentials whose user is not made in the stack. The user is among `users` too, without a resource. */
  readonly strayCredentials: readonly (Credential & { readonly userName: Value<string> })[];
  readonly permissionSets: readonly PermissionSet[];
  readonly writtenPolicies: readonly WrittenPolicy[];
  readonly entitlements: readonly Entitlement[];
  readonly organizations: readonly Organization[];
  readonly organizationsFeatures: readonly OrganizationsFeatures[];
  readonly organizationAccounts: readonly OrganizationAccount[];
  readonly organizationPolicies: readonly OrganizationPolicy[];
  readonly organizationAttachments: readonly OrganizationAttachment[];
  /** By what a trust policy that names one not known yet has among its `from`. */
  readonly identityProviders: ReadonlyMap<string, readonly IdentityProvider[]>;
  readonly resources: ReadonlyMap<string, Resource>;
  /** The users, groups and roles that a resource makes, by its URN, or by what stands for it among the `from` of edges. */
  readonly madeBy: ReadonlyMap<string, readonly AnyIdentity[]>;
}
