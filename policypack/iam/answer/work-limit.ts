import { Budget, Share, type Shared } from "./budget";

/** Steps that a run may take. */
export interface WorkLimits {
  /** Of each subject's own, whatever others need; all questions about an ordinary one together take some hundreds. */
  readonly subject?: number;
  /** Beyond their own, of all subjects together. */
  readonly reserve?: number;
}

/**
 * What all questions of one run may cost together. Each subject has a share of its own, so that the hostile documents of some leave
 * the others decided; who needs more takes it from a reserve. Once that is spent too, further questions end in `unknown`.
 */
export class WorkLimit {
  private readonly subject: number;
  private readonly reserve: Budget;
  private readonly shares = new Map<object, Share>();

  constructor({ subject = 10_000, reserve = 4_000_000 }: WorkLimits = {}) {
    this.subject = subject;
    this.reserve = new Budget(reserve);
  }

  /** What questions about a subject's policies may cost, as an option of theirs. A subject is the object that stands for it. */
  of(subject: object): Shared {
    const budget = this.shares.get(subject) ?? new Share(this.subject, this.reserve);
    this.shares.set(subject, budget);
    return { budget };
  }

  /** Steps that all questions have taken so far. */
  get used(): number {
    return [...this.shares.values()].reduce((sum, { used }) => sum + used, 0);
  }
}
