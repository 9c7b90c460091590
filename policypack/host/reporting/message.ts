import { resourceInWords } from "../../model";
import type { Finding, Level, Undecided } from "../../rules";
import { type Mistake, mistakeInWords } from "../configuration/mistake";
import type { Waiver } from "../configuration/waivers";
import type { Crash } from "../evaluation/run-rule";
import { deepestRead } from "../outgoing/nesting";
import { bounded, shownLine, withBoundedWords } from "../outgoing/outgoing";

/** The CLI indents a message by ten columns; with them it fits a terminal of 100. */
const width = 88;

const urnWithPlace = /urn:pulumi:[^\s#]*[^\s#.,;:)](?:#([\w.[\]]*[\w\]]))?/g;

/** No rule quotes a key; should one ever quote a text that holds one, it ends here. */
const keyId = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g;

/** The longest paragraph of a message. */
const longestParagraph = 3_000;

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
  for (const word of bounded(shownLine(withBoundedWords(plainly(text))), longestParagraph).split(/\s+/)) {
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

/**
 * What is wrong, why it matters, what to do, and where to read on.
 *
 * @param subjects everybody of whom the same is found, where one mend ends it for several
 */
export function findingMessage(
  rule: string,
  finding: Finding,
  waiver: WaiverNote,
  creating?: string,
  subjects: readonly string[] = [],
): string {
  return [
    wrap(subjects.length > 1 ? `${manyInWords(subjects)}. For example: ${finding.what}` : finding.what, "  "),
    labelled("Why", finding.why),
    labelled("Fix", finding.fix),
    ...(creating === undefined ? [] : [labelled("When", `stopped before ${resourceInWords(creating)} is made.`)]),
    ...waiverLines(waiver),
    ruleLine(rule),
  ].join("\n");
}

const namedSubject = /^([a-zA-Z ]+) "(.*)"$/;

/** How many subjects of one finding are named. */
const mostNamed = 5;

/** `60 users: anna, ben, carl, dora, eve and 55 more`. */
function manyInWords(subjects: readonly string[]): string {
  const parts = subjects.map((subject) => namedSubject.exec(subject));
  const kinds = new Set(parts.map((part) => part?.[1]));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) {
    return `${subjects.length} identities: ${enumerated(subjects, mostNamed)}`;
  }
  return `${subjects.length} ${kind}s: ${enumerated(
    parts.map((part) => part?.[2] ?? ""),
    mostNamed,
  )}`;
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

/** A doubt that a rule reports under its own name. */
export function doubtMessage(rule: string, { subject, because, waiting }: Undecided, waiver: WaiverNote): string {
  return [
    wrap(`${sentenceStart(subject)} cannot be judged yet: ${because}.`, "  "),
    ...(waiting.length === 0 ? [] : [labelled("Waits for", `${waitingInWords(waiting)}.`)]),
    labelled("Fix", waiting.length === 0 ? makeReadable : makeKnown),
    ...waiverLines(waiver),
    ruleLine(rule),
  ].join("\n");
}

const makeReadable =
  "Correct what cannot be read, keep what decides it in this stack, or vouch for what is kept elsewhere under `settings`.";

const makeKnown =
  "It is decided once the value is known. To have it decided in preview, build it from what is known there: names are, ARNs of new resources are not.";

/** Subjects that wait for the same, or that stand in doubt for the same reason. */
export interface DoubtGroup {
  readonly subjects: readonly string[];
  readonly waiting: Undecided["waiting"];
  readonly because: readonly string[];
}

/** Everything that a stack leaves undecided. */
export interface DoubtsInWords {
  readonly groups: readonly DoubtGroup[];
  readonly rules: readonly string[];
  readonly level: Level;
  /** Whether an update follows. */
  readonly isPreview: boolean;
  readonly waiver: WaiverNote;
}

/** How many subjects in doubt are named. */
const mostInDoubt = 10;

export function undecidedMessage(policy: string, doubts: DoubtsInWords): string {
  const { groups, rules, waiver } = doubts;
  const count = groups.reduce((sum, { subjects }) => sum + subjects.length, 0);
  const lines: string[] = [];
  let left = mostInDoubt;
  for (const group of groups) {
    if (left === 0) break;
    const named = group.subjects.slice(0, left);
    left -= named.length;
    lines.push(wrap(`- ${doubtInWords(named, group)}.`, "  "));
  }
  return [
    `${count === 1 ? "1 identity" : `${count} identities`} cannot be judged yet:`,
    ...lines,
    ...(count > mostInDoubt ? [`- ${count - mostInDoubt} more.`] : []),
    labelled("Rules that wait", `${rules.join(", ")}.`),
    ...(groups.some(({ waiting }) => waiting.length === 0) ? [labelled("Fix", makeReadable)] : []),
    labelled("Next", nextInWords(doubts, policy)),
    ...waiverLines(waiver),
    ruleLine(policy),
  ].join("\n");
}

function doubtInWords(subjects: readonly string[], { waiting, because }: DoubtGroup): string {
  const who = sentenceStart(subjects.join(", "));
  if (waiting.length === 0) return `${who}: ${because.join("; ")}`;
  if (subjects.length === 1) return `${who} waits for ${waitingInWords(waiting)}`;
  const sources = sourcesOf(waiting);
  return `${who} wait for ${sources.length > 0 ? enumerated(sources, 2) : waitingInWords(waiting)}`;
}

function nextInWords({ level, isPreview, groups }: DoubtsInWords, policy: string): string {
  if (level === "mandatory") return `\`${policy}\` is mandatory, so the stack stops here until they can be judged.`;
  if (groups.every(({ waiting }) => waiting.length === 0)) {
    return `nothing stops for it. \`${policy}: mandatory\` blocks instead.`;
  }
  return isPreview
    ? `they are judged again in the update, before anything is created that these values show to be wrong. \`${policy}: mandatory\` blocks instead.`
    : "they are judged again in the next preview.";
}

/** Up to two properties, and the resources that the first comes from. */
function waitingInWords(waiting: Undecided["waiting"]): string {
  const places = [...new Set(waiting.map(({ urn, property }) => `${property} of ${resourceInWords(urn)}`))];
  const sources = sourcesOf(waiting);
  const from = sources.length === 0 ? "" : `, which comes from ${enumerated(sources, 2)}`;
  return `${enumerated(places, 2)}${from}`;
}

function sourcesOf(waiting: Undecided["waiting"]): readonly string[] {
  return [...new Set(waiting.flatMap(({ on }) => on))].map(resourceInWords);
}

/** The first few of a list, and how many more there are. */
export function enumerated(items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  const left = items.length - shown.length;
  if (left > 0) return `${shown.join(", ")} and ${left} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
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

/** Properties that nothing reads, so that no rule can pass them. */
export function unreadMessage(rule: string, urn: string, properties: readonly string[]): string {
  return [
    wrap(
      `What stands in ${enumerated(properties, 3)} of ${urn} was not read: it is nested deeper than ${deepestRead} levels.`,
      "  ",
    ),
    labelled("Why", "No service takes values that are nested so deeply; what stands there would go unnoticed."),
    labelled("Fix", "Give the value with fewer lists and objects within one another."),
    ruleLine(rule),
  ].join("\n");
}

/** Calls of the protocol that the engine does not make. */
export function refusedMessage(rule: string, calls: readonly string[]): string {
  return [
    wrap(`Somebody else than the engine called this policy pack: ${calls.join("; ")}.`, "  "),
    labelled(
      "Why",
      "The engine configures the pack once, before the first resource, and shows each resource once. Other calls can only be meant to change what the pack says; they were refused.",
    ),
    labelled(
      "Fix",
      "Find what makes them: this stack's program, one of its dependencies, or another process on this machine. docs/threat-model.md says what such a process can reach.",
    ),
    ruleLine(rule),
  ].join("\n");
}
