import type { ReadFault } from "../resources/read-fault";
import type { Resource } from "../resources/resource";
import type { Value } from "../resources/value";
import type { Credential } from "../subjects/identities";
import type { HolderKind, IdentityKind } from "../types";
import type { ReadPolicy } from "./policy-document";

/** Names or ARNs that a property gives, to be looked up in the stack. */
export interface References {
  readonly property: string;
  readonly items: readonly Value<string>[];
  /** False where the list itself is not known yet, so that it may hold any number. */
  readonly counted: boolean;
  /** URNs that the property was made from. */
  readonly from: readonly string[];
}

/** Whom a declaration concerns: what the same resource makes, or what a property names. */
export type Whom<K> = { readonly kind: K; readonly names: References | "self" };

export interface DeclaredIdentity {
  readonly declared: "identity";
  readonly kind: IdentityKind;
  readonly name: Value<string>;
  /** Undefined where it is not known yet. */
  readonly path: string | undefined;
  readonly arn: string | undefined;
  readonly tags: Value<Readonly<Record<string, string>>>;
  readonly boundary: References | undefined;
  readonly trust: (ReadPolicy & { readonly property: string }) | undefined;
  readonly maxSession: Value<number>;
}

export interface DeclaredPolicy {
  readonly declared: "managed policy";
  readonly name: Value<string>;
  readonly path: string;
  readonly arn: string | undefined;
  readonly policy: ReadPolicy;
}

export interface DeclaredPermissionSet {
  readonly declared: "permission set";
  readonly name: Value<string>;
  readonly arn: string | undefined;
  readonly session: Value<number>;
}

export type Declaration =
  | DeclaredIdentity
  | DeclaredPolicy
  | DeclaredPermissionSet
  | {
      readonly declared: "inline policy";
      readonly on: Whom<HolderKind>;
      readonly property: string;
      readonly policy: ReadPolicy;
      readonly name: Value<string | undefined>;
    }
  | { readonly declared: "inline policy names"; readonly on: Whom<HolderKind>; readonly names: References }
  | {
      readonly declared: "attachment";
      readonly on: Whom<HolderKind>;
      readonly policies: References | "self";
      /** Nothing else stays attached. */
      readonly exclusive: boolean;
    }
  | { readonly declared: "boundary"; readonly on: Whom<HolderKind>; readonly policy: References }
  | { readonly declared: "membership"; readonly user: Whom<"user">; readonly group: Whom<"group"> }
  | {
      readonly declared: "credential";
      readonly user: Whom<"user">;
      readonly credential: Omit<Credential, "by">;
    }
  | { readonly declared: "organization policy"; readonly id: Value<string> }
  | {
      readonly declared: "organization account";
      readonly id: Value<string>;
      readonly name: Value<string | undefined>;
      readonly email: Value<string | undefined>;
      readonly parent: References;
    }
  | { readonly declared: "organizational unit"; readonly id: Value<string>; readonly parent: References }
  | {
      readonly declared: "alternate contact";
      readonly contact: Value<string | undefined>;
      readonly account: References;
    }
  | {
      readonly declared: "organization";
      readonly featureSet: Value<string>;
      readonly policyTypes: Value<readonly string[]> | undefined;
    }
  | { readonly declared: "organizations features"; readonly enabled: Value<readonly string[]> }
  | {
      readonly declared: "identity provider";
      readonly protocol: "OIDC" | "SAML";
      readonly url: Value<string | undefined>;
      readonly arn: string | undefined;
    }
  | {
      readonly declared: "assignment";
      readonly on: Whom<"permission set">;
      readonly principalType: Value<string | undefined>;
      readonly principal: Value<string | undefined>;
      readonly account: Value<string | undefined>;
    }
  | {
      readonly declared: "entitlement";
      readonly on: Whom<"role">;
      readonly group: Value<string | undefined>;
      readonly user: Value<string | undefined>;
    }
  | {
      readonly declared: "organization attachment";
      readonly policies: References | "self";
      readonly targets: References;
    };

/** Everything that one resource says about users, groups, roles and their policies, with what is wrong with reading it. */
export interface Declared {
  readonly resource: Resource;
  readonly declarations: readonly Declaration[];
  readonly faults: readonly ReadFault[];
}
