/**
 * Breaks a text at its spaces into lines of at most `width` characters; a word that is too long, such as an ARN or a URN, stays whole.
 *
 * @param first begins the first line, and `indent` each further one; both count
 */
export function wrapWords(text: string, width: number, first: string, indent: string): string {
  const [head = "", ...words] = text.trim().split(/\s+/);
  if (head === "") return "";
  const lines: string[] = [];
  let line = first + head;
  for (const word of words) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}
