/**
 * Whether a pattern, in which `*` is any run of characters and `?` exactly one, matches the whole text. Letter case counts.
 * Goes back to the last `*` only, so the time is at most the product of the two lengths.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let lastStar = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      lastStar = p++;
      resume = t;
    } else if (pattern[p] === "?" || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (lastStar >= 0) {
      p = lastStar + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
