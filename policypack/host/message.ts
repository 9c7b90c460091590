import type { Finding, Undecided } from "../rules/rule";
import type { Crash } from "./ask";
import { type Mistake, mistakeInWords } from "./mistake";
import { resourceInWords } from "./urn";
import type { Waiver } from "./waivers";

/** The CLI indents a message by ten columns; with them it fits a terminal of 100. */
const width = 88;

const urnWithPlace = /urn:pulumi:[^\s#]*[^\s#.,;:)](?:#([\w.[\]]*[\w\]]))?/g;

/** No rule quotes a key; should one ever quote a text that holds one, it ends here. */
const keyId = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g;

/** A text with its URNs as people know the resources: `policy of aws:iam/groupPolicy:GroupPolicy "work"` for `URN#policy`. */
function plainly(text: string): string {
  return text.replace(keyId, "$1…").replace(urnWithPlace, (match, place: string | undefined) => {
    const resource = resourceInWords(match.split("#", 1)[0] ?? "");
    return place === undefined ? resource : `${place} of ${resource}`;
  });
}

/** Breaks a text at spaces; a word that is too long, such as an ARN, stands on a line of its own. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of plainly(text).split(/\s+/)) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}

function labelled(label: string, text: string): string {
  return wrap(`${label}: ${text}`, "     ");
}

function ruleLine(rule: string): string {
  return labelled("Rule", `${rule} (RULES.md#${rule})`);
}

/** What a waiver says about a finding: one in force lowers it, one that has expired says so. */
export interface WaiverNote {
  readonly inForce?: Waiver;
  readonly expired?: Waiver;
}

function waiverLines({ inForce, expired }: WaiverNote): readonly string[] {
  if (inForce !== undefined) return [labelled("Waived until", `${inForce.expires}: ${inForce.reason}`)];
  if (expired !== undefined) return [labelled("Waiver expired", `${expired.expires}: ${expired.reason}`)];
  return [];
}

/** What is wrong, why it matters, what to do, and where to read on. */
export function findingMessage(rule: string, finding: Finding, waiver: WaiverNote, creating?: string): string {
  return [
    wrap(finding.what, "  "),
    labelled("Why", finding.why),
    labelled("Fix", finding.fix),
    ...(creating === undefined ? [] : [labelled("When", `stopped before ${resourceInWords(creating)} is made.`)]),
    ...waiverLines(waiver),
    ruleLine(rule),
  ].join("\n");
}

/** A rule that could not be completed. */
export function crashMessage(rule: string, crash: Crash, waiver: WaiverNote): string {
  return [
    wrap(`${crash.subject} could not be judged: the rule ended with an internal error (${crash.where}).`, "  "),
    labelled("Why", "A guardrail that breaks must not let anything through, so this counts as a finding of the rule."),
    labelled(
      "Fix",
      "This is a fault of the policy pack; report it with the place above. Until it is mended, waive the rule for this resource.",
    ),
    ...waiverLines(waiver),
    ruleLine(rule),
  ].join("\n");
}

/** Several rules that wait for the same value of one subject. */
export interface Waits {
  readonly subject: string;
  readonly because: readonly string[];
  readonly waiting?: Undecided["waiting"][number];
  /** The first is the most severe, under whose name this is reported. */
  readonly rules: readonly string[];
  readonly waiver: WaiverNote;
}

export function undecidedMessage({ subject, because, waiting, rules, waiver }: Waits): string {
  const [first = "", ...others] = rules;
  return [
    wrap(`${sentenceStart(subject)} cannot be judged yet: ${because.join("; ")}.`, "  "),
    ...(waiting === undefined ? [] : [labelled("Waits for", waitingInWords(waiting))]),
    labelled(
      "Fix",
      waiting === undefined
        ? "Correct what cannot be read, keep what decides it in this stack, or vouch for what is kept elsewhere under `settings`."
        : "It is decided once the value is known. To have it decided in preview, build it from what is known there: names are, ARNs of new resources are not.",
    ),
    ...(others.length === 0 ? [] : [labelled("Also waiting", others.join(", "))]),
    ...waiverLines(waiver),
    ruleLine(first),
  ].join("\n");
}

function waitingInWords({ urn, property, on }: Undecided["waiting"][number]): string {
  const sources = on.length === 0 ? "" : `, which comes from ${on.map(resourceInWords).join(" and ")}`;
  return `${property} of ${resourceInWords(urn)}${sources}.`;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function leftOutMessage(rule: string, count: number): string {
  const findings = count === 1 ? "1 more finding" : `${count} more findings`;
  return [
    `${findings} of this rule ${count === 1 ? "is" : "are"} not listed.`,
    labelled("Why", "The list is kept to what a person reads; the most severe findings are in it."),
    labelled("Fix", "Mend the listed ones and run again."),
    ruleLine(rule),
  ].join("\n");
}

/** All configuration mistakes in one finding. */
export function mistakesMessage(rule: string, mistakes: readonly Mistake[]): string {
  return [
    wrap(
      "The policy pack's configuration has mistakes; unless they say otherwise, what is wrong is not applied:",
      "  ",
    ),
    ...mistakes.map((mistake) => wrap(`- ${mistakeInWords(mistake)}`, "  ")),
    labelled(
      "Fix",
      "Correct it there; `aws-identity-guardrails config FILE` finds the same mistakes before a file is enabled.",
    ),
    ruleLine(rule),
  ].join("\n");
}
