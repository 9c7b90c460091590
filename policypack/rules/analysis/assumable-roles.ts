import { actionsMatching, isRead, matchesWildcards, mayCall } from "../../iam";
import type { Role } from "../../model";
import type { Asking } from "../authoring/analysis";
import { type Identity, principalOf } from "./admin-power";

/** Which roles an identity's own policies may let it assume, as far as names tell at first sight. */
export interface AssumableRoles {
  /** Undefined where any may be. */
  readonly named: ReadonlySet<string> | undefined;
  /** What stands for `role/path/name`, with wildcards. */
  readonly patterns: readonly string[];
}

const noRoles: AssumableRoles = { named: new Set(), patterns: [] };
const anyRole: AssumableRoles = { named: undefined, patterns: [] };

/**
 * Taken from what the Allows on sts:AssumeRole name: whoever has to be asked about each of a thousand roles is so asked about few.
 * Asked once for each identity.
 */
export function assumableRoles(identity: Identity, asking: Asking): AssumableRoles {
  const principal = principalOf(identity, asking);
  const call = mayCall(principal, { action: "sts:AssumeRole", resources: [], on: "some" }, asking.work.of(identity));
  if (call.answer === "no") return noRoles;
  const named = new Set<string>();
  const patterns: string[] = [];
  for (const policy of principal.identity) {
    if (!isRead(policy)) return anyRole;
    for (const { effect, action, resource } of policy.document.statements) {
      if (effect === "Deny" || !mayBeAssuming(action)) continue;
      if (effect !== "Allow" || resource.open || resource.inverted) return anyRole;
      for (const value of resource.values) {
        const entity = value.split(":").slice(5).join(":");
        if (entity === "" || value.includes("${")) return anyRole;
        if (/[*?]/.test(entity)) patterns.push(entity);
        else named.add(entity);
      }
    }
  }
  return { named, patterns };
}

function mayBeAssuming({ values, inverted, open }: { values: readonly string[]; inverted: boolean; open: boolean }) {
  const assuming = actionsMatching("sts:AssumeRole");
  return open || inverted || values.some((value) => actionsMatching(value).intersects(assuming));
}

/** Whether a role may be among them. */
export function includes({ named, patterns }: AssumableRoles, { name, path, arn }: Role): boolean {
  if (named === undefined) return true;
  if (!name.known || (path === undefined && arn === undefined)) return named.size + patterns.length > 0;
  const entity = arn?.split(":").slice(5).join(":") ?? `role${path}${name.value}`;
  return named.has(entity) || patterns.some((pattern) => matchesWildcards(pattern, entity));
}
