import { isDeepStrictEqual } from "node:util";
import { isSecret, type Json, type JsonObject } from "../pulumi/values";

const MOST_CHARACTERS = 80;

/** What a remediation changed in a resource's inputs: `Repaired: maxPasswordAge 90, tags removed (rule's description)`. */
export function repairInWords(before: JsonObject, after: JsonObject, description: string): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
  const changes = changed.map((name) => `${name} ${valueInWords(after[name])}`);
  return `Repaired: ${changes.length === 0 ? "nothing had to change" : changes.join(", ")} (${description})`;
}

function valueInWords(value: Json | undefined): string {
  if (value === undefined) return "removed";
  const text = JSON.stringify(value, (_, inner: Json) => (isSecret(inner) ? "[secret]" : inner));
  return text.length > MOST_CHARACTERS ? "changed" : text;
}
