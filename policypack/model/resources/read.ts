import { notYet, remembering } from "../../iam";
import { writesBlocks } from "../types";
import type { ReadFault } from "./read-fault";
import { placeOf, type Resource } from "./resource";
import { known, map, notKnownYet, peek, type Value, type Waiting } from "./value";

/** One value inside a resource, with the way to it. */
export interface PropertyPath {
  /** Path with the list positions filled in, such as `inlinePolicies[0].policy`. */
  readonly path: string;
  /** Undefined where the property is left out, null counting as that. */
  readonly value: Value<unknown>;
}

/**
 * The places that a path means: one for each element where it says `[]`, none where such a list is left out. A list (or an
 * object on the way) that is not known yet is one place that is not known yet.
 *
 * @param path property names and list marks: `name`, `loginProfile.password`, `policies[].policyDocument`
 */
export function placesOf(resource: Resource, path: string, faults: ReadFault[] = []): readonly PropertyPath[] {
  let places: PropertyPath[] = [{ path: "", value: known(resource.properties) }];
  for (const step of stepsOf(path)) {
    places =
      step === "[]"
        ? places.flatMap((place) => elementsOf(resource, place, faults))
        : places.map((place) => memberOf(resource, place, step, faults));
  }
  return places;
}

/** A text; a number counts as one. */
export function textOf(resource: Resource, path: string, faults: ReadFault[] = []): Value<string | undefined> {
  return map(single(resource, path, faults), (value) => asText(value, path, faults));
}

/** A number; a text that is one counts, since properties of providers arrive as text. */
export function numberOf(resource: Resource, path: string, faults: ReadFault[] = []): Value<number | undefined> {
  return map(single(resource, path, faults), (value) => {
    if (value === undefined || typeof value === "number") return value;
    if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
    return wrongType(path, "a number", value, faults);
  });
}

