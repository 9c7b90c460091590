import { type Budget, spend } from "../answer/budget";
import { type Domain, findValue, type Requirement, type Value } from "./domain";
import { likeTest, type Test } from "./test";
import { outcomeOf, Undecided } from "./undecided";

/**
 * Values found before for the same requirements. The rules of a principal ask the same of call after call, and some of it
 * is hard. Belongs to one question, so that what an answer costs does not depend on the questions before.
 */
export class SolverMemo {
  private readonly numbers = new Map<Test | Domain, number>();
  private readonly parts = new Map<string, Domain>();
  private readonly answers = new Map<string, Value | Undecided | undefined>();

  /** `findValue`, searched for once. */
  find(requirements: readonly Requirement[], domain: Domain, budget: Budget): Value | undefined {
    // Trying a few values is as cheap as remembering them.
    if (domain.values !== "any" || requirements.length === 0) return findValue(requirements, domain, budget);
    const key = this.keyOf(requirements, domain);
    if (this.answers.has(key)) spend(budget);
    else
      this.answers.set(
        key,
        outcomeOf(() => findValue(requirements, domain, budget)),
      );
    const answer = this.answers.get(key);
    if (answer instanceof Undecided) throw answer;
    return answer;
  }

  /** The texts of a domain that match the patterns as required: the same object for the same, so that what is found in it is found again. */
  restricted(domain: Domain, requirements: readonly Requirement[]): Domain {
    if (requirements.length === 0) return domain;
    const key = this.keyOf(requirements, domain);
    const always = requirements.map(({ test, wanted }) => likeTest(test.patterns, !wanted));
    const known = this.parts.get(key) ?? { ...domain, always: [...(domain.always ?? []), ...always] };
    this.parts.set(key, known);
    return known;
  }

  private keyOf(requirements: readonly Requirement[], domain: Domain): string {
    let key = String(this.numberOf(domain));
    for (const { test, wanted } of requirements) key += `${wanted ? "+" : "-"}${this.numberOf(test)}`;
    return key;
  }

  private numberOf(object: Test | Domain): number {
    const number = this.numbers.get(object) ?? this.numbers.size;
    this.numbers.set(object, number);
    return number;
  }
}
