import { type Budget, spend } from "../answer/budget";
import type { Domain, Requirement, Value } from "./domain";
import type { SolverMemo } from "./memo";
import { outcomeOf, Undecided } from "./undecided";
import type { Variable } from "./variable";

/** A requirement on one variable of a request. */
export interface Constraint extends Requirement {
  readonly variable: Variable;
}

/** One way to fulfil a clause: all its constraints. */
export interface Choice<Tag> {
  readonly constraints: readonly Constraint[];
  readonly tag: Tag;
}

/** At least one choice must be taken. */
export type Clause<Tag> = readonly Choice<Tag>[];

export interface Solution<Tag> {
  /** Values of the variables that some chosen constraint is about. */
  readonly values: ReadonlyMap<Variable, Value>;
  readonly chosen: readonly Tag[];
}

/**
 * Values that fulfil every clause, or undefined when there are none. Complete, because a constraint is about one variable only:
 * a set of constraints can be fulfilled when it can for each variable by itself.
 * Throws BudgetSpent, or Undecided when a combination that nothing here decides stood in the way of a solution.
 */
export function solve<Tag>(
  clauses: readonly Clause<Tag>[],
  domainOf: (variable: Variable) => Domain,
  budget: Budget,
  memo: SolverMemo,
): Solution<Tag> | undefined {
  return new Search<Tag>(domainOf, budget, memo).run(clauses);
}

class Search<Tag> {
  private readonly bound = new Map<Variable, Constraint[]>();
  private readonly values = new Map<Variable, Value>();
  private readonly chosen: Tag[] = [];
  private undecided: Undecided | undefined;

  constructor(
    private readonly domainOf: (variable: Variable) => Domain,
    private readonly budget: Budget,
    private readonly memo: SolverMemo,
  ) {}

  run(clauses: readonly Clause<Tag>[]): Solution<Tag> | undefined {
    // Few choices first: what is forced narrows the rest.
    const sorted = [...clauses].sort((a, b) => a.length - b.length);
    if (this.fulfil(sorted, 0)) return { values: this.values, chosen: this.chosen };
    if (this.undecided !== undefined) throw this.undecided;
    return undefined;
  }

  private fulfil(clauses: readonly Clause<Tag>[], from: number): boolean {
    const clause = clauses[from];
    if (clause === undefined) return true;
    for (const choice of clause) {
      spend(this.budget);
      const before = choice.constraints.map(({ variable }) => [variable, this.values.get(variable)] as const);
      for (const constraint of choice.constraints) this.bind(constraint);
      this.chosen.push(choice.tag);
      const variables = new Set(choice.constraints.map(({ variable }) => variable));
      if ([...variables].every((variable) => this.settle(variable)) && this.fulfil(clauses, from + 1)) return true;
      this.chosen.pop();
      for (const constraint of choice.constraints) this.bound.get(constraint.variable)?.pop();
      for (const [variable, value] of before)
        if (value === undefined) this.values.delete(variable);
        else this.values.set(variable, value);
    }
    return false;
  }

  private bind(constraint: Constraint): void {
    const bound = this.bound.get(constraint.variable);
    if (bound === undefined) this.bound.set(constraint.variable, [constraint]);
    else bound.push(constraint);
  }

  /** Finds a value for everything that is bound to the variable. */
  private settle(variable: Variable): boolean {
    const value = outcomeOf(() => this.memo.find(this.bound.get(variable) ?? [], this.domainOf(variable), this.budget));
    if (value instanceof Undecided) this.undecided = value;
    if (value === undefined || value instanceof Undecided) return false;
    this.values.set(variable, value);
    return true;
  }
}
