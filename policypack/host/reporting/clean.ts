import { resourceInWords } from "../../model";
import { bounded, shownLine, withBoundedWords } from "../outgoing/outgoing";

const urnWithPlace = /urn:pulumi:[^\s#]*[^\s#.,;:)](?:#([\w.[\]]*[\w\]]))?/g;

/** No rule quotes a key; should one ever quote a text that holds one, it ends here. */
const keyId = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g;

/** The longest paragraph of a message. */
const longestParagraph = 3_000;

/**
 * A paragraph as it may leave: one line, bounded, no key in it, and its URNs as people know the resources:
 * `policy of aws:iam/groupPolicy:GroupPolicy "work"` for `URN#policy`.
 */
export function cleaned(text: string): string {
  return bounded(shownLine(withBoundedWords(plainly(text))), longestParagraph);
}

function plainly(text: string): string {
  return text.replace(keyId, "$1…").replace(urnWithPlace, (match, place: string | undefined) => {
    const resource = resourceInWords(match.split("#", 1)[0] ?? "");
    return place === undefined ? resource : `${place} of ${resource}`;
  });
}

/** The first few of a list, and how many more there are. */
export function enumerated(items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  const left = items.length - shown.length;
  if (left > 0) return `${shown.join(", ")} and ${left} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

export function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
