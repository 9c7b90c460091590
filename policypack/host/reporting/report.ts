import type { StatementRef, Witness } from "../../iam";
import type { Level, Severity } from "../../rules";

/** What a report says, a paragraph each: URNs as people know them, nothing in it that acts on a terminal, no line breaks. */
export interface ReportText {
  /** What is wrong, or what cannot be told yet. */
  readonly what: string;
  /** Where `what` announces a list. */
  readonly items?: readonly string[];
  /** The witness request, or why it matters here. */
  readonly why?: string;
  readonly fix?: string;
  /** What the fix says to write, as JSON of several lines, which is a literal of TypeScript and YAML too. */
  readonly code?: string;
  readonly notes?: readonly Note[];
}

/** A further paragraph with the word that it begins with. */
export interface Note {
  readonly label: string;
  readonly text: string;
}

/** One thing to tell, worded and levelled. */
export interface Report {
  /** Id of the rule, or `settings`. */
  readonly policy: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly urn: string;
  /** URNs of the subjects; the resource at `urn` is the one to be mended. */
  readonly about: readonly string[];
  /** False for what waits for a value. */
  readonly decided: boolean;
  readonly text: ReportText;
  /** Names of the subjects that people know: `user "anna"`. */
  readonly subjects: readonly string[];
  /** Requests that prove it, in the order in which they are made. */
  readonly witnesses: readonly Witness[];
  /** The statements that do it. */
  readonly statements: readonly StatementRef[];
  /** The same wherever the same is found: in another stack or account, after other words or another order. */
  readonly fingerprint: string;
}
