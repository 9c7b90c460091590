import { shownLine, wrapWords } from "../../policypack/host";

/** Breaks one line of text, with whatever names it quotes: none of them begins a line that `wrap` did not begin. */
export function wrapLine(text: string, width: number, indent: string): string {
  return wrap(shownLine(text), width, indent);
}

/** Breaks a text into lines of at most `width` characters; each of its own lines keeps its indentation. */
export function wrap(text: string, width: number, indent: string): string {
  return text
    .split("\n")
    .map((line) => {
      const start = indent + (/^\s*/.exec(line)?.[0] ?? "");
      return wrapWords(line, width, start, start);
    })
    .join("\n");
}
