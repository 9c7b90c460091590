/** What a search may cost, counted in steps that do not depend on the machine. */
export class Budget {
  private spent = 0;

  /** With a parent, every step counts there too: many questions can share what a whole request may cost. */
  constructor(
    readonly limit: number,
    private readonly parent?: Budget,
  ) {}

  /** False when the search has to give up. */
  take(steps = 1): boolean {
    this.spent += steps;
    const left = this.parent?.take(steps) ?? true;
    return left && this.spent <= this.limit;
  }

  /** The limit that is spent: its own, or that of what it shares with others. */
  get spentLimit(): number {
    return this.spent > this.limit || this.parent === undefined ? this.limit : this.parent.spentLimit;
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
  if (!budget.take(steps)) throw new BudgetSpent(budget.spentLimit);
}

/** What every question takes: the budget that it shares with others, such as one for a whole request. */
export interface Shared {
  readonly budget?: Budget;
}
