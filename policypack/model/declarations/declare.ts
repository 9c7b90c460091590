import { parseArn } from "../resources/provider-scope";
import {
  hasHole,
  isInput,
  numberOf,
  type PropertyPath,
  placesOf,
  sourcesOf,
  spelt,
  tagsOf,
  textAt,
  textOf,
  textOnlyAt,
  textsOf,
  waitingAt,
} from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import type { Resource } from "../resources/resource";
import { known, map, notKnownYet, peek, type Value } from "../resources/value";
import {
  type Declares,
  type DeclaresIdentity,
  declaresOf,
  type HolderKind,
  type Path,
  type Target,
  writesBlocks,
} from "../types";
import type { Declaration, Declared, DeclaredIdentity, References, Whom } from "./declared";
import { passwordOf } from "./password";
import { documentAt, documentOf, type Parse, parsingOnce } from "./policy-document";

/** Reads a resource by the table of types. */
export function declarationsOf(resource: Resource): Declared {
  const faults: ReadFault[] = [];
  const parse = parsingOnce();
  const declarations = declaresOf(resource.type).flatMap((entry) => read(resource, entry, faults, parse));
  return { resource, declarations, faults: eachOnce(faults) };
}

/** Several properties are on the way through one that is wrong. */
function eachOnce(faults: readonly ReadFault[]): readonly ReadFault[] {
  return [...new Map(faults.map((fault) => [`${fault.where}: ${fault.message}`, fault])).values()];
}

