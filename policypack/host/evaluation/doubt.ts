import type { Undecided } from "../../rules";

/** What one rule leaves undecided about one subject. */
export interface Doubt {
  readonly rule: string;
  readonly undecided: Undecided;
}
