import { isMap, type Wire } from "../rpc";

/** JSON text as Go's encoding/json writes a map: keys sorted by their bytes, HTML characters escaped. */
export function goJson(value: Wire): string {
  return htmlEscaped(JSON.stringify(sorted(value)));
}

export function htmlEscaped(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
}

export function sorted(value: Wire): Wire {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
