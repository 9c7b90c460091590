import type { AnyRule, Finding, OptionSchemas, OptionValues, Outcome, Rule } from "../../../policypack/rules";
import type { RecordKind } from "../records/records";
import type { AccountFacts, AccountSubject } from "./facts";

/** Records as the AWS CLI prints them, in miniature: documentation and a test, both at once. */
export interface AccountExample {
  /** What the example shows, as a noun phrase without a full stop. */
  readonly title: string;
  readonly records: Readonly<Partial<Record<RecordKind, unknown>>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** For failing examples: names of those who are found. */
  readonly at?: readonly string[];
}

/** A rule that only an account can answer: the shape of the policy pack's rules, asked about what was read of an account. */
export interface AccountRule<S extends AccountSubject = AccountSubject, O extends OptionSchemas = OptionSchemas>
  extends Pick<Rule, "id" | "title" | "severity" | "level" | "rationale" | "remediation" | "controls"> {
  readonly options: O;
  /** Each of them has to be read, one of its kinds at least. */
  readonly needs: readonly (readonly RecordKind[])[];
  readonly subjects: (account: AccountFacts) => readonly S[];
  check(subject: NoInfer<S>, account: AccountFacts, options: OptionValues<O>): Iterable<Outcome>;
  readonly examples: {
    readonly fail: readonly AccountExample[];
    readonly pass: readonly AccountExample[];
    readonly notChecked: readonly AccountExample[];
  };
}

/** Any such rule, as the list holds it: its subject's and options' types are between itself and its definition. */
export type AnyAccountRule = AccountRule<AccountSubject, OptionSchemas>;

/** Carries a rule's types from its literal; does nothing else. */
export function defineAccountRule<S extends AccountSubject, const O extends OptionSchemas>(
  rule: AccountRule<S, O>,
): AccountRule<S, O> {
  return rule;
}

/** The finding about a subject, without what every such finding has alike. */
export function found({ urn, name }: AccountSubject, said: Omit<Finding, "kind" | "urn" | "subject">): Finding {
  return { kind: "finding", urn, subject: name, ...said };
}

/**
 * The rule as one of a policy pack: it is configured, levelled and waived as they are. It looks at the resources that stand for its subjects.
 *
 * @param account left out where it is only configured
 */
export function asPackRule(rule: AnyAccountRule, account?: AccountFacts): AnyRule {
  const { id, title, severity, level, rationale, remediation, controls, options } = rule;
  const subjects = new Map(account === undefined ? [] : rule.subjects(account).map((each) => [each.urn, each]));
  return {
    ...{ id, title, severity, level, rationale, remediation, controls, options },
    on: "resource",
    phases: ["stack"],
    *check({ urn }, context) {
      const subject = subjects.get(urn);
      if (subject !== undefined && account !== undefined) yield* rule.check(subject, account, context.options);
    },
    examples: { fail: [], pass: [], undecided: [] },
  };
}
