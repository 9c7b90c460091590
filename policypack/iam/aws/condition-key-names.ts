import { remembering } from "../shared/remembering";
import { serviceByPrefix } from "./action-table";
import { conditionKeysOf } from "./actions";
import { globalKeyNames } from "./condition-keys";

/**
 * A condition key as AWS writes it, such as `aws:MultiFactorAuthPresent`, for a key in any letter case; the part that a caller
 * chooses, such as the key of a tag, and keys that AWS does not document stay as they are. "AWS global condition context
 * keys" (IAM User Guide), "Actions, resources, and condition keys for AWS services" (Service Authorization Reference).
 */
export function documentedKey(key: string): string {
  const name = key.toLowerCase();
  const prefix = name.slice(0, name.indexOf(":"));
  const known = spellingsOf(prefix);
  const whole = known.get(name);
  if (whole !== undefined) return whole;
  const fixed = known.get(name.slice(0, name.indexOf("/") + 1));
  return fixed === undefined ? key : fixed + key.slice(fixed.length);
}

/** By its lower case: each key of a service, or what stands before the part that a caller chooses. */
const spellingsOf = remembering((prefix): ReadonlyMap<string, string> => {
  const service = serviceByPrefix().get(prefix);
  const ofService = service?.names.flatMap((_, position) => conditionKeysOf(service.start + position)) ?? [];
  const keys = prefix === "aws" ? globalKeyNames : ofService;
  const own = keys.map((key) => key.replace(/[$<].*/s, "")).filter((key) => key.toLowerCase().startsWith(`${prefix}:`));
  return new Map(own.map((key) => [key.toLowerCase(), key]));
});
