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

  /** Why the search had to give up, for people: its own limit, or that of what it shares with others. */
  get reason(): string {
    return this.spent > this.limit || this.parent === undefined
      ? `no decision within ${this.limit} steps`
      : this.parent.reason;
  }

  /** Whether what it shares with others is spent, so that there is no use in beginning to search. */
  get isExhausted(): boolean {
    return this.parent?.isExhausted ?? false;
  }

  get used(): number {
    return this.spent;
  }
}

/** What many share is spent first by those who need much: this gives one of them steps of its own before it takes from the others'. */
export class Share extends Budget {
  constructor(
    limit: number,
    private readonly reserve: Budget,
  ) {
    super(limit);
  }

  override take(steps = 1): boolean {
    return super.take(steps) || this.reserve.take(steps);
  }

  override get isExhausted(): boolean {
    return this.used > this.limit && this.reserve.used > this.reserve.limit;
  }

  override get reason(): string {
    return "the work limit of one run is spent";
  }
}

/** Thrown inside a search when its budget is spent; the question that owns the budget answers `unknown`. */
export class BudgetSpent extends Error {}

export function spend(budget: Budget, steps = 1): void {
  if (!budget.take(steps)) throw new BudgetSpent(budget.reason);
}

/** What every question takes from whoever asks several. */
export interface Shared {
  /** What they may cost together, such as the budget of a whole request. */
  readonly budget?: Budget | undefined;
  /** When requests begin to be made; left out, at any moment there is. */
  readonly now?: Date | undefined;
}
