import type { Waiting } from "../../model";
import type { Finding } from "../../rules";
import type { Answer, Answers } from "./run-rule";

type Found = Answer & { readonly outcome: Finding };

/**
 * What holds whichever of some possible worlds comes to be: what a rule finds in all of them, about one subject. What it finds in some
 * only is undecided, as is what one of them leaves undecided.
 *
 * @param worlds what the rules answer in each
 * @param waiting what decides between them
 */
export function inEveryWorld(worlds: readonly Answers[], waiting: readonly Waiting[]): Answers {
  const bySubject = worlds.map(({ answers }) => groupedBySubject(answers));
  const subjects = new Set(bySubject.flatMap((groups) => [...groups.keys()]));
  const [first] = worlds;
  return {
    answers: [...subjects].flatMap((subject) =>
      agreed(
        bySubject.map((groups) => groups.get(subject) ?? []),
        waiting,
      ),
    ),
    notApplicable: (first?.notApplicable ?? []).filter((rule) =>
      worlds.every(({ notApplicable }) => notApplicable.includes(rule)),
    ),
  };
}

function groupedBySubject(answers: readonly Answer[]): ReadonlyMap<string, readonly Answer[]> {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = JSON.stringify([answer.rule.id, answer.outcome.urn, answer.outcome.subject]);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return groups;
}

/** What a rule says of one subject, given what it says in each world. */
function agreed(said: readonly (readonly Answer[])[], waiting: readonly Waiting[]): readonly Answer[] {
  const crash = said.flat().find(({ outcome }) => outcome.kind === "crash");
  if (crash !== undefined) return [crash];
  const found = said.map((answers) => answers.filter(isFound));
  const same = (found[0] ?? []).filter(({ outcome: { what } }) =>
    found.every((answers) => answers.some(({ outcome }) => outcome.what === what)),
  );
  const [weakest = []] = [...found].sort((one, other) => strength(one) - strength(other));
  const told = same.length > 0 && strength(same) >= strength(weakest) ? same : weakest;
  const left = said.map((answers) => answers.filter(({ outcome }) => outcome.kind === "undecided"));
  const doubts = left.find((answers) => answers.length > 0) ?? [];
  const strongest = found.flat().find((each) => strength([each]) === Math.max(...found.map(strength)));
  const isSettled = strongest === undefined || strength([strongest]) === strength(told);
  return isSettled ? [...told, ...doubts] : [...told, doubtAbout(strongest, waiting), ...doubts];
}

function isFound(answer: Answer): answer is Found {
  return answer.outcome.kind === "finding";
}

/** Nothing, advice, or what can block. */
function strength(found: readonly Found[]): 0 | 1 | 2 {
  if (found.length === 0) return 0;
  return found.every(({ outcome: { ceiling } }) => ceiling === "advisory") ? 1 : 2;
}

function doubtAbout({ rule, outcome: { urn, subject, ceiling } }: Found, waiting: readonly Waiting[]): Answer {
  const because = `it depends on what a template leaves open: ${waiting.map(({ property }) => property).join(", ")}`;
  return {
    rule,
    outcome: { kind: "undecided", urn, subject, because, waiting, ...(ceiling === undefined ? {} : { ceiling }) },
  };
}
