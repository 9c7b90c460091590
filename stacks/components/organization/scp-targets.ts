import type { ArgumentChecker } from "../shared/arguments";
import { type OrganizationLookup, requireTarget } from "./organization-lookup";

/** The safe size of an SCP. See "Quotas and service limits for AWS Organizations" in the AWS Organizations User Guide. */
export const SCP_MAX_CHARACTERS = 5120;

/**
 * Where a service control policy is attached: `stagedUnit` alone while it is set, otherwise `targets`. Throws
 * {@link InvalidArgument} for an id that is none, twice the same, and nobody to bind.
 */
export function checkedTargets(
  check: ArgumentChecker,
  { targets: given, stagedUnit }: { readonly targets: unknown; readonly stagedUnit?: unknown },
): readonly string[] {
  const targets = check.list(
    "targets",
    given,
    /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|[0-9]{12})$/,
    "the id of an organization root (r-abcd), an organizational unit (ou-abcd-12345678) or an account (12 digits, quoted)",
  );
  if (targets.length === 0) {
    check.refuse("targets", "is empty, so the policy would bind nobody. List an organization root, unit or account.");
  }
  if (stagedUnit === undefined) return targets;
  const form = "the id of an organizational unit (ou-abcd-12345678)";
  return [check.text("stagedUnit", stagedUnit, /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, form)];
}

/** Throws {@link Unmet} for a target that the organization does not have, and for its management account. */
export async function requireExisting(component: string, lookup: OrganizationLookup, target: string): Promise<void> {
  const unitIds = target.startsWith("ou-") ? await lookup.unitIds() : [];
  requireTarget(component, target, await lookup.read(), unitIds);
}
