import type { Report } from "./report";

/** The CLI indents a message by ten columns; with them it fits a terminal of 100. */
const width = 88;

/** A report as the text that the protocol carries: what is wrong, why it matters, what to do, and where to read on. */
export function messageOf({ policy, text }: Report): string {
  const { what, items = [], why, fix, code, notes = [] } = text;
  return [
    wrap(what, "  "),
    ...items.map((item) => wrap(`- ${item}`, "  ")),
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
  return wrap(`${label}: ${text}`, "     ");
}

/** Breaks a text at spaces; a word that is too long, such as an ARN, stands on a line of its own. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}
