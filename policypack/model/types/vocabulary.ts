import type { Credential } from "../subjects";

/** The way to a property: `name`, `loginProfile.password`; `[]` stands for every element of a list. */
export type Path = string;

export type IdentityKind = "user" | "group" | "role";

/** Whom a declaration concerns: whoever the same resource makes, or those that a property names. */
export interface Target<K extends IdentityKind = IdentityKind> {
  readonly kind: K;
  readonly at: Path | "self";
}

/** What a resource of some type says about identity. A resource may say several such things. */
export type Declares =
  | DeclaresIdentity
  | { readonly declares: "managed policy"; readonly name: Path; readonly path: Path; readonly document: Path }
  | {
      readonly declares: "inline policy";
      readonly on: Target;
      readonly document: Path;
      readonly name: Path;
      /** The provider fills it in when the program does not: then a preview shows it as not known. */
      readonly computed?: true;
    }
  | {
      readonly declares: "attachment";
      readonly on: Target;
      /** ARNs, or the managed policy that the same resource makes. */
      readonly policy: Path | "self";
      readonly computed?: true;
    }
  | {
      /** The names of all inline policies that an identity keeps; those that the stack does not make are kept elsewhere. */
      readonly declares: "inline policy names";
      readonly on: Target;
      readonly names: Path;
    }
  | { readonly declares: "membership"; readonly user: Target<"user">; readonly group: Target<"group"> }
  | {
      readonly declares: "credential";
      readonly credential: Credential["kind"];
      readonly user: Target<"user">;
      /** `Active` or `Inactive`; active when left out. */
      readonly status?: Path;
      /** Declared only where this property is given. */
      readonly when?: Path;
    }
  | { readonly declares: "password policy" }
  | { readonly declares: "organization policy" }
  | {
      readonly declares: "organization attachment";
      /** Ids, or the policy that the same resource makes. */
      readonly policy: Path | "self";
      /** Ids of roots, organizational units or accounts. */
      readonly targets: Path;
    }
  | { readonly declares: "provider" };

export interface DeclaresIdentity {
  readonly declares: IdentityKind;
  readonly name: Path;
  readonly path: Path;
  readonly tags?: Path;
  /** ARN of the permissions boundary. */
  readonly boundary?: Path;
  /** The trust policy; roles have one. */
  readonly trust?: Path;
  readonly maxSession?: Path;
}

export type TypeTable = Readonly<Record<string, readonly Declares[]>>;
