/** The core and the reference cannot both be right. */
export class Disagreement extends Error {}

export interface Answered {
  readonly question: "mayCall" | "adminPower" | "mfaHole" | "mayAssume" | "rootHold" | "escalationPaths";
  readonly answer: "yes" | "no" | "unknown";
  readonly because: readonly string[];
}
