/** The three answers of every question in this folder. `unknown` says what is missing, so that no caller can mistake it for a `no`. */
export type Verdict<Y> = Yes<Y> | No | Unknown;

export interface Yes<Y> {
  readonly answer: "yes";
  readonly because: Y;
}

export interface No {
  readonly answer: "no";
}

export interface Unknown {
  readonly answer: "unknown";
  /** What has to become known, or what the core does not decide; at least one entry. */
  readonly because: readonly string[];
}

export const no: No = { answer: "no" };

export function yes<Y>(because: Y): Yes<Y> {
  return { answer: "yes", because };
}

export function unknown(...because: readonly string[]): Unknown {
  return { answer: "unknown", because: [...new Set(because)] };
}

/** Kleene's disjunction: the first yes wins, an unknown beats a no. */
export function any<Y>(verdicts: Iterable<Verdict<Y>>): Verdict<Y> {
  const doubts: string[] = [];
  for (const verdict of verdicts) {
    if (verdict.answer === "yes") return verdict;
    if (verdict.answer === "unknown") doubts.push(...verdict.because);
  }
  return doubts.length > 0 ? unknown(...doubts) : no;
}

/** Kleene's conjunction: one no settles it, an unknown beats a yes. */
export function all<Y>(verdicts: Iterable<Verdict<Y>>): Verdict<readonly Y[]> {
  const reasons: Y[] = [];
  const doubts: string[] = [];
  for (const verdict of verdicts) {
    if (verdict.answer === "no") return no;
    if (verdict.answer === "unknown") doubts.push(...verdict.because);
    else reasons.push(verdict.because);
  }
  return doubts.length > 0 ? unknown(...doubts) : yes(reasons);
}

/** Kleene's negation; `because` is what to say when the negation is a yes. */
export function not<Y>(verdict: Verdict<unknown>, because: Y): Verdict<Y> {
  if (verdict.answer === "unknown") return verdict;
  return verdict.answer === "yes" ? no : yes(because);
}
