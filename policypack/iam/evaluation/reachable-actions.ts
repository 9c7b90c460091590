import { actionsOnService, actionsWithoutResource } from "../aws/action-classes";
import { universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import type { Statement } from "../language/document";
import { derived } from "../shared/remembering";
import type { CompiledStatement } from "./compiled-statement";

/** The actions of a rule on whose resources its Resource element can match; the others it names in vain. */
export function reachableActions(rule: CompiledStatement): Bitset {
  return rule.resource === undefined || rule.resource.inverted ? rule.actions : rule.actions.and(actionsTouching(rule));
}

/** The actions on whose resources the values of a rule's Resource or NotResource can match, as far as their service tells. */
export function actionsTouching(rule: CompiledStatement): Bitset {
  return onResources(rule.statement);
}

const onResources = derived((statement: Statement): Bitset => {
  const found: Bitset[] = [];
  for (const value of statement.resource.values) {
    const [, partition = "", service] = value.split(":");
    // A run that ends the partition may go past the service, which is certain after any other.
    if (!value.startsWith("arn:") || service === undefined || /[*?$]/.test(service) || /[*?$]/.test(partition))
      return actionsWithoutResource().not();
    found.push(actionsOnService().get(service) ?? Bitset.empty(universeSize()));
  }
  return Bitset.union(universeSize(), found);
});
