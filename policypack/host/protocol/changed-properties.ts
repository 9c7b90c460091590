import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Properties in the protocol's own form, in which secrets stay secret and unknown values unknown. */
export type RawProperties = ReturnType<Struct["toJavaScript"]>;

/** Where a provider notes which properties it filled in itself (`__defaults` of the Terraform bridge). */
const defaultsKey = "__defaults";

/** All properties of a resource with some of them changed: the engine takes them in place of the old ones. */
export function changedProperties(
  properties: RawProperties,
  changes: Readonly<Record<string, unknown>>,
): RawProperties {
  const defaults = properties[defaultsKey];
  // What is set now is no default any more; as one, the provider would carry it over to the next run by itself.
  const kept = Array.isArray(defaults) ? { [defaultsKey]: defaults.filter((name) => !isOneOf(name, changes)) } : {};
  return { ...properties, ...kept, ...(changes as RawProperties) };
}

function isOneOf(name: unknown, changes: Readonly<Record<string, unknown>>): boolean {
  return typeof name === "string" && Object.hasOwn(changes, name);
}
