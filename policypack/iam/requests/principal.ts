import type { Document } from "../language/document";

/** A policy as a question sees it: read, or not there yet. */
export interface Policy {
  /** How to name the policy to a person and to find it again: a URN with the property, or a file name. */
  readonly origin: string;
  readonly document: Document | NotRead;
}

/** A policy whose text is not known (yet): it might grant anything and might deny anything. */
export interface NotRead {
  readonly notRead: string;
}

export function isRead(policy: Policy): policy is Policy & { readonly document: Document } {
  return !("notRead" in policy.document);
}

/**
 * Who asks, and everything that decides what it may do. A user's `identity` is its own inline and attached policies plus
 * those of all its groups. A name, path or account that is left out can be any, a partition any that the policies speak of, and `aws`.
 */
export interface Principal {
  readonly kind: "user" | "group" | "role";
  readonly name?: string;
  /** With its slashes. */
  readonly path?: string;
  /** What a name or path that is left out is like, wildcards allowed. */
  readonly nameLike?: string;
  readonly pathLike?: string;
  readonly account?: string;
  readonly partition?: string;
  readonly identity: readonly Policy[];
  /** Permissions boundary: limits, never grants. */
  readonly boundary?: Policy;
  /** ARN of the boundary where it is known. */
  readonly boundaryArn?: string;
  /** Service control policies, one list for each level from the root down; every level must allow. */
  readonly scps?: readonly (readonly Policy[])[];
  /** Names of the groups that a user is a member of. */
  readonly groups?: readonly string[];
  /** ARNs of the customer-managed policies attached to the principal (or its groups); what nobody knows yet is left out. */
  readonly managedPolicyArns?: readonly string[];
  /** Whether a customer-managed policy is attached, its ARN known or not; without a value, whether `managedPolicyArns` names one. */
  readonly customerManaged?: boolean;
  /** Customer-managed policies that are known, attached or not: what attaching one of them, or having to give it as a boundary, is worth. */
  readonly accountPolicies?: readonly AccountPolicy[];
  /** False for a user who surely has no access key. */
  readonly accessKeys?: boolean;
  /** Principal tags where declared: `aws:PrincipalTag/KEY`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A customer-managed policy of an account. */
export interface AccountPolicy {
  /** With `*` for an account that is not known; undefined where the name is not known. */
  readonly arn?: string;
  readonly policy: Policy;
}

/** One concrete request that the policies allow: the proof of a yes. */
export interface Witness {
  /** Who is asking, in words: "a user's access key, without MFA". */
  readonly scenario: string;
  readonly action: string;
  readonly resource: string;
  /** The context keys that matter for the decision; a key left out is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Where a statement stands: the policy's origin and the JSON path inside it, such as `$.Statement[2]`. */
export interface StatementRef {
  readonly origin: string;
  readonly path: string;
}

/** What narrows a grant without taking it away. */
export type Qualifier = "resource" | "mfa" | "network" | "tag" | "time";

/** What every yes of a question about power carries. */
export interface Grant {
  readonly witnesses: readonly Witness[];
  readonly statements: readonly StatementRef[];
  readonly qualifiers: readonly Qualifier[];
  /** Policies not read yet whose Deny could still take the grant away; empty when the yes is final. */
  readonly unless: readonly string[];
}
