import { matchesWildcards } from "../../iam";

/**
 * Whether a text matches a glob of the configuration: `*` is any run of characters, `?` exactly one, all else is literal and
 * case-sensitive, as in a policy.
 */
export function matchesGlob(text: string, glob: string): boolean {
  return matchesWildcards(glob, text);
}

export function matchesAnyGlob(text: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(text, glob));
}
