import type { Finding } from "../pack/finding";
import type { Failure } from "../terminal/failure";

export interface CheckResult {
  /** `failed` where the run came to no end: what was found so far is not all. */
  readonly outcome: "passed" | "blocked" | "failed";
  /** Why the run came to no end; of a failed run only. */
  readonly failure?: Failure;
  /** In reading order: mandatory first. */
  readonly findings: readonly Finding[];
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
  readonly project: string;
  readonly stack: string;
  readonly resources: number;
}
