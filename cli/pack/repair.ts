import { isDeepStrictEqual } from "node:util";
import type { Remediation } from "@pulumi/pulumi/proto/analyzer_pb";
import { fromStruct, isSecret, type Json, type JsonObject } from "../pulumi/values";

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

/** What the steps of a remediation make of a resource's inputs, and a remark for each: what was repaired, or why not. */
export function repairedBy(inputs: JsonObject, steps: readonly Remediation[]) {
  let repaired = inputs;
  const remarks: { readonly rule: string; readonly remark: string }[] = [];
  for (const step of steps) {
    const properties = step.getProperties();
    const rule = step.getPolicyname();
    if (step.getDiagnostic() !== "") remarks.push({ rule, remark: step.getDiagnostic() });
    else if (properties !== undefined) {
      const after = fromStruct(properties);
      remarks.push({ rule, remark: repairInWords(repaired, after, step.getDescription()) });
      repaired = after;
    }
  }
  return { inputs: repaired, remarks };
}
