import type { Budget } from "../answer/budget";
import type { StatementRef, Witness } from "../answer/grant";
import type { Value } from "../solver/domain";
import type { Variable } from "../solver/variable";

/** Requests that policies allow, and the statements that do it. */
export interface FoundRequests {
  /** One for each step. */
  readonly witnesses: readonly Witness[];
  readonly statements: readonly StatementRef[];
}

/** What a search for one step by itself found. */
export interface StepSolution {
  readonly found: FoundRequests;
  /** Values that it needs in what all steps of an attack share: credentials, network, time, and the resource that it shares. */
  readonly shared: ReadonlyMap<Variable, Value>;
  /** Its request where the other steps need more of what is shared. The search that found it may have had fewer steps than there are now. */
  witnessWith(shared: ReadonlyMap<Variable, Value>, budget: Budget): Witness;
}
