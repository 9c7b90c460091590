import type { Policy } from "../language/policy";

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
  /** Names of groups that give no more than the principal has: to be added to one of them is no step. */
  readonly groupsWithoutMore?: readonly string[];
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

/** Policies of every sort that decide about the principal. */
export function policiesOf(principal: Principal): readonly Policy[] {
  return [
    ...principal.identity,
    ...(principal.boundary === undefined ? [] : [principal.boundary]),
    ...(principal.scps ?? []).flat(),
  ];
}
