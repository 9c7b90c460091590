import { type Asked, shownLine } from "../../../policypack/host";
import { nameForPeople, resourceInWords } from "../../../policypack/model";
import type { AnyRule } from "../../../policypack/rules";
import type { NotChecked, RuleAnswers } from "../../report/account-audit";
import type { AccountRecords } from "../records/records";
import type { AccountFacts } from "../rules/facts";
import { accountRules } from "../rules/rules";
import { missingFor } from "./applicability";

/** What one rule said of whom. */
interface Tally {
  readonly failed: Set<string>;
  readonly passed: Set<string>;
  /** Names, by what keeps them from being judged. */
  readonly undecided: Map<string, Set<string>>;
  /** Of subjects for which another rule answers. */
  readonly elsewhere: Set<string>;
}

/**
 * Keeps account of what every rule says of every subject: it fails, it passes, or it is not checked. Nothing passes of which something is
 * not known.
 */
export class Tallies {
  private readonly byRule = new Map<string, Tally>();
  private readonly subjects: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(facts: AccountFacts) {
    this.subjects = new Map(
      accountRules.map((rule) => [rule.id, new Map(rule.subjects(facts).map(({ urn, name }) => [urn, name]))]),
    );
  }

  readonly take = ({ rule, subject, outcomes, yieldedTo }: Asked): void => {
    const urn = "urn" in subject ? subject.urn : subject.resource.urn;
    const own = this.subjects.get(rule.id);
    const name = own === undefined ? nameOf(subject, urn) : own.get(urn);
    // A rule of accounts is asked about every resource, and looks at few.
    if (name === undefined) return;
    const tally = this.tallyOf(rule);
    if (outcomes.some(({ kind }) => kind !== "undecided")) tally.failed.add(name);
    for (const outcome of outcomes) {
      if (outcome.kind !== "undecided") continue;
      const names = tally.undecided.get(outcome.because) ?? new Set();
      tally.undecided.set(outcome.because, names.add(name));
    }
    if (yieldedTo !== undefined) tally.elsewhere.add(name);
    else if (outcomes.length === 0) tally.passed.add(name);
  };

  /** The three answers of the rules that were asked, in their order. */
  answers(rules: readonly AnyRule[], records: AccountRecords): readonly RuleAnswers[] {
    return rules.map((rule) => {
      const { failed, passed, undecided } = this.tallyOf(rule);
      const missing = missingFor(rule, records);
      const notChecked: readonly NotChecked[] = [
        // Whoever would pass passes only by what nobody has read.
        ...missing.map((each) => ({ ...each, ...(passed.size === 0 ? {} : { subjects: shown(passed) }) })),
        ...[...undecided].map(([because, names]) => ({ because: shownLine(because), subjects: shown(names) })),
      ];
      const isSure = missing.length === 0;
      return { rule: rule.id, failed: shown(failed), passed: isSure ? passed.size : 0, notChecked };
    });
  }

  private tallyOf({ id }: AnyRule): Tally {
    const tally = this.byRule.get(id) ?? {
      failed: new Set(),
      passed: new Set(),
      undecided: new Map(),
      elsewhere: new Set(),
    };
    this.byRule.set(id, tally);
    return tally;
  }
}

function nameOf(subject: Asked["subject"], urn: string): string {
  return "kind" in subject ? nameForPeople(subject) : resourceInWords(urn);
}

function shown(names: ReadonlySet<string>): readonly string[] {
  return [...names].map(shownLine).sort();
}
