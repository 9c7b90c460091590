/** The longest message, and the longest word in one, that is shown whole. */
const longestMessage = 6_000;
const longestWord = 600;

/**
 * Makes a text safe to show in a terminal and in the log of a CI system: what would move a cursor, colour, hide or reorder text is
 * written as `\u….`, and what a CI system would take for a command is broken up. Line ends stay.
 *
 * GitHub ("Workflow commands"), Azure Pipelines ("Logging commands"), TeamCity ("Service messages"); GitLab's sections and
 * Jenkins' notes begin with a control character.
 */
export function shownLines(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(unshowable, (character) => (character === "\n" || character === "\t" ? character : escaped(character)))
    .replace(/##(?=\w*\[)/g, "#\\u0023")
    .replace(/(^|\n|\s)::(?=[A-Za-z])/g, "$1\\u003a:");
}

/** The same for a text that stands on one line, such as a name: it cannot begin another. */
export function shownLine(text: string): string {
  return shownLines(text.replace(/[\r\n\t]/g, escaped));
}

/** JSON text without what a terminal, a CI system or a page that it is put into would act on; it says the same to a parser. */
export function shownJson(json: string): string {
  return json
    .replace(unshowable, (character) => (character === "\n" ? character : utf16Escaped(character)))
    .replaceAll("<", "\\u003c")
    .replace(/(\s)::(?=[A-Za-z])/g, "$1\\u003a:")
    .replace(/##(?=\w*\[)/g, "#\\u0023");
}

/** Control and format characters (marks of direction, invisible ones, tags), line separators, lone surrogates. */
const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function utf16Escaped(character: string): string {
  return character.split("").map(escaped).join("");
}

/** A text of at most so many characters: its beginning, its end, and how much is between them. */
export function bounded(text: string, most = longestMessage): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most * 2) / 3);
  return `${text.slice(0, head)} … [${text.length - most} characters left out] … ${text.slice(text.length - (most - head))}`;
}

/** The same for each word of a text: a name of a megabyte tells no more than its ends. */
export function withBoundedWords(text: string): string {
  return text.replace(/(?<!\S)\S{601,}/g, (found) => bounded(found, longestWord));
}
