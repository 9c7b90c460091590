import { isObject, type Json, type JsonObject } from "../pulumi/values";

/** A value that a schema refuses: where, and what is wrong with it. */
export interface SchemaFault {
  readonly path: readonly string[];
  readonly problem: string;
}

/**
 * Compares a value with a schema, for the keywords of JSON Schema that policy packs describe their options with (Pulumi
 * documentation, "Policy configuration"). Other keywords are left to the pack.
 */
export function schemaFaults(schema: JsonObject, value: Json, path: readonly string[] = []): SchemaFault[] {
  const refuse = (problem: string): SchemaFault[] => [{ path, problem }];
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    return refuse(`must be ${types.map(withArticle).join(" or ")}, not ${JSON.stringify(value)}`);
  }
  const allowed = schema.enum;
  if (Array.isArray(allowed) && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
    return refuse(
      `must be one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}, not ${JSON.stringify(value)}`,
    );
  }
  if (typeof value === "number") return rangeFaults(schema, value).flatMap(refuse);
  if (typeof value === "string") return textFaults(schema, value).flatMap(refuse);
  if (Array.isArray(value)) return value.flatMap((item, index) => itemFaults(schema, item, [...path, String(index)]));
  return isObject(value) ? objectFaults(schema, value, path) : [];
}

function hasType(value: Json, type: Json): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function rangeFaults(schema: JsonObject, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === "number" && value < minimum) return [`must be at least ${minimum}, not ${value}`];
  if (typeof maximum === "number" && value > maximum) return [`must be at most ${maximum}, not ${value}`];
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum)
    return [`must be over ${exclusiveMinimum}, not ${value}`];
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum)
    return [`must be under ${exclusiveMaximum}, not ${value}`];
  return [];
}

function textFaults(schema: JsonObject, value: string): string[] {
  const { minLength, maxLength, pattern } = schema;
  if (typeof minLength === "number" && value.length < minLength) return [`must have at least ${minLength} characters`];
  if (typeof maxLength === "number" && value.length > maxLength) return [`must have at most ${maxLength} characters`];
  if (typeof pattern === "string" && !new RegExp(pattern).test(value)) return [`must match ${pattern}`];
  return [];
}

function itemFaults(schema: JsonObject, item: Json, path: readonly string[]): SchemaFault[] {
  return isObject(schema.items) ? schemaFaults(schema.items, item, path) : [];
}

function objectFaults(schema: JsonObject, value: JsonObject, path: readonly string[]): SchemaFault[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const missing = required
    .filter((name) => !(name in value))
    .map((name) => ({ path: [...path, name], problem: "is missing" }));
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const property = properties[name];
    if (isObject(property)) return schemaFaults(property, item, [...path, name]);
    return schema.additionalProperties === false ? [{ path: [...path, name], problem: "is not known" }] : [];
  });
  return [...missing, ...wrong];
}

function withArticle(type: Json): string {
  return `${/^[aeiou]/.test(String(type)) ? "an" : "a"} ${String(type)}`;
}
