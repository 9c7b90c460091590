import { resourceInWords } from "../../model";
import type { Finding } from "../../rules";
import { type Mistake, mistakeInWords } from "../configuration/mistake";
import type { Waiver } from "../configuration/waivers";
import type { Crash } from "../evaluation/run-rule";
import { deepestRead } from "../outgoing/nesting";
import { cleaned, enumerated } from "./clean";
import { kindAndName } from "./fingerprint";
import type { Note, ReportText } from "./report";

/** What a waiver says about a finding: one in force lowers it, one that has expired says so. */
export interface WaiverNote {
  readonly inForce?: Waiver;
  readonly expired?: Waiver;
}

export function waiverNotes({ inForce, expired }: WaiverNote): readonly Note[] {
  if (inForce !== undefined) return [noteOf("Waived until", `${inForce.expires}: ${inForce.reason}`)];
  if (expired !== undefined) return [noteOf("Waiver expired", `${expired.expires}: ${expired.reason}`)];
  return [];
}

export function noteOf(label: string, text: string): Note {
  return { label, text: cleaned(text) };
}

/**
 * What is wrong, why it matters, what to do.
 *
 * @param creating URN of the resource that the finding stops
 * @param subjects everybody of whom the same is found, where one mend ends it for several
 */
export function findingText(
  finding: Finding,
  waiver: WaiverNote,
  creating?: string,
  subjects: readonly string[] = [],
): ReportText {
  const { what, why, fix, code } = finding;
  const when = creating === undefined ? [] : [noteOf("When", `stopped before ${resourceInWords(creating)} is made.`)];
  return {
    what: cleaned(subjects.length > 1 ? `${manyInWords(subjects)}. For example: ${what}` : what),
    why: cleaned(why),
    fix: cleaned(fix),
    ...(code === undefined ? {} : { code }),
    notes: [...when, ...waiverNotes(waiver)],
  };
}

/** How many subjects of one finding are named. */
const mostNamed = 5;

/** `60 users: anna, ben, carl, dora, eve and 55 more`. */
function manyInWords(subjects: readonly string[]): string {
  const parts = subjects.map(kindAndName);
  const kinds = new Set(parts.map((part) => part?.kind));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) {
    return `${subjects.length} identities: ${enumerated(subjects, mostNamed)}`;
  }
  return `${subjects.length} ${kind}s: ${enumerated(
    parts.map((part) => part?.name ?? ""),
    mostNamed,
  )}`;
}

/** A rule that could not be completed. */
export function crashText({ subject, where }: Crash, waiver: WaiverNote): ReportText {
  return {
    what: cleaned(`${subject} could not be judged: the rule ended with an internal error (${where}).`),
    why: "A guardrail that breaks must not let anything through, so this counts as a finding of the rule.",
    fix: "This is a fault of the policy pack; report it with the place above. Until it is mended, waive the rule for this resource.",
    notes: waiverNotes(waiver),
  };
}

export function leftOutText(count: number): ReportText {
  const findings = count === 1 ? "1 more finding" : `${count} more findings`;
  return {
    what: `${findings} of this rule ${count === 1 ? "is" : "are"} not listed.`,
    why: "The list is kept to what a person reads; the most severe findings are in it.",
    fix: "Mend the listed ones and run again.",
  };
}

/** All configuration mistakes in one finding. */
export function mistakesText(mistakes: readonly Mistake[]): ReportText {
  return {
    what: "The policy pack's configuration has mistakes; unless they say otherwise, what is wrong is not applied:",
    items: mistakes.map((mistake) => cleaned(mistakeInWords(mistake))),
    fix: "Correct it there; `aws-identity-guardrails config FILE` finds the same mistakes before a file is enabled.",
  };
}

/** Properties that nothing reads, so that no rule can pass them. */
export function unreadText(urn: string, properties: readonly string[]): ReportText {
  return {
    what: cleaned(
      `What stands in ${enumerated(properties, 3)} of ${urn} was not read: it is nested deeper than ${deepestRead} levels.`,
    ),
    why: "No service takes values that are nested so deeply; what stands there would go unnoticed.",
    fix: "Give the value with fewer lists and objects within one another.",
  };
}

/** Calls of the protocol that the engine does not make. */
export function refusedText(calls: readonly string[]): ReportText {
  return {
    what: cleaned(`Somebody else than the engine called this policy pack: ${calls.join("; ")}.`),
    why: "The engine configures the pack once, before the first resource, and shows each resource once. Other calls can only be meant to change what the pack says; they were refused.",
    fix: "Find what makes them: this stack's program, one of its dependencies, or another process on this machine. docs/threat-model.md says what such a process can reach.",
  };
}
