import type { AccountPolicy, Policy } from "../../iam/requests/principal";
import type { Resource } from "../resources/resource";
import type { Value, Waiting } from "../resources/value";

/** What rules look at. The first group is decided by one resource alone, the second by the whole stack. */
export interface Subjects {
  readonly resource: Resource;
  readonly provider: AwsProvider;
  readonly passwordPolicy: PasswordPolicy;
  readonly organizationPolicy: OrganizationPolicy;
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

/** An AWS provider, explicit or default; also what the `aws:*` stack config sets. */
export interface AwsProvider {
  readonly resource: Resource;
  readonly accessKey: Value<string | undefined>;
  readonly secretKey: Value<string | undefined>;
  readonly token: Value<string | undefined>;
  readonly profile: Value<string | undefined>;
  /** Whether another source of credentials is named: a profile, a role to assume, web identity, shared files. */
  readonly namesAnotherSource: Value<boolean>;
  /** Whether it talks to endpoints of its own, as for a local emulator. */
  readonly hasLocalEndpoints: Value<boolean>;
}

/** The account's password policy; a value left out is undefined. */
export interface PasswordPolicy {
  readonly resource: Resource;
  readonly maxAgeDays: Value<number | undefined>;
  readonly minimumLength: Value<number | undefined>;
  readonly reusePrevention: Value<number | undefined>;
  readonly requiresLowercase: Value<boolean | undefined>;
  readonly requiresUppercase: Value<boolean | undefined>;
  readonly requiresNumbers: Value<boolean | undefined>;
  readonly requiresSymbols: Value<boolean | undefined>;
  readonly hardExpiry: Value<boolean | undefined>;
}

/** A policy of AWS Organizations, of whatever type. */
export interface OrganizationPolicy {
  readonly resource: Resource;
  /** `SERVICE_CONTROL_POLICY` when left out. */
  readonly type: Value<string>;
  readonly content: Policy;
  /** As far as the provider's region tells. */
  readonly partition?: string;
  /** The text as it is sent, for its size. */
  readonly text: Value<string | undefined>;
}

/** A resource that says something about identity, with what is wrong with reading it. */
export interface IdentityResource {
  readonly resource: Resource;
  readonly faults: readonly ReadFault[];
  /** What it holds and nobody can look into before it is known: the text of a template. */
  readonly waiting: readonly Waiting[];
}

export interface ReadFault {
  /** Property of the resource, with the JSON path inside it where there is one: `policy: $.Statement[0].Effect`. */
  readonly where: string;
  readonly message: string;
  readonly fix: string;
  /**
   * `hides`: something in it cannot be seen, so nothing may rest on it. `refused`: AWS will refuse it, but it was read. `unseen`: a
   * kind of resource, a URL or a macro that nobody can read from here.
   */
  readonly effect: "unreadable" | "hides" | "refused" | "unseen";
}

/** One policy that reaches an identity, and the resource that brings it. */
export interface PolicyEdge {
  readonly policy: Policy;
  readonly by: Resource;
  readonly property: string;
  readonly how: "inline" | "managed" | "boundary";
  /** ARN of a managed policy, where it is known. */
  readonly arn?: string;
  /** The resource that makes the managed policy, where the stack does. */
  readonly madeBy?: Resource;
  /** Set where the policy's text is not known yet. */
  readonly waiting?: Waiting;
  /** URNs of the resources that the document was made from: what a hole in it can be. */
  readonly from: readonly string[];
}

/** A reason why the policies or members listed may not be all, or may be fewer: an attachment whose target or policy is not known yet. */
export interface Doubt {
  readonly because: string;
  readonly waiting: Waiting;
}

interface Identity {
  /** The resource that declares it; undefined when it lives elsewhere and the stack only refers to it. */
  readonly resource?: Resource;
  /** To report at: its own resource, or else the first one that refers to it. */
  readonly urn: string;
  /** Name in AWS. */
  readonly name: Value<string>;
  /** With its slashes; left out where it is not known. */
  readonly path?: string;
  /** Own policies, inline and managed. */
  readonly policies: readonly PolicyEdge[];
  readonly boundary?: PolicyEdge;
  /** Customer-managed policies of the stack, attached or not: the same list for all identities. */
  readonly accountPolicies?: readonly AccountPolicy[];
  readonly doubts: readonly Doubt[];
  readonly account?: string;
  readonly partition?: string;
  /** Where it is known, as after an update. */
  readonly arn?: string;
}

export type AnyIdentity = User | Group | Role;

export interface User extends Identity {
  readonly kind: "user";
  readonly groups: readonly Group[];
  readonly credentials: readonly Credential[];
  readonly tags: Value<Readonly<Record<string, string>>>;
}

export interface Group extends Identity {
  readonly kind: "group";
  readonly members: readonly User[];
}

export interface Role extends Identity {
  readonly kind: "role";
  readonly trust: PolicyEdge;
  readonly tags: Value<Readonly<Record<string, string>>>;
  readonly maxSessionSeconds: Value<number>;
}

/** What IAM Identity Center makes a role of in every account that it is assigned in. */
export interface PermissionSet extends Identity {
  readonly kind: "permission set";
  readonly sessionSeconds: Value<number>;
  readonly assignments: readonly Assignment[];
}

/** A policy for identities whose text stands in the stack, inline or managed, attached or not. */
export interface WrittenPolicy {
  readonly resource: Resource;
  readonly policy: Policy;
  /** Set where its text is not known yet. */
  readonly waiting?: Waiting;
  /** Those who have it themselves, as a policy or as boundary; members of such a group are not listed. */
  readonly holders: readonly (AnyIdentity | PermissionSet)[];
}

/** A user or group of IAM Identity Center that may use a permission set in an account. */
export interface Assignment {
  readonly by: Resource;
  /** `USER` or `GROUP`. */
  readonly principalType: Value<string | undefined>;
  readonly principal: Value<string | undefined>;
  readonly account: Value<string | undefined>;
}

/** A user or group of IAM Identity Center that the account access manager lets into roles. */
export interface Entitlement {
  readonly resource: Resource;
  /** One as a rule; those kept elsewhere are among them, without a resource. */
  readonly roles: readonly Role[];
  /** Roles of which it is one, and nobody can tell yet which. */
  readonly doubts: readonly Doubt[];
  /** Ids in the identity store; one of the two is given. */
  readonly group: Value<string | undefined>;
  readonly user: Value<string | undefined>;
}

/** The organization, where the stack manages it. */
export interface Organization {
  readonly resource: Resource;
  /** `ALL` or `CONSOLIDATED_BILLING`. */
  readonly featureSet: Value<string>;
  /** Those enabled, such as `SERVICE_CONTROL_POLICY`; left out where the resource does not say. */
  readonly policyTypes?: Value<readonly string[]>;
}

/** What central root access the stack switches on. */
export interface OrganizationsFeatures {
  readonly resource: Resource;
  /** `RootCredentialsManagement`, `RootSessions`. */
  readonly enabled: Value<readonly string[]>;
}

/** An account that the stack makes in the organization. */
export interface OrganizationAccount {
  readonly resource: Resource;
  readonly name: Value<string | undefined>;
  /** That of its root user. */
  readonly email: Value<string | undefined>;
  readonly contacts: readonly AlternateContact[];
  /** Contacts that may be meant for it. */
  readonly doubts: readonly Doubt[];
}

export interface AlternateContact {
  readonly by: Resource;
  /** `SECURITY`, `BILLING` or `OPERATIONS`. */
  readonly type: Value<string | undefined>;
}

/** An identity provider that trust policies may name. */
export interface IdentityProvider {
  readonly resource: Resource;
  readonly protocol: "OIDC" | "SAML";
  /** The issuer of an OIDC provider. */
  readonly url: Value<string | undefined>;
  /** Where it is known, as after an update. */
  readonly arn?: string;
}

export interface Credential {
  readonly kind: "login profile" | "access key" | "service-specific credential" | "signing certificate" | "SSH key";
  readonly by: Resource;
  /** False where it is declared inactive. */
  readonly active: Value<boolean>;
  /** When AWS made it, in ISO 8601; as a rule not known before that. */
  readonly created?: Value<string | undefined>;
  /** Of a login profile. */
  readonly password?: Password;
}

/** What is said of a password; never the password itself. */
export interface Password {
  /** Whether nobody but its owner can read it in the program or in the stack's state. */
  readonly isEncrypted: Value<boolean>;
  /** In characters; undefined where the provider chooses. */
  readonly length: Value<number | undefined>;
  readonly resetRequired: Value<boolean>;
}

/** A policy of the organization attached to a root, an organizational unit or an account. */
export interface OrganizationAttachment {
  readonly by: Resource;
  /** The resource that makes the policy; undefined when it lives elsewhere or is not known yet. */
  readonly policy?: Resource;
  readonly policyId: Value<string>;
  readonly target: Value<string>;
}

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
