import { documentAt, documentOf, type ReadPolicy } from "./document";
import { isInput, numberOf, type Place, placesOf, sourcesOf, tagsOf, textAt, textOf } from "./read";
import type { Resource } from "./resource";
import { parseArn } from "./scope";
import type { Credential, ReadFault } from "./subjects";
import { type Declares, type DeclaresIdentity, declaresOf, type IdentityKind, type Path, type Target } from "./types";
import { known, map, notKnownYet, peek, type Value } from "./value";

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
  readonly path: string;
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

export type Declaration =
  | DeclaredIdentity
  | DeclaredPolicy
  | {
      readonly declared: "inline policy";
      readonly on: Whom<IdentityKind>;
      readonly property: string;
      readonly policy: ReadPolicy;
      readonly name: Value<string | undefined>;
    }
  | { readonly declared: "inline policy names"; readonly on: Whom<IdentityKind>; readonly names: References }
  | { readonly declared: "attachment"; readonly on: Whom<IdentityKind>; readonly policies: References | "self" }
  | { readonly declared: "membership"; readonly user: Whom<"user">; readonly group: Whom<"group"> }
  | {
      readonly declared: "credential";
      readonly user: Whom<"user">;
      readonly credential: Credential["kind"];
      readonly active: Value<boolean>;
    }
  | { readonly declared: "organization policy"; readonly id: Value<string> }
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

const remembered = new WeakMap<Resource, Declared>();

/** Reads a resource by the table of types. A resource record never changes, so it is read once. */
export function declarationsOf(resource: Resource): Declared {
  const before = remembered.get(resource);
  if (before !== undefined) return before;
  const faults: ReadFault[] = [];
  const declarations = declaresOf(resource.type).flatMap((entry) => read(resource, entry, faults));
  const declared = { resource, declarations, faults };
  remembered.set(resource, declared);
  return declared;
}

function read(resource: Resource, entry: Declares, faults: ReadFault[]): readonly Declaration[] {
  switch (entry.declares) {
    case "user":
    case "group":
    case "role":
      return [identity(resource, entry, faults)];
    case "managed policy": {
      const policy = documentOf(resource, entry.document, "identity", faults);
      if (policy === undefined) return [];
      const { name, path } = entry;
      return [{ declared: "managed policy", ...naming(resource, name, path, faults), policy }];
    }
    case "inline policy": {
      const on = whom(resource, entry.on, faults);
      const names = placesOf(resource, entry.name).map((place) => textAt(place));
      return given(resource, entry.document, entry.computed, faults).flatMap((place, i) => {
        // The provider shows a role without inline policies as one empty policy.
        if (entry.computed && place.value.known && place.value.value === "") return [];
        const policy = documentAt(resource, place, "identity", faults);
        return policy === undefined
          ? []
          : [{ declared: "inline policy", on, property: place.path, policy, name: names[i] ?? known(undefined) }];
      });
    }
    case "inline policy names": {
      const on = whom(resource, entry.on, faults);
      return [{ declared: "inline policy names", on, names: references(resource, entry.names, faults) }];
    }
    case "attachment": {
      const on = whom(resource, entry.on, faults);
      if (entry.policy === "self") return [{ declared: "attachment", on, policies: "self" }];
      const policies = references(
        resource,
        entry.policy,
        faults,
        given(resource, entry.policy, entry.computed, faults),
      );
      return policies.items.length === 0 ? [] : [{ declared: "attachment", on, policies }];
    }
    case "membership": {
      const user = whom(resource, entry.user, faults);
      const group = whom(resource, entry.group, faults);
      return [{ declared: "membership", user, group }];
    }
    case "credential":
      return credential(resource, entry, faults);
    case "organization policy":
      return [{ declared: "organization policy", id: organizationPolicyId(resource) }];
    case "organization attachment": {
      const targets = references(resource, entry.targets, faults);
      const policies = entry.policy === "self" ? "self" : references(resource, entry.policy, faults);
      return [{ declared: "organization attachment", policies, targets }];
    }
    case "password policy":
    case "provider":
      return [];
  }
}

