/** Stands inside a policy document for a value that is not known yet. */
export const notYet: unique symbol = Symbol("not known yet");

/** Where a document is used; decides which elements it must and must not have. */
export type PolicyKind = "identity" | "trust" | "scp" | "resource";

/** The values of an Action, NotAction, Resource or NotResource element. */
export interface Selection {
  /** True for the `Not…` form: everything but the values. */
  readonly inverted: boolean;
  readonly values: readonly string[];
  /** Whether more values belong here that are not known yet. */
  readonly open: boolean;
}

/** One operator and key of a Condition element, with its values. */
export interface Condition {
  readonly path: string;
  /** As written, such as `ForAllValues:StringLikeIfExists`. */
  readonly operator: string;
  /** In lower case; AWS does not distinguish. */
  readonly key: string;
  readonly values: readonly string[];
  /** Whether more values belong here that are not known yet; with an empty operator or key, nothing is known. */
  readonly open: boolean;
}

export interface TrustedPrincipal {
  readonly type: "AWS" | "Service" | "Federated" | "CanonicalUser" | "*";
  readonly value: string;
}

export interface PrincipalElement {
  /** True for NotPrincipal. */
  readonly inverted: boolean;
  readonly entries: readonly TrustedPrincipal[];
  readonly open: boolean;
}

export interface Statement {
  /** JSON path, such as `$.Statement[0]`. */
  readonly path: string;
  readonly effect: "Allow" | "Deny" | typeof notYet;
  readonly action: Selection;
  readonly resource: Selection;
  readonly principal?: PrincipalElement;
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** A policy document in normal form: one spelling for everything that AWS reads alike. */
export interface Document {
  readonly kind: PolicyKind;
  /** Whether `${…}` is a policy variable (Version 2012-10-17) or plain text (2008-10-17, also when Version is missing). */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}
