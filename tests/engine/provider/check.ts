import { isMap, isUnknown, type Wire, type WireMap } from "../rpc";
import type { Properties, Shape } from "../sdk/shape";

export interface Fault {
  property: string;
  reason: string;
}

/** Resolves a nested type of the SDK by name. */
export type Lookup = (name: string) => Properties;

/**
 * Compares inputs with what the SDK declares: names it does not have, required ones that are missing, wrong types.
 * Stricter than the real provider, which converts between text, numbers and booleans: a program that relies on that
 * does not compile in TypeScript. Unknown values fit everything.
 */
export function faultsOf(values: WireMap, declared: Properties, lookup: Lookup, at = ""): Fault[] {
  const missing = Object.entries(declared)
    .filter(([name, property]) => property.required && isAbsent(values[name]))
    .map(([name]) => ({ property: join(at, name), reason: "is required and missing" }));
  const wrong = Object.entries(values).flatMap(([name, value]) => {
    if (name.startsWith("__") || isAbsent(value)) return [];
    const property = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const path = join(at, name);
    if (property === undefined) return [{ property: path, reason: "does not exist in the installed SDK" }];
    return misfits(value, property.shape, lookup, path);
  });
  return [...missing, ...wrong];
}

function misfits(value: Wire, shape: Shape, lookup: Lookup, at: string): Fault[] {
  if (isUnknown(value) || shape.kind === "any") return [];
  const wrongType = [{ property: at, reason: `must be ${wordFor(shape)}, not ${typeOf(value)}` }];
  switch (shape.kind) {
    case "string":
    case "number":
    case "boolean":
      return typeof value === shape.kind ? [] : wrongType;
    case "policy":
      return typeof value === "string" || isMap(value) ? [] : wrongType;
    case "list":
      return Array.isArray(value) ? value.flatMap((it, i) => misfits(it, shape.of, lookup, `${at}[${i}]`)) : wrongType;
    case "map":
      if (!isMap(value)) return wrongType;
      return Object.entries(value).flatMap(([key, it]) => misfits(it, shape.of, lookup, join(at, key)));
    case "object":
      return isMap(value) ? faultsOf(value, lookup(shape.name), lookup, at) : wrongType;
    case "oneOf":
      return shape.of.some((it) => misfits(value, it, lookup, at).length === 0) ? [] : wrongType;
  }
}

function isAbsent(value: Wire | undefined): boolean {
  return value === undefined || value === null;
}

function join(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}

function wordFor(shape: Shape): string {
  if (shape.kind === "oneOf") return shape.of.map(wordFor).join(" or ");
  if (shape.kind === "policy") return "policy text or a policy object";
  return shape.kind === "object" ? `an object (${shape.name})` : `a ${shape.kind}`;
}

function typeOf(value: Wire): string {
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
