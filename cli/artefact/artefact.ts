import type { Resource, StackIdentity } from "../pulumi/stack";

/** A stack as a file of Pulumi's own holds it. */
export interface Artefact {
  /** What the file is, in words: `the preview`, `the export`. */
  readonly what: string;
  readonly identity: StackIdentity;
  readonly resources: readonly Resource[];
  /** What such a file leaves out and nothing can give. */
  readonly notSeen: readonly string[];
  /** Set where resources of the stack are missing, so that what is left cannot pass. */
  readonly incomplete?: { readonly because: string; readonly fix: string };
}

/** What the engine knows of a run, as far as URNs of the stack and its configuration tell. */
export type IdentityOf = (urns: readonly string[], config?: ReadonlyMap<string, string>) => StackIdentity;
