import { resourceInWords } from "../../model";
import type { AnyRule, Outcome, Rule, RuleContext, Yielded } from "../../rules";
import type { AnyOptions } from "../configuration/options";
import { type AnySubject, urnOf } from "./subject-selection";

/** A rule that threw: nobody knows what it would have said of the subject. */
export interface Crash {
  readonly kind: "crash";
  readonly urn: string;
  readonly subject: string;
  /** Sort of error and place in the program; never its message, which may quote a secret. */
  readonly where: string;
}

export interface Answer {
  readonly rule: AnyRule;
  readonly outcome: Outcome | Crash;
}

/** What a rule said of one subject, for whoever keeps account of all that was asked. */
export interface Asked {
  readonly rule: AnyRule;
  readonly subject: AnySubject;
  readonly outcomes: readonly Answer["outcome"][];
  /** The rule that answers for the subject in its place. */
  readonly yieldedTo?: string;
}

export interface Answers {
  readonly answers: readonly Answer[];
  /** Rules that found nothing that they look at. */
  readonly notApplicable: readonly AnyRule[];
}

/**
 * Puts a rule's question to every subject, as far as no other rule answers for it. A rule that throws is an answer too, and what it
 * said before is kept.
 *
 * @param subjects finds the subjects; may throw as well
 * @param isEnabled whether the rule of that id, to which this one yields, is asked itself
 * @param fallbackUrn where to report if the subjects cannot even be found
 * @param onAsked hears of every subject, also of one that nothing is found about
 */
export function ask(
  rule: AnyRule,
  subjects: () => readonly AnySubject[],
  context: RuleContext<AnyOptions>,
  isEnabled: (id: string) => boolean,
  fallbackUrn: string,
  onAsked: (asked: Asked) => void = () => undefined,
): readonly Answer[] {
  const answers: Answer[] = [];
  let at = fallbackUrn;
  // Its subjects' kind is between the rule and its definition.
  const anyRule: Rule = rule;
  try {
    for (const subject of subjects()) {
      at = urnOf(subject);
      const outcomes: Answer["outcome"][] = [];
      let yieldedTo: string | undefined;
      try {
        const said = spokenBy(anyRule, anyRule.check(subject, context), isEnabled);
        for (let next = said.next(); ; next = said.next()) {
          if (next.done) {
            yieldedTo = next.value;
            break;
          }
          outcomes.push(next.value);
        }
      } catch (error) {
        outcomes.push(crashAt(at, error));
      }
      for (const outcome of outcomes) answers.push({ rule, outcome });
      onAsked({ rule, subject, outcomes, ...(yieldedTo === undefined ? {} : { yieldedTo }) });
    }
  } catch (error) {
    answers.push({ rule, outcome: crashAt(at, error) });
  }
  return answers;
}

/** What a rule says itself of one subject: up to where it yields to a rule that is enabled, whose id it then returns. */
function* spokenBy(
  { id, yieldsTo = [] }: Rule,
  said: Iterable<Outcome | Yielded>,
  isEnabled: (id: string) => boolean,
): Generator<Outcome, string | undefined> {
  for (const each of said) {
    if (each.kind !== "yielded") yield each;
    else if (!yieldsTo.includes(each.to)) throw new Error(`${id} does not declare that it yields to ${each.to}`);
    else if (isEnabled(each.to)) {
      yield* each.leaving ?? [];
      return each.to;
    }
  }
  return undefined;
}

function crashAt(urn: string, error: unknown): Crash {
  return { kind: "crash", urn, subject: resourceInWords(urn), where: whereOf(error) };
}

/** The sort of an error and the file and line that it came from, such as `TypeError at index.js:120:7`. */
export function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return "something that is no error was thrown";
  const frame = /(?<![^/\\\s(])([^/\\\s(]+:\d+:\d+)\)?$/m.exec((error.stack ?? "").split("\n    at ")[1] ?? "");
  return frame?.[1] === undefined ? error.name : `${error.name} at ${frame[1]}`;
}
