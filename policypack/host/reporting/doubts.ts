import type { Undecided } from "../../rules";
import type { Configuration } from "../configuration/configure";
import { levelOf } from "../configuration/levels";
import { undecidedPolicy } from "../configuration/undecided-policy";
import { waiverFor } from "../configuration/waivers";
import type { Doubt } from "../evaluation/doubt";
import type { Answer } from "../evaluation/run-rule";
import { type DoubtGroup, undecidedText } from "./doubt-text";
import { fingerprintOf } from "./fingerprint";
import { grouped } from "./grouped";
import type { Report } from "./report";

/** The same for the same doubt. */
export function doubtKey({ rule, undecided: { urn, because } }: Doubt): string {
  return JSON.stringify([rule, urn, because]);
}

/** The doubts among some answers that are worth a word: those that could block once they are decided, and that nobody has accepted. */
export function doubtsIn(answers: readonly Answer[], { rules, waivers }: Configuration): readonly Doubt[] {
  return answers.flatMap(({ rule: { id }, outcome }) => {
    const configured = rules.get(id);
    if (outcome.kind !== "undecided" || configured === undefined || configured.level === "disabled") return [];
    if (configured.onUnknown !== "advisory" || levelOf(configured.level, outcome.ceiling) === "advisory") return [];
    return waiverFor(waivers.inForce, id, outcome.urn) === undefined ? [{ rule: id, undecided: outcome }] : [];
  });
}

/**
 * All that a stack leaves undecided, as one finding on the stack; what waivers of this policy cover, as a further one for each
 * waiver. Nothing where there is no doubt.
 *
 * @param isPreview whether an update follows, in which all this is judged again
 */
export function undecidedReports(
  doubts: readonly Doubt[],
  { undecided, waivers }: Pick<Configuration, "undecided" | "waivers">,
  stackUrn: string,
  isPreview: boolean,
): readonly Report[] {
  const { id, severity } = undecidedPolicy;
  if (undecided === "disabled") return [];
  const byWaiver = grouped(doubts, ({ undecided: { urn } }) => waiverFor(waivers.inForce, id, urn));
  return [...byWaiver].map(([waiver, covered]) => {
    const level = waiver === undefined ? levelOf(undecided, undefined) : "advisory";
    const rules = [...new Set(covered.map(({ rule }) => rule))].sort();
    const waiverNote = waiver === undefined ? {} : { inForce: waiver };
    const text = undecidedText(id, { groups: groupsOf(covered), rules, level, isPreview, waiver: waiverNote });
    return {
      policy: id,
      severity,
      level,
      urn: stackUrn,
      about: [stackUrn],
      decided: false,
      text,
      subjects: [...new Set(covered.map(({ undecided: { subject } }) => subject))],
      witnesses: [],
      statements: [],
      fingerprint: fingerprintOf(id, "stack"),
    };
  });
}

/** The subjects by what they wait for, those that most wait for first. */
function groupsOf(doubts: readonly Doubt[]): readonly DoubtGroup[] {
  const bySubject = [...grouped(doubts, ({ undecided: { urn } }) => urn)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const subjects = bySubject.map(([, [first, ...others]]) => {
    const all = [first, ...others].map(({ undecided }) => undecided);
    const waiting = all.flatMap((undecided) => undecided.waiting);
    const because = [...new Set(all.map((undecided) => undecided.because))];
    return { subject: first.undecided.subject, waiting, because };
  });
  const groups = grouped(subjects, ({ waiting, because }) => JSON.stringify(sourcesOf(waiting) ?? because));
  return [...groups.values()]
    .map(([first, ...others]) => {
      const { waiting, because } = first;
      return { subjects: [first, ...others].map(({ subject }) => subject), waiting, because };
    })
    .sort((one, other) => other.subjects.length - one.subjects.length);
}

/** The resources that have to exist first, or else the properties that have to become known. */
function sourcesOf(waiting: Undecided["waiting"]): readonly string[] | undefined {
  if (waiting.length === 0) return undefined;
  const sources = waiting.flatMap(({ urn, property, on }) => (on.length > 0 ? on : [`${urn}#${property}`]));
  return [...new Set(sources)].sort();
}
