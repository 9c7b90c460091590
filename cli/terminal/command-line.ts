import { bounded, shownLine } from "../../policypack/host";

/** No mistake is told at greater length. */
const LONGEST = 1_000;

/**
 * A mistake in the command line, as the parser words it, without what may be secret in it: the value after an equals sign
 * (`--conifg=password=…`, `--env TOKEN=…`). A name that it quotes begins no line.
 *
 * @param given the words of the command line
 */
export function mistakeInWords(mistake: string, given: readonly string[]): string {
  const values = given.flatMap((word) => [...word.matchAll(/=/g)].flatMap(({ index }) => word.slice(index + 1) || []));
  const longestFirst = [...values].sort((left, right) => right.length - left.length);
  const shown = longestFirst.reduce((text, value) => text.replaceAll(`=${value}`, "=…"), mistake.trimEnd());
  // The parser's suggestion stands on a line of its own, the last one.
  const at = shown.lastIndexOf("\n(Did you mean ");
  const parts = at === -1 ? [shown] : [shown.slice(0, at), shown.slice(at + 1)];
  return `${parts.map((part) => shownLine(bounded(part, LONGEST))).join("\n")}\n`;
}
