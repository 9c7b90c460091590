import type { StatementRef, Witness } from "../../iam";
import type { Resource, SubjectKind, Subjects, Waiting } from "../../model";
import type { Asking } from "./analysis";
import type { Examples } from "./example";
import type { OptionSchemas, OptionValues } from "./options";

export type Level = "mandatory" | "advisory";
export type Severity = "low" | "medium" | "high" | "critical";

/** A requirement of a published framework that the rule helps to meet. */
export interface Control {
  readonly framework: string;
  readonly version: string;
  readonly id: string;
}

/**
 * What one mend ends for every subject of which the same rule finds the same. Such findings are told as one, at the resource to be
 * mended.
 */
export interface Cause {
  /** URN of the resource to be mended. */
  readonly urn: string;
  /** Tells several causes at one resource apart. */
  readonly key: string;
  /** What is to be mended, as people know it, where that is something of its own: `group "developers"`, `policy "deploy"`. */
  readonly name?: string;
}

/** Something decided against a subject. Wording only: the server adds the rule's id, level and the way to RULES.md. */
export interface Finding {
  readonly kind: "finding";
  readonly urn: string;
  /** A name that people know: `group "admins"`. */
  readonly subject: string;
  readonly what: string;
  /** The witness request, or why it matters here. */
  readonly why: string;
  readonly fix: string;
  /** What the fix says to write, for the reader to copy. */
  readonly code?: string;
  /** Never above advisory, whatever level is configured. */
  readonly ceiling?: "advisory";
  /** The statements that do it. */
  readonly statements?: readonly StatementRef[];
  /** The requests that prove it, in the order in which they are made. */
  readonly witnesses?: readonly Witness[];
  /** Tells several findings of the rule about one subject apart, in words that stay the same: no name, no account, no order. */
  readonly aspect?: string;
  /** Left out where nothing but this subject is to be mended. */
  readonly cause?: Cause;
}

/** Something that cannot be decided before a value is known. */
export interface Undecided {
  readonly kind: "undecided";
  readonly urn: string;
  readonly subject: string;
  readonly because: string;
  readonly waiting: readonly Waiting[];
  readonly ceiling?: "advisory";
}

export type Outcome = Finding | Undecided;

/**
 * What the rule would say next of the subject has a cause that another rule answers for: it reports it, or somebody accepted it there.
 * Where that rule is enabled the host asks no further about the subject.
 */
export interface Yielded {
  readonly kind: "yielded";
  /** One of the rule's `yieldsTo`. */
  readonly to: string;
  /** What stays to be said beside the other rule. */
  readonly leaving?: readonly Undecided[];
}

/**
 * When a rule is asked.
 * - `resource`: about one resource, before it is made.
 * - `creating`: about the stack as far as this run has shown it, before the next resource is made; only what no later
 *   resource can be expected to mend is worth stopping for.
 * - `stack`: about the whole stack, at the end.
 */
export type Phase = "resource" | "creating" | "stack";

/** The graph is the whole stack as far as it is known; at the phase `resource` only what that resource says. */
export interface RuleContext<O> extends Asking {
  readonly options: O;
  /** The inputs of every resource that this run has shown so far, the present one included, by URN. */
  readonly shown: ReadonlyMap<string, Resource>;
  readonly phase: Phase;
  readonly now: Date;
  /** The access key id that the environment offers to providers which name no source of their own, if it offers one. */
  readonly ambientKeyId: string | undefined;
}

export interface Rule<K extends SubjectKind = SubjectKind, O extends OptionSchemas = OptionSchemas> {
  /** Permanent, kebab-case, the name of its file. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly rationale: string;
  readonly remediation: string;
  readonly controls: readonly Control[];
  readonly options: O;
  /** Which subject of the model it looks at; types `check`. */
  readonly on: K;
  /**
   * When it is asked, where that is not what its subject suggests: `resource` for what one resource decides alone, `stack` for
   * users, groups and roles.
   */
  readonly phases?: readonly Phase[];
  /** Rules that answer for a cause first: which of them for which subject, `check` says by a `Yielded`. */
  readonly yieldsTo?: readonly string[];
  check(subject: Subjects[K], context: RuleContext<OptionValues<O>>): Iterable<Outcome | Yielded>;
  /** The properties to change on the resource that the subject stands for, for the enforcement level `remediate`. */
  remediate?(subject: Subjects[K], context: RuleContext<OptionValues<O>>): Readonly<Record<string, unknown>>;
  readonly examples: Examples;
}

/** Any rule, as the list holds it: its subject's and options' types are between itself and its definition. */
export type AnyRule = { [K in SubjectKind]: Rule<K, OptionSchemas> }[SubjectKind];

/** Carries a rule's types from its literal; does nothing else. */
export function defineRule<K extends SubjectKind, const O extends OptionSchemas>(rule: Rule<K, O>): Rule<K, O> {
  return rule;
}