function read(resource: Resource, entry: Declares, faults: ReadFault[], parse: Parse): readonly Declaration[] {
  switch (entry.declares) {
    case "user":
    case "group":
    case "role":
      return [identity(resource, entry, faults, parse)];
    case "managed policy": {
      const policy = documentOf(resource, entry.document, "identity", faults, parse);
      if (policy === undefined) return [];
      const { name, path } = entry;
      const named = naming(resource, name, path, faults);
      return [{ declared: "managed policy", ...named, path: named.path ?? "/", policy }];
    }
    case "inline policy": {
      const on = whom(resource, entry.on, faults);
      const places = entry.name === undefined ? [] : placesOf(resource, entry.name);
      const names = places.map((place) => textAt(place));
      return given(resource, entry.document, entry.computed, faults).flatMap((place, i) => {
        // The provider shows a role without inline policies as one empty policy.
        if (entry.computed && place.value.known && place.value.value === "") return [];
        const policy = documentAt(resource, place, "identity", faults, parse);
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
      const { exclusive = false } = entry;
      if (entry.policy === "self") return [{ declared: "attachment", on, policies: "self", exclusive }];
      const places = given(resource, entry.policy, entry.computed, faults).map((place) =>
        entry.written === undefined ? place : nameAndPath(resource, place),
      );
      const policies = references(resource, entry.policy, faults, places);
      return policies.items.length === 0 && !exclusive ? [] : [{ declared: "attachment", on, policies, exclusive }];
    }
    case "boundary": {
      const on = whom(resource, entry.on, faults);
      const places = placesOf(resource, entry.policy, faults).map((place) =>
        entry.written === undefined ? place : nameAndPath(resource, place),
      );
      const policy = references(resource, entry.policy, faults, places);
      return policy.items.length === 0 ? [] : [{ declared: "boundary", on, policy }];
    }
    case "membership": {
      const user = whom(resource, entry.user, faults);
      const group = whom(resource, entry.group, faults);
      return [{ declared: "membership", user, group }];
    }
    case "credential":
      return credential(resource, entry, faults);
    case "organization policy":
      return [{ declared: "organization policy", id: organizationId(resource) }];
    case "organization attachment": {
      const targets = references(resource, entry.targets, faults);
      const policies = entry.policy === "self" ? "self" : references(resource, entry.policy, faults);
      return [{ declared: "organization attachment", policies, targets }];
    }
    case "organization account": {
      const name = textOf(resource, entry.name, faults);
      const email = textOf(resource, entry.email, faults);
      const parent = references(resource, entry.parent, faults);
      return [{ declared: "organization account", id: organizationId(resource), name, email, parent }];
    }
    case "organizational unit": {
      const parent = references(resource, entry.parent, faults);
      return [{ declared: "organizational unit", id: organizationId(resource), parent }];
    }
    case "alternate contact": {
      const contact = textOf(resource, entry.type, faults);
      return [{ declared: "alternate contact", contact, account: references(resource, entry.account, faults) }];
    }
    case "organization": {
      // AWS Organizations API Reference, "CreateOrganization": all features when left out.
      const featureSet = map(textOf(resource, entry.featureSet, faults), (text) => text ?? "ALL");
      const policyTypes = entry.policyTypes === undefined ? undefined : textsOf(resource, entry.policyTypes, faults);
      return [{ declared: "organization", featureSet, policyTypes }];
    }
    case "organizations features":
      return [{ declared: "organizations features", enabled: textsOf(resource, entry.enabled, faults) }];
    case "identity provider": {
      const { protocol } = entry;
      const url = entry.url === undefined ? known(undefined) : textOf(resource, entry.url, faults);
      return [{ declared: "identity provider", protocol, url, arn: arnOf(resource) }];
    }
    case "permission set": {
      const name = map(textOf(resource, entry.name, faults), (text) => text ?? "");
      const session = map(textOf(resource, entry.session, faults), (text) => secondsOf(text, entry.session, faults));
      return [{ declared: "permission set", name, arn: arnOf(resource), session }];
    }
    case "assignment":
      return [
        {
          declared: "assignment",
          on: whom(resource, { kind: "permission set", at: entry.permissionSet }, faults),
          principalType: textOf(resource, entry.principalType, faults),
          principal: textOf(resource, entry.principal, faults),
          account: textOf(resource, entry.account, faults),
        },
      ];
    case "entitlement":
      return [entitlement(resource, entry, faults)];
    case "unseen kind":
      faults.push({
        where: "type",
        message: `is ${resource.type}, a kind that may hold users, groups, roles or policies and that cannot be read from here`,
        fix: "Use the resources of IAM themselves, or review by hand what this one grants.",
        effect: "unseen",
      });
      return [];
    case "template":
    case "desired state":
    case "password policy":
    case "organization resource policy":
    case "provider":
      return [];
  }
}

function entitlement(
  resource: Resource,
  entry: Extract<Declares, { declares: "entitlement" }>,
  faults: ReadFault[],
): Declaration {
  const wrong: ReadFault[] = [];
  const places = placesOf(resource, entry.role, wrong);
  const names = references(resource, entry.role, wrong, places, textOnlyAt);
  faults.push(...wrong);
  const isGiven = places.some(({ value }) => !value.known || value.value !== undefined);
  if (!isGiven && wrong.length === 0) {
    faults.push({
      where: places[0]?.path ?? entry.role.replaceAll("[]", ""),
      message: "names no role, so AWS refuses the entitlement",
      fix: "Give the ARN of the role that it is for.",
      effect: "refused",
    });
  }
  const group = firstOf(resource, entry.group, faults);
  const user = firstOf(resource, entry.user, faults);
  return { declared: "entitlement", on: { kind: "role", names }, group, user };
}

function firstOf(resource: Resource, path: Path, faults: ReadFault[]): Value<string | undefined> {
  const [place] = placesOf(resource, path, faults);
  return place === undefined ? known(undefined) : textAt(place, faults);
}

function identity(resource: Resource, entry: DeclaresIdentity, faults: ReadFault[], parse: Parse): DeclaredIdentity {
  const boundary = entry.boundary === undefined ? undefined : references(resource, entry.boundary, faults);
  const session = entry.maxSession === undefined ? known(undefined) : numberOf(resource, entry.maxSession, faults);
  return {
    declared: "identity",
    kind: entry.declares,
    ...naming(resource, entry.name, entry.path, faults),
    tags: entry.tags === undefined ? known({}) : tagsOf(resource, entry.tags, faults),
    boundary: boundary?.items.length === 0 ? undefined : boundary,
    trust: entry.trust === undefined ? undefined : trustOf(resource, entry.trust, faults, parse),
    // IAM API Reference, "CreateRole": an hour when left out.
    maxSession: map(session, (seconds) => seconds ?? 3600),
  };
}

function trustOf(resource: Resource, property: Path, faults: ReadFault[], parse: Parse): DeclaredIdentity["trust"] {
  const trust = documentOf(resource, property, "trust", faults, parse);
  return trust === undefined ? undefined : { ...trust, property };
}

function naming(resource: Resource, namePath: Path, pathPath: Path, faults: ReadFault[]) {
  const name = nameOf(resource, namePath, faults);
  const path = nameOf(resource, pathPath, faults);
  return {
    name: name.known && name.value === undefined ? nameless(resource, namePath) : map(name, (text) => text ?? ""),
    // IAM API Reference, "CreateUser" and its like: a slash when left out.
    path: path.known ? (path.value ?? "/") : undefined,
    arn: arnOf(resource),
  };
}

function nameOf(resource: Resource, path: Path, faults: ReadFault[]): Value<string | undefined> {
  const [place] = placesOf(resource, path, faults);
  return place === undefined ? known(undefined) : nameReader(resource)(place, faults);
}

/** Names in Terraform's language have a type, and a number is none; everywhere else a number is written for a text as well. */
function nameReader({ type }: Resource): typeof textAt {
  return writesBlocks(type) ? textOnlyAt : textAt;
}

/** An output, under the names that the providers give it. */
function arnOf(resource: Resource): string | undefined {
  return ["arn", "policyArn", "permissionSetArn"]
    .map((property) => peek(textOf(resource, property)))
    .find((text) => text !== undefined && parseArn(text) !== undefined);
}

/** IAM Identity Center API Reference, "CreatePermissionSet": ISO 8601, an hour when left out. */
function secondsOf(duration: string | undefined, path: Path, faults: ReadFault[]): number {
  if (duration === undefined || duration === "") return 3600;
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (parts !== null) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  }
  faults.push({
    where: path,
    message: "is no duration in ISO 8601, so AWS refuses it",
    fix: 'Write "PT1H" for an hour.',
    effect: "refused",
  });
  // The longest that there is: nothing is to pass for short by being misspelt.
  return 43_200;
}

/** `/path/name` for an object of the two, as a policy is referred to that is kept in every account under the same name. */
function nameAndPath(resource: Resource, place: PropertyPath): PropertyPath {
  const { path, value } = place;
  if (!value.known || value.value === undefined) return place;
  const name = spelt(value.value, "name", "Name");
  if (hasHole(value.value)) return { path, value: notKnownYet(waitingAt(resource, path)) };
  return { path, value: known(`${spelt(value.value, "path", "Path") ?? "/"}${name}`) };
}

/** The id as the provider shows it; else the last part of the ARN (AWS Organizations API Reference, "PolicySummary", "Account"). */
function organizationId(resource: Resource): Value<string> {
  for (const property of ["id", "awsId"]) {
    const id = textOf(resource, property);
    if (id.known && id.value !== undefined) return known(id.value);
  }
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
  const { created, password } = entry;
  const details = {
    kind: entry.credential,
    active,
    ...(created === undefined ? {} : { created: textOf(resource, created, faults) }),
    ...(password === undefined ? {} : { password: passwordOf(resource, password, faults) }),
  };
  return [{ declared: "credential", user: whom(resource, entry.user, faults), credential: details }];
}

function whom<K extends HolderKind>(resource: Resource, target: Target<K>, faults: ReadFault[]): Whom<K> {
  if (target.at === "self") return { kind: target.kind, names: "self" };
  const places = placesOf(resource, target.at, faults);
  return { kind: target.kind, names: references(resource, target.at, faults, places, nameReader(resource)) };
}

/**
 * The places of a property, none where the provider and not the program fills it in: what it shows of an existing role may be what
 * the program is about to take away. Where nobody tells inputs from outputs, what is known counts all the same.
 */
function given(
  resource: Resource,
  path: Path,
  computed: true | undefined,
  faults: ReadFault[],
): readonly PropertyPath[] {
  const places = placesOf(resource, path, faults);
  if (computed === undefined || isInput(resource, path)) return places;
  if (resource.inputs !== undefined) return [];
  return places.filter((place) => place.value.known || isElement(place));
}

/** A place within a list that is itself known. */
function isElement(place: PropertyPath): boolean {
  return place.path.includes("[");
}

function references(
  resource: Resource,
  path: Path,
  faults: ReadFault[],
  places: readonly PropertyPath[] = placesOf(resource, path, faults),
  readAt: typeof textAt = textAt,
): References {
  const items: Value<string>[] = [];
  for (const place of places) {
    const text = readAt(place, faults);
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