/** True or false; the texts `"true"` and `"false"` count, since properties of providers arrive as text. */
export function flagOf(resource: Resource, path: string, faults: ReadFault[] = []): Value<boolean | undefined> {
  return map(single(resource, path, faults), (value) => {
    if (value === undefined || typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    return wrongType(path, "true or false", value, faults);
  });
}

/** The text at a place that `placesOf` gave. */
export function textAt(place: PropertyPath, faults: ReadFault[] = []): Value<string | undefined> {
  return map(place.value, (value) => asText(value, place.path, faults));
}

/** The text at a place for which no provider takes a number. */
export function textOnlyAt(place: PropertyPath, faults: ReadFault[] = []): Value<string | undefined> {
  return map(place.value, (value) =>
    typeof value === "number" ? wrongType(place.path, "a text", value, faults) : asText(value, place.path, faults),
  );
}

/**
 * Names with their texts, as tags are written: an object in @pulumi/aws, a list of `{key, value}` in @pulumi/aws-native, of
 * `{Key, Value}` in CloudFormation.
 * Not known yet as soon as one of them is not, since what is said of known tags holds of no others.
 */
export function tagsOf(
  resource: Resource,
  path: string,
  faults: ReadFault[] = [],
): Value<Readonly<Record<string, string>>> {
  const tags = single(resource, path, faults);
  if (!tags.known || tags.value === undefined) return map(tags, () => ({}));
  if (hasHole(tags.value)) {
    return notKnownYet(waitingAt(resource, path));
  }
  if (Array.isArray(tags.value)) {
    return known(textsIn(tags.value.map((tag) => [spelt(tag, "key", "Key"), spelt(tag, "value", "Value")])));
  }
  if (isObject(tags.value)) return known(textsIn(Object.entries(tags.value)));
  wrongType(path, "an object of tags", tags.value, faults);
  return known({});
}

/** Whether a value, or anything inside it, is not known yet. */
export function hasHole(value: unknown): boolean {
  if (value === notYet) return true;
  if (Array.isArray(value)) return value.some(hasHole);
  return isObject(value) && Object.values(value).some(hasHole);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of texts; not known yet as soon as one of them is not. */
export function textsOf(resource: Resource, path: string, faults: ReadFault[] = []): Value<readonly string[]> {
  const texts = placesOf(resource, path, faults).map((place) => textAt(place, faults));
  const hole = texts.find((text) => !text.known);
  return hole !== undefined && !hole.known ? hole : known(texts.flatMap((text) => peek(text) ?? []));
}

/** What stands for a value that is not known yet. The resources of one template wait for nothing but the template. */
export function waitingAt(resource: Resource, path: string): Waiting {
  const within = `${resource.urn}#`;
  const on = sourcesOf(resource, path).filter((source) => resource.part === undefined || !source.startsWith(within));
  return { urn: resource.urn, property: placeOf(resource, path), on };
}

/** A member that is written with a small letter in one place and a capital in another. */
export function spelt(value: unknown, ...names: readonly string[]): unknown {
  return names.map((name) => memberIn(value, name)).find((member) => member !== undefined);
}

/** What the property at the path was made from, where the engine or the template tells: URNs, or keys of resources in a template. */
export function sourcesOf(resource: Resource, path: string): readonly string[] {
  return resource.propertyDependencies[propertyIn(path)] ?? [];
}

/**
 * Whether the program sets a property that the provider fills in otherwise: then a preview of the whole stack does not know it, and
 * that says nothing about the program. Inputs are told from outputs by what was shown before the resource's step; without that, an
 * input is only what comes from another resource, since the engine lists no others in `propertyDependencies`.
 */
export function isInput(resource: Resource, path: string): boolean {
  const { inputs } = resource;
  return inputs === undefined ? sourcesOf(resource, path).length > 0 : Object.hasOwn(inputs, propertyIn(path));
}

/** The resource's own property that a path begins with. */
function propertyIn(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** Reports a value of the wrong type by its type only: it may be a secret. */
export function wrongType(path: string, wanted: string, value: unknown, faults: ReadFault[]): undefined {
  const got = Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `a ${typeof value}`;
  faults.push({
    where: path,
    message: `is ${got}, where ${wanted} is expected`,
    fix: `Give ${wanted} for ${path}.`,
    effect: "unreadable",
  });
  return undefined;
}

function single(resource: Resource, path: string, faults: ReadFault[]): Value<unknown> {
  return placesOf(resource, path, faults)[0]?.value ?? known(undefined);
}

/** `policies[].policyDocument` becomes `policies`, `[]`, `policyDocument`. */
const stepsOf = remembering((path): readonly string[] => path.split(/\.|(?=\[\])/).filter((step) => step !== ""));

function memberOf(resource: Resource, place: PropertyPath, name: string, faults: ReadFault[]): PropertyPath {
  if (!place.value.known) return place;
  const holder = place.value.value;
  if (holder !== undefined && !isObject(holder)) wrongType(place.path, "an object", holder, faults);
  return placed(resource, place.path === "" ? name : `${place.path}.${name}`, memberIn(holder, name));
}

function placed(resource: Resource, path: string, value: unknown): PropertyPath {
  if (value !== notYet) return { path, value: known(value ?? undefined) };
  return { path, value: notKnownYet(waitingAt(resource, path)) };
}

function elementsOf(resource: Resource, place: PropertyPath, faults: ReadFault[]): readonly PropertyPath[] {
  if (!place.value.known) return [place];
  const list = place.value.value;
  if (list === undefined) return [];
  // A block with one element, which Terraform's bridge may show without its list.
  if (isObject(list) && writesBlocks(resource.type)) return [place];
  if (!Array.isArray(list)) {
    wrongType(place.path, "a list", list, faults);
    return [];
  }
  return list.map((value: unknown, i) => placed(resource, `${place.path}[${i}]`, value));
}

function memberIn(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function asText(value: unknown, path: string, faults: ReadFault[]): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return wrongType(path, "a text", value, faults);
}

function textsIn(entries: readonly (readonly unknown[])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry.every((part) => typeof part === "string")),
  );
}
