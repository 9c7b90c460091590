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

  /**
   * Counts work that every search of its size has, however easy: what rules come to for a request, what a trust policy says of a caller.
   * It takes nothing from a search's own limit, but from what it shares with others. False when that is spent.
   */
  takeShared(steps: number): boolean {
    return this.parent?.takeShared(steps) ?? true;
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

  /** Whether there is nothing left, neither of its own nor of what it shares. */
  get isSpent(): boolean {
    return this.spent > this.limit || this.isExhausted;
  }

  get used(): number {
    return this.spent;
  }
}

/** The part of what many share that a single one of them can take. */
const mostOfReserve = 1 / 8;

/**
 * What many share is spent first by those who need much: this gives one of them steps of its own before it takes from the others', and
 * leaves most of those to the others.
 */
export class Share extends Budget {
  constructor(
    limit: number,
    private readonly reserve: Budget,
  ) {
    super(limit);
  }

  override take(steps = 1): boolean {
    if (super.take(steps)) return true;
    return !this.isOverdrawn && this.reserve.take(steps);
  }

  private get isOverdrawn(): boolean {
    return this.used - this.limit > this.reserve.limit * mostOfReserve;
  }

  override takeShared(steps: number): boolean {
    return this.take(steps);
  }

  override get isExhausted(): boolean {
    return this.used > this.limit && (this.isOverdrawn || this.reserve.used > this.reserve.limit);
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

/** The same for work that counts only where it is shared. */
export function spendShared(budget: Budget | undefined, steps: number): void {
  if (budget?.takeShared(steps) === false) throw new BudgetSpent(budget.reason);
}

/** What every question takes from whoever asks several. */
export interface Shared {
  /** What they may cost together, such as the budget of a whole request. */
  readonly budget?: Budget | undefined;
  /** When requests begin to be made; left out, at any moment there is. */
  readonly now?: Date | undefined;
}
