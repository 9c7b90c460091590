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
 */
export function ask(
  rule: AnyRule,
  subjects: () => readonly AnySubject[],
  context: RuleContext<AnyOptions>,
  isEnabled: (id: string) => boolean,
  fallbackUrn: string,
): readonly Answer[] {
  const answers: Answer[] = [];
  let at = fallbackUrn;
  // Its subjects' kind is between the rule and its definition.
  const anyRule: Rule = rule;
  try {
    for (const subject of subjects()) {
      at = urnOf(subject);
      try {
        for (const outcome of spokenBy(anyRule, anyRule.check(subject, context), isEnabled))
          answers.push({ rule, outcome });
      } catch (error) {
        answers.push({ rule, outcome: crashAt(at, error) });
      }
    }
  } catch (error) {
    answers.push({ rule, outcome: crashAt(at, error) });
  }
  return answers;
}

/** What a rule says itself of one subject: up to where it yields to a rule that is enabled. */
function* spokenBy(
  { id, yieldsTo = [] }: Rule,
  said: Iterable<Outcome | Yielded>,
  isEnabled: (id: string) => boolean,
): Iterable<Outcome> {
  for (const each of said) {
    if (each.kind !== "yielded") yield each;
    else if (!yieldsTo.includes(each.to)) throw new Error(`${id} does not declare that it yields to ${each.to}`);
    else if (isEnabled(each.to)) {
      yield* each.leaving ?? [];
      return;
    }
  }
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
