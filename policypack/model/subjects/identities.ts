import type { AccountPolicy, Policy } from "../../iam";
import type { Resource } from "../resources/resource";
import type { Value, Waiting } from "../resources/value";
import type { CredentialKind } from "../types";
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
  /** The policy's name, where the stack makes it. */
  readonly madeName?: Value<string>;
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
  /** Service control policies that bind it, a list for each level from the organization's root down; where they are known, as in an account. */
  readonly scps?: readonly (readonly Policy[])[];
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
  readonly kind: CredentialKind;
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
