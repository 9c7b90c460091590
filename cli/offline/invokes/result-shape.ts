import type { Shape } from "../../pulumi/result-shape";
import { markerFor } from "../../pulumi/unknown-markers";
import type { Json, JsonObject } from "../../pulumi/values";

/**
 * An answer for a function of a provider that nobody can call offline, shaped like its declared result so that a program
 * can read it: markers for texts, two elements for lists of texts and one for lists of objects, 0 and false for the rest.
 */
export function unknownResult(
  token: string,
  args: JsonObject,
  shape: { readonly [property: string]: Shape } | undefined,
): JsonObject {
  return shape === undefined ? {} : objectFor(shape, `${token} ${JSON.stringify(args)}`);
}

function objectFor(shape: { readonly [property: string]: Shape }, origin: string): JsonObject {
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, valueFor(name, member, origin)]));
}

function valueFor(name: string, shape: Shape, origin: string): Json {
  if (shape === "number") return 0;
  if (shape === "flag") return false;
  if (shape === "map") return {};
  if (shape === "text") return markerFor(name, origin);
  if (!isList(shape)) return objectFor(shape, `${origin} ${name}`);
  const [element] = shape;
  if (element === "text") return [1, 2].map((index) => markerFor(singular(name), `${origin} ${index}`));
  return isEmpty(element) ? [] : [valueFor(name, element, origin)];
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

/** An object of which nothing is declared, or nothing was followed. */
function isEmpty(shape: Shape): boolean {
  return typeof shape === "object" && !isList(shape) && Object.keys(shape).length === 0;
}

const singular = (name: string) => name.replace(/s$/, "");