function identity(resource: Resource, entry: DeclaresIdentity, faults: ReadFault[]): DeclaredIdentity {
  const boundary = entry.boundary === undefined ? undefined : references(resource, entry.boundary, faults);
  const session = entry.maxSession === undefined ? known(undefined) : numberOf(resource, entry.maxSession, faults);
  return {
    declared: "identity",
    kind: entry.declares,
    ...naming(resource, entry.name, entry.path, faults),
    tags: entry.tags === undefined ? known({}) : tagsOf(resource, entry.tags, faults),
    boundary: boundary?.items.length === 0 ? undefined : boundary,
    trust: entry.trust === undefined ? undefined : trustOf(resource, entry.trust, faults),
    // IAM API Reference, "CreateRole": an hour when left out.
    maxSession: map(session, (seconds) => seconds ?? 3600),
  };
}

function trustOf(resource: Resource, property: Path, faults: ReadFault[]): DeclaredIdentity["trust"] {
  const trust = documentOf(resource, property, "trust", faults);
  return trust === undefined ? undefined : { ...trust, property };
}

function naming(resource: Resource, namePath: Path, pathPath: Path, faults: ReadFault[]) {
  const name = textOf(resource, namePath, faults);
  const path = textOf(resource, pathPath, faults);
  const arns = [peek(textOf(resource, "arn")), peek(textOf(resource, "policyArn"))];
  return {
    name: name.known && name.value === undefined ? nameless(resource, namePath) : map(name, (text) => text ?? ""),
    path: (path.known ? path.value : undefined) ?? "/",
    arn: arns.find((text) => text !== undefined && parseArn(text) !== undefined),
  };
}

/** An output of @pulumi/aws-native; for @pulumi/aws the last part of the ARN (AWS Organizations API Reference, "PolicySummary"). */
function organizationPolicyId(resource: Resource): Value<string> {
  const id = textOf(resource, "awsId");
  if (id.known && id.value !== undefined) return known(id.value);
  const arn = textOf(resource, "arn");
  const last = arn.known ? arn.value?.split("/").at(-1) : undefined;
  return last === undefined ? nameless(resource, "id") : known(last);
}

function nameless(resource: Resource, property: string): Value<string> {
  return notKnownYet({ urn: resource.urn, property, on: [] });
}

function credential(
  resource: Resource,
  entry: Extract<Declares, { declares: "credential" }>,
  faults: ReadFault[],
): readonly Declaration[] {
  const condition = entry.when === undefined ? undefined : placesOf(resource, entry.when, faults)[0]?.value;
  if (condition?.known && condition.value === undefined) return [];
  const status = entry.status === undefined ? known(undefined) : textOf(resource, entry.status, faults);
  const active: Value<boolean> =
    condition !== undefined && !condition.known
      ? condition
      : map(status, (text) => text === undefined || text.toLowerCase() !== "inactive");
  return [{ declared: "credential", user: whom(resource, entry.user, faults), credential: entry.credential, active }];
}

function whom<K extends IdentityKind>(resource: Resource, target: Target<K>, faults: ReadFault[]): Whom<K> {
  return { kind: target.kind, names: target.at === "self" ? "self" : references(resource, target.at, faults) };
}

/**
 * The places of a property, none where the provider and not the program fills it in: what it shows of an existing role may be what
 * the program is about to take away. Where nobody tells inputs from outputs, what is known counts all the same.
 */
function given(resource: Resource, path: Path, computed: true | undefined, faults: ReadFault[]): readonly Place[] {
  const places = placesOf(resource, path, faults);
  if (computed === undefined || isInput(resource, path)) return places;
  if (resource.inputs !== undefined) return [];
  return places.filter((place) => place.value.known || isElement(place));
}

/** A place within a list that is itself known. */
function isElement(place: Place): boolean {
  return place.path.includes("[");
}

function references(
  resource: Resource,
  path: Path,
  faults: ReadFault[],
  places: readonly Place[] = placesOf(resource, path, faults),
): References {
  const items: Value<string>[] = [];
  for (const place of places) {
    const text = textAt(place, faults);
    if (!text.known) items.push(text);
    else if (text.value !== undefined && text.value !== "") items.push(known(text.value));
  }
  return {
    property: path.replace("[]", ""),
    items,
    counted: !path.includes("[]") || places.every((place) => place.value.known || isElement(place)),
    from: sourcesOf(resource, path),
  };
}
