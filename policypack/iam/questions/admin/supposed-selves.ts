import type { Layers } from "../../evaluation/policy-layers";
import { matchesWildcards } from "../../language/glob";
import type { Principal } from "../../requests/principal";

/**
 * A principal whose name or path is not known as each that a Resource element can mean. Whoever such a statement lets change itself is
 * not held by what holds others.
 */
export function supposedSelves(principal: Principal, { mentioned }: Pick<Layers, "mentioned">): readonly Principal[] {
  const { kind, name, path } = principal;
  if (name !== undefined && path !== undefined) return [];
  const selves = new Map<string, Principal>();
  for (const { key, value } of mentioned.values) {
    const [, ...tails] = key === "resource" ? value.split(`:${kind}/`) : [];
    const tail = tails.join(`:${kind}/`);
    if (tail === "" || tail === "*") continue;
    const slash = tail.lastIndexOf("/");
    const own = filledIn(tail.slice(slash + 1), name, principal.nameLike);
    const before = filledIn(`/${tail.slice(0, slash + 1)}`, path, principal.pathLike);
    if (own !== undefined && before !== undefined)
      selves.set(`${before}${own}`, { ...principal, name: own, path: before });
  }
  return [...selves.values()].slice(0, mostSelves);
}

/** What is known, where the pattern means it too; else a text that it means, if such a text may be it. */
function filledIn(pattern: string, known: string | undefined, like = "*"): string | undefined {
  if (known !== undefined) return matchesWildcards(pattern, known) ? known : undefined;
  const text = pattern.replaceAll("*", "x").replaceAll("?", "x");
  return !text.includes("$") && matchesWildcards(like, text) ? text : undefined;
}

/** Beyond this, documents are made to be hard. */
const mostSelves = 16;
