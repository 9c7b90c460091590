import type { Document } from "./document";
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
