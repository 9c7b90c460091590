/**
 * Whether a text matches a glob of the configuration: `*` is any run of characters, `?` exactly one, all else is literal and
 * case-sensitive. Linear in the text for every `*`, whatever the glob.
 */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let afterStar = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (inGlob < glob.length && glob[inGlob] === "*") {
      afterStar = ++inGlob;
      resumeAt = at;
    } else if (inGlob < glob.length && (glob[inGlob] === "?" || glob[inGlob] === text[at])) {
      inGlob++;
      at++;
    } else if (afterStar >= 0) {
      inGlob = afterStar;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === "*") inGlob++;
  return inGlob === glob.length;
}

export function matchesAnyGlob(text: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(text, glob));
}
