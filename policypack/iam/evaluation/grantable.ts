import { universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import type { Document } from "../language/document";
import { isRead } from "../language/policy";
import type { Principal } from "../requests/principal";
import { derived } from "../shared/remembering";
import { actionsOf } from "./compiled-statement";

/**
 * Whether some Allow of the principal's own policies may name one of the actions, whatever their open parts come to be. Where none does,
 * every request for them is denied implicitly, in whatever scenario and under whatever boundary and denials ("Policy evaluation logic",
 * IAM User Guide): most identities of a stack have nothing to do with what most questions are about.
 */
export function mayGrant({ identity }: Principal, actions: Bitset): boolean {
  return identity.some((policy) => !isRead(policy) || grantedBy(policy.document).intersects(actions));
}

/** By the actions alone: most documents need not be looked into any further. */
const grantedBy = derived(({ statements }: Document): Bitset => {
  const allows = statements.filter(({ effect }) => effect !== "Deny");
  return Bitset.union(
    universeSize(),
    allows.map(({ action }) => actionsOf(action, "more")),
  );
});
