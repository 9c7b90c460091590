import type { StatementRef, Witness } from "../../policypack/iam";

/** What an audit knows of an account beside its findings. */
export interface AccountAudit {
  /** Twelve digits. */
  readonly account: string;
  readonly answers: readonly RuleAnswers[];
  readonly identities: readonly AuditedIdentity[];
  /** Steps between identities that end at an administrator: a graph, as a rule of shortest ways. */
  readonly steps: readonly WayStep[];
  /** Single changes that cut most ways to administrator, the best first. */
  readonly mends: readonly Mend[];
}

/** A rule's three answers: never a silent pass. */
export interface RuleAnswers {
  readonly rule: string;
  /** Names for people. */
  readonly failed: readonly string[];
  readonly passed: number;
  readonly notChecked: readonly NotChecked[];
}

export interface NotChecked {
  readonly because: string;
  /** The IAM action that is missing. */
  readonly permission?: string;
  /** Names for people; left out where it is the whole account. */
  readonly subjects?: readonly string[];
}

export interface AuditedIdentity {
  /** Unique in the audit: its ARN, as a rule. */
  readonly id: string;
  readonly kind: "user" | "group" | "role" | "permission set" | "service" | "outside" | "power";
  readonly name: string;
  readonly isAdministrator: boolean;
  /** Steps to the nearest administrator, 0 for one itself; left out where there is no way. */
  readonly distance?: number;
  /** Of a user: whether AWS knows an MFA device of it. */
  readonly hasMfaDevice?: boolean;
}

/**
 * The id of what is no identity and ends ways all the same: whoever can write their own policies, or those of anybody, needs nobody else. Of
 * kind `power`; only where a step leads to it.
 */
export const POWER_ITSELF = "administrator power";

/** One step on a way to administrator. */
export interface WayStep {
  /** Ids of identities. */
  readonly from: string;
  readonly to: string;
  /** For people: `is a member of`, `may assume`, `starts a new Lambda function as`. */
  readonly how: string;
  /** Id of the escalation path, where it is one. */
  readonly path?: string;
  readonly witnesses: readonly Witness[];
  readonly statements: readonly StatementRef[];
}

export interface Mend {
  /** The identity or policy that is to be changed, and how, for people. */
  readonly what: string;
  /** How many identities lose every way to administrator by it. */
  readonly cuts: number;
  /** Ids of the identities at both ends of a step that it takes away, where it is one. */
  readonly step?: { readonly from: string; readonly to: string };
}
