/**
 * A configuration key in its full form, `namespace:key`; `namespace:config:key` is an old way to write it. Undefined for
 * what Pulumi takes for no key.
 *
 * @param namespace of keys without one: the project's name
 */
export function fullKey(name: string, namespace: string | undefined): string | undefined {
  const parts = name.split(":");
  if (parts.length === 1) return namespace === undefined ? undefined : fullKey(`${namespace}:${name}`, undefined);
  if (parts.length === 2) return name;
  return parts.length === 3 && parts[1] === "config" ? `${parts[0]}:${parts[2]}` : undefined;
}

export const KEY_FORM = "Write it as NAMESPACE:KEY.";
