import { wrapWords } from "../outgoing/wrap";
import type { Report } from "./report";

/** The CLI indents a message by ten columns; with them it fits a terminal of 100. */
const width = 88;

/** A report as the text that the protocol carries: what is wrong, why it matters, what to do, and where to read on. */
export function messageOf({ policy, text }: Report): string {
  const { what, items = [], why, fix, code, notes = [] } = text;
  return [
    wrapWords(what, width, "", "  "),
    ...items.map((item) => wrapWords(`- ${item}`, width, "", "  ")),
    ...(why === undefined ? [] : [labelled("Why", why)]),
    ...(fix === undefined ? [] : [labelled("Fix", fix)]),
    ...(code === undefined ? [] : [code.replace(/^/gm, "     ")]),
    ...notes.map(({ label, text }) => labelled(label, text)),
    labelled("More", pageOf(policy)),
  ].join("\n");
}

/** Where a rule is explained, as a command that works wherever npm does. */
export function pageOf(policy: string): string {
  return `npx aws-identity-guardrails rules ${policy}`;
}

function labelled(label: string, text: string): string {
  return wrapWords(`${label}: ${text}`, width, "", "     ");
}
