import { Budget, Share, type Shared } from "./budget";

/** What a run gives its questions. */
export interface RunOptions {
  /** Steps of each subject's own, whatever others need; all questions about an ordinary one together take some hundreds. */
  readonly subject?: number;
  /** Steps beyond their own, of all subjects together. */
  readonly reserve?: number;
  /** When requests begin to be made. */
  readonly now?: Date;
}

/**
 * What all questions of one run may cost together. Each subject has a share of its own, so that the hostile documents of some leave
 * the others decided; who needs more takes it from a reserve. Once that is spent too, further questions end in `unknown`.
 */
export class WorkLimit {
  private readonly subject: number;
  private readonly reserve: Budget;
  private readonly now: Date | undefined;
  private readonly shares = new Map<object, Share>();

  constructor({ subject = 10_000, reserve = 4_000_000, now }: RunOptions = {}) {
    this.subject = subject;
    this.now = now;
    this.reserve = new Budget(reserve);
  }

  /** The options of questions about a subject's policies: what they may cost, and when requests are made. A subject is the object that stands for it. */
  of(subject: object): Shared {
    const budget = this.shares.get(subject) ?? new Share(this.subject, this.reserve);
    this.shares.set(subject, budget);
    return { budget, now: this.now };
  }

  /** Steps that all questions have taken so far. */
  get used(): number {
    return [...this.shares.values()].reduce((sum, { used }) => sum + used, 0);
  }
}
