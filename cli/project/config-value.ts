import { byBytes, goJson } from "../pulumi/go-json";
import { FileMap, type FileValue } from "./yaml/values";

/**
 * A configuration value as Pulumi keeps it. Whole numbers are bigint; a cipher text is what stands under `secure:`.
 */
export type ConfigValue = null | boolean | bigint | number | string | CipherText | ConfigValue[] | ConfigMap;
export type ConfigMap = Map<string, ConfigValue>;

export class CipherText {
  constructor(readonly text: string) {}
}

/** The only key of a map that stands for an encrypted value. */
export const ENVELOPE = "secure";

/** Why a value cannot be kept. */
export class ValueFault extends Error {}

/** @throws ValueFault for a number that JSON does not know, which Pulumi refuses too */
export function configValue(value: FileValue): ConfigValue {
  if (value instanceof FileMap) return mapValue(value);
  if (Array.isArray(value)) return value.map(configValue);
  if (typeof value === "number") return numberValue(value);
  return typeof value === "object" && value !== null ? String(value) : (value as ConfigValue);
}

function mapValue({ entries }: FileMap): ConfigValue {
  const secure = entries.get(ENVELOPE)?.value;
  if (entries.size === 1 && typeof secure === "string") return new CipherText(secure);
  return new Map([...entries].map(([key, { value }]) => [key, configValue(value)]));
}

function numberValue(value: number): ConfigValue {
  if (!Number.isFinite(value)) throw new ValueFault("infinity and NaN are no values of a configuration");
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

export function holdsCipherText(value: ConfigValue): boolean {
  if (value instanceof CipherText) return true;
  if (Array.isArray(value)) return value.some(holdsCipherText);
  return value instanceof Map && [...value.values()].some(holdsCipherText);
}

/** The plain texts of whatever is encrypted in a value. */
export function plainTexts(value: ConfigValue, decrypt: (cipherText: string) => string): string[] {
  if (value instanceof CipherText) return [decrypt(value.text)];
  if (Array.isArray(value)) return value.flatMap((item) => plainTexts(item, decrypt));
  return value instanceof Map ? [...value.values()].flatMap((item) => plainTexts(item, decrypt)) : [];
}

/**
 * The text that a program gets: a text as it is, everything else as JSON with sorted keys.
 *
 * @param decrypt what to put in the place of what is encrypted
 */
export function configText(value: ConfigValue, decrypt: (cipherText: string) => string): string {
  if (typeof value === "string" || typeof value === "bigint") return String(value);
  return value instanceof CipherText ? decrypt(value.text) : jsonText(value, decrypt);
}

function jsonText(value: ConfigValue, decrypt: (cipherText: string) => string): string {
  if (value instanceof CipherText) return goJson(decrypt(value.text));
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, decrypt)).join(",")}]`;
  if (value instanceof Map) {
    const entries = [...value].sort(([left], [right]) => byBytes(left, right));
    return `{${entries.map(([key, item]) => `${goJson(key)}:${jsonText(item, decrypt)}`).join(",")}}`;
  }
  // Inside lists and maps Pulumi keeps whole numbers of 63 bits, and rounds larger ones.
  if (typeof value === "bigint") return String(BigInt.asIntN(64, value) === value ? value : Number(value));
  return goJson(value);
}
