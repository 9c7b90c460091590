/** What a search may cost, counted in steps that do not depend on the machine. */
export class Budget {
  private spent = 0;

  constructor(readonly limit: number) {}

  /** False when the search has to give up. */
  take(steps = 1): boolean {
    this.spent += steps;
    return this.spent <= this.limit;
  }

  get used(): number {
    return this.spent;
  }
}

/** Thrown inside a search when its budget is spent; the question that owns the budget answers `unknown`. */
export class BudgetSpent extends Error {
  constructor(readonly limit: number) {
    super(`no decision within ${limit} steps`);
  }
}

export function spend(budget: Budget, steps = 1): void {
  if (!budget.take(steps)) throw new BudgetSpent(budget.limit);
}
