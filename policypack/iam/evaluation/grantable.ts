import { universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import type { Document } from "../language/document";
import { isRead } from "../language/policy";
import type { Principal } from "../requests/principal";
import { derived } from "../shared/remembering";
import { upper } from "./approximation";
import { compile } from "./compiled-statement";

/**
 * Whether some Allow of the principal's own policies may name one of the actions, whatever their open parts come to be. Where none does,
 * every request for them is denied implicitly, in whatever scenario and under whatever boundary and denials ("Policy evaluation logic",
 * IAM User Guide): most identities of a stack have nothing to do with what most questions are about.
 */
export function mayGrant({ identity }: Principal, actions: Bitset): boolean {
  return identity.some((policy) => !isRead(policy) || grantedBy(policy.document).intersects(actions));
}

const grantedBy = derived((document: Document): Bitset => {
  const allows = compile(document, upper).filter(({ effect }) => effect === "Allow");
  return Bitset.union(
    universeSize(),
    allows.map(({ actions }) => actions),
  );
});
