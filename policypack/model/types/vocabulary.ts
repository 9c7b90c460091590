/** The way to a property: `name`, `loginProfile.password`; `[]` stands for every element of a list. */
export type Path = string;

export type IdentityKind = "user" | "group" | "role";

/** What a user can sign in or sign requests with. */
export type CredentialKind =
  | "login profile"
  | "access key"
  | "service-specific credential"
  | "signing certificate"
  | "SSH key";

/** Whatever policies can be given to. */
export type HolderKind = IdentityKind | "permission set";

/** Whom a declaration concerns: whoever the same resource makes, or those that a property names. */
export interface Target<K extends HolderKind = HolderKind> {
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
      readonly name?: Path;
      /** The provider fills it in when the program does not: then a preview shows it as not known. */
      readonly computed?: true;
    }
  | {
      readonly declares: "attachment";
      readonly on: Target;
      /** ARNs, or the managed policy that the same resource makes. */
      readonly policy: Path | "self";
      readonly computed?: true;
      /** The policies are objects of a name and a path, in whichever account the holder comes to be. */
      readonly written?: "name and path";
      /** Whoever is meant keeps no managed policies but these. */
      readonly exclusive?: true;
    }
  | {
      readonly declares: "boundary";
      readonly on: Target;
      readonly policy: Path;
      readonly written?: "name and path";
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
      readonly credential: CredentialKind;
      readonly user: Target<"user">;
      /** `Active` or `Inactive`; active when left out. */
      readonly status?: Path;
      /** Declared only where this property is given. */
      readonly when?: Path;
      /** When it was made; AWS tells. */
      readonly created?: Path;
      /** Of a login profile. */
      readonly password?: PasswordPaths;
    }
  | { readonly declares: "password policy" }
  | { readonly declares: "organization policy"; readonly type: Path; readonly content: Path }
  | {
      /** Who in member accounts may manage policies of the organization. */
      readonly declares: "organization resource policy";
      readonly content: Path;
    }
  | {
      readonly declares: "organization attachment";
      /** Ids, or the policy that the same resource makes. */
      readonly policy: Path | "self";
      /** Ids of roots, organizational units or accounts. */
      readonly targets: Path;
    }
  | { readonly declares: "organization account"; readonly name: Path; readonly email: Path; readonly parent: Path }
  | { readonly declares: "organizational unit"; readonly parent: Path }
  | { readonly declares: "alternate contact"; readonly type: Path; readonly account: Path }
  | { readonly declares: "organization"; readonly featureSet: Path; readonly policyTypes?: Path }
  | { readonly declares: "organizations features"; readonly enabled: Path }
  | { readonly declares: "identity provider"; readonly protocol: "OIDC" | "SAML"; readonly url?: Path }
  | { readonly declares: "permission set"; readonly name: Path; readonly session: Path }
  | {
      readonly declares: "assignment";
      readonly permissionSet: Path;
      readonly principalType: Path;
      readonly principal: Path;
      readonly account: Path;
    }
  | {
      /** Lets a user or group of IAM Identity Center into a role. */
      readonly declares: "entitlement";
      readonly role: Path;
      readonly group: Path;
      readonly user: Path;
    }
  | {
      /** A CloudFormation template, whose resources count as if they stood beside this one. */
      readonly declares: "template";
      readonly body: Path;
      readonly urls: readonly Path[];
      readonly parameters: Path;
      /** Its resources come to be in other accounts than the provider's. */
      readonly inOtherAccounts?: true;
    }
  | {
      /** One resource of CloudFormation's registry, with its properties as JSON text or an object. */
      readonly declares: "desired state";
      readonly type: Path;
      readonly state: Path;
    }
  | { readonly declares: "provider" }
  | {
      /** Of a service that makes identities, but a kind that nobody has looked into. */
      readonly declares: "unseen kind";
    };

/** A password stands in the program, or the provider makes one of some length, for somebody's PGP key where one is given. */
export type PasswordPaths = { readonly resetRequired: Path } & (
  | { readonly text: Path }
  | { readonly pgpKey: Path; readonly length: Path }
);

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
