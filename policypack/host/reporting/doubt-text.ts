import { resourceInWords } from "../../model";
import type { Level, Undecided } from "../../rules";
import { cleaned, enumerated, sentenceStart } from "./clean";
import { noteOf, type WaiverNote, waiverNotes } from "./finding-text";
import type { ReportText } from "./report";

/** A doubt that a rule reports under its own name. */
export function doubtText({ subject, because, waiting }: Undecided, waiver: WaiverNote): ReportText {
  return {
    what: cleaned(`${sentenceStart(subject)} cannot be judged yet: ${because}.`),
    fix: waiting.length === 0 ? makeReadable : makeKnown,
    notes: [
      ...(waiting.length === 0 ? [] : [noteOf("Waits for", `${waitingInWords(waiting)}.`)]),
      ...waiverNotes(waiver),
    ],
  };
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

/** @param policy that tells of the doubts */
export function undecidedText(policy: string, doubts: DoubtsInWords): ReportText {
  const { groups, rules, waiver } = doubts;
  const count = groups.reduce((sum, { subjects }) => sum + subjects.length, 0);
  const items: string[] = [];
  let left = mostInDoubt;
  for (const group of groups) {
    if (left === 0) break;
    const named = group.subjects.slice(0, left);
    left -= named.length;
    items.push(cleaned(`${doubtInWords(named, group)}.`));
  }
  return {
    what: `${count === 1 ? "1 identity" : `${count} identities`} cannot be judged yet:`,
    items: [...items, ...(count > mostInDoubt ? [`${count - mostInDoubt} more.`] : [])],
    ...(groups.some(({ waiting }) => waiting.length === 0) ? { fix: makeReadable } : {}),
    notes: [
      noteOf("Rules that wait", `${rules.join(", ")}.`),
      noteOf("Next", nextInWords(doubts, policy)),
      ...waiverNotes(waiver),
    ],
  };
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
    return `nothing stops for it. ${blocking(policy)}`;
  }
  return isPreview
    ? `the update judges them again once the values are known, and stops before it makes what must not be. ${blocking(policy)}`
    : "they are judged again in the next preview.";
}

/** What to write in the policies' configuration for who would not wait. */
function blocking(policy: string): string {
  return `To block until then, configure "${policy}": "mandatory".`;
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
