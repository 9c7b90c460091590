import { isUnknown, type WireMap } from "../rpc";
import type { Properties } from "../sdk/shape";
import type { Fault } from "./check";

/** Properties that the engine adds to every provider. */
const ENGINE_OWNED = new Set(["version", "pluginDownloadURL"]);

/** Faults of a provider's configuration, in which everything but text arrives as JSON text. */
export function configFaults(values: WireMap, declared: Properties): Fault[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (ENGINE_OWNED.has(name) || name.startsWith("__") || value === null || isUnknown(value)) return [];
    const property = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (property === undefined) return [{ property: name, reason: "does not exist in the installed SDK" }];
    if (property.shape.kind === "string" || typeof value !== "string" || isJson(value)) return [];
    return [{ property: name, reason: `must be a ${property.shape.kind} written as JSON` }];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
