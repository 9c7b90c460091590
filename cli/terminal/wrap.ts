import { shownLine } from "../../policypack/host";

/** Breaks one line of text, with whatever names it quotes: none of them begins a line that `wrap` did not begin. */
export function wrapLine(text: string, width: number, indent: string): string {
  return wrap(shownLine(text), width, indent);
}

/** Breaks a text into lines of at most `width` characters; longer words, such as URNs, stay whole. */
export function wrap(text: string, width: number, indent: string): string {
  return text
    .split("\n")
    .map((paragraph) => wrapParagraph(paragraph, width - indent.length, indent))
    .join("\n");
}

function wrapParagraph(paragraph: string, width: number, indent: string): string {
  const hanging = /^\s*/.exec(paragraph)?.[0] ?? "";
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.trim().split(/\s+/)) {
    if (line !== "" && hanging.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => (one === "" ? "" : `${indent}${hanging}${one}`)).join("\n");
}
