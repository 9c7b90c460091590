import { createHash } from "node:crypto";
import type { ResourceProperties } from "../pulumi/sdk-table";
import { hidesUnknown } from "../pulumi/unknown-markers";
import { nameOf, packageOf } from "../pulumi/urn";
import { type JsonObject, UNKNOWN } from "../pulumi/values";
import { nativeNameProperty } from "./aws/predicted-outputs";

const NAME_PROPERTIES = ["name", "bucket"];

/**
 * The physical name that the provider would generate, as `{ property: name }`, or nothing where the program chose one
 * (Pulumi documentation, "Autonaming"). The suffix comes from the URN instead of chance, so that runs repeat.
 */
export function generatedName(urn: string, type: string, inputs: JsonObject, sdk: ResourceProperties): JsonObject {
  const property = packageOf(type) === "aws" ? namePropertyOf(sdk) : nativeNameProperty(type);
  if (property === undefined) return {};
  if (inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined) return {};
  const suffix = createHash("sha256").update(urn).digest("hex").slice(0, 7);
  const name = `${nameOf(urn)}-${suffix}`;
  if (hidesUnknown(name)) return { [property]: UNKNOWN };
  return { [property]: property.startsWith("bucket") ? name.toLowerCase() : name };
}

function namePropertyOf({ inputs }: ResourceProperties): string | undefined {
  const property = NAME_PROPERTIES.find((name) => inputs.has(name) && inputs.has(`${name}Prefix`)) ?? "name";
  return inputs.has(property) ? property : undefined;
}
