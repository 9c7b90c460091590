import { Failure } from "../terminal/failure";

const KEY = "pulumi:disable-default-providers";

/**
 * The packages whose default providers a stack's configuration disables, `*` for all of them (Pulumi documentation, "Default
 * providers", "Disabling default providers").
 *
 * @param config `namespace:key` to text
 * @throws Failure where the value is no list of names, for which the engine fails too
 */
export function disabledDefaultProviders(config: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = listIn(config.get(KEY) ?? "");
  if (names === undefined) throw new Failure(`${KEY} is no list of packages`, 'Write ["aws"], or ["*"] for all.');
  return new Set(names.map((name) => name.trim()));
}

function listIn(text: string): readonly string[] | undefined {
  if (text === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text) ?? [];
  } catch {
    // The parser's own words are about JSON, which nobody wrote.
    return undefined;
  }
  return Array.isArray(value) && value.every((name) => typeof name === "string") ? value : undefined;
}
