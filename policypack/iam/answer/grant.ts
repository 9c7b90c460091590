/** One concrete request that the policies allow: the proof of a yes. */
export interface Witness {
  /** Who is asking, in words: "a user's access key, without MFA". */
  readonly scenario: string;
  readonly action: string;
  readonly resource: string;
  /** The context keys that matter for the decision; a key left out is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Where a statement stands: the policy's origin and the JSON path inside it, such as `$.Statement[2]`. */
export interface StatementRef {
  readonly origin: string;
  readonly path: string;
}

/** What narrows a grant without taking it away. */
export type Qualifier = "resource" | "mfa" | "network" | "tag" | "time";

/** What every yes of a question about power carries. */
export interface Grant {
  readonly witnesses: readonly Witness[];
  readonly statements: readonly StatementRef[];
  readonly qualifiers: readonly Qualifier[];
  /** Policies not read yet whose Deny could still take the grant away; empty when the yes is final. */
  readonly unless: readonly string[];
}

export function distinct(statements: readonly StatementRef[]): StatementRef[] {
  return statements.filter(({ origin, path }, i) => {
    for (let before = 0; before < i; before++)
      if (statements[before]?.path === path && statements[before]?.origin === origin) return false;
    return true;
  });
}
