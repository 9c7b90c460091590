import { kindAndName } from "../../policypack/host";
import type { PlacedFinding } from "./check-result";

/** Findings that say the same of different subjects, the first of them in full. */
export interface Alike {
  readonly first: PlacedFinding;
  readonly others: readonly PlacedFinding[];
}

/** Puts findings together whose texts differ in nothing but names, in the order of the first of each. */
export function alikeIn(findings: readonly PlacedFinding[]): readonly Alike[] {
  const groups = new Map<string, PlacedFinding[]>();
  for (const finding of findings) {
    const key = withoutNames(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [{ first, others }]));
}

function withoutNames(finding: PlacedFinding): string {
  const { rule, level, severity, text, subjects, exceptions, isInBaseline } = finding;
  const { what, why = "", fix, code, items, notes } = text;
  // What stands in quotes behind a kind is a name; so is what a witness is asked for.
  const names = subjects.flatMap((subject) => kindAndName(subject)?.name ?? []).sort((a, b) => b.length - a.length);
  const general = (said: string) =>
    names.reduce(
      (rest, name) => (name === "" ? rest : rest.replaceAll(`"${name}"`, "…").replaceAll(`/${name} `, "/… ")),
      said,
    );
  const kinds = subjects.map((subject) => kindAndName(subject)?.kind);
  const parts = [
    rule,
    level,
    severity,
    kinds,
    general(what),
    general(why),
    fix,
    code,
    items,
    notes,
    exceptions,
    isInBaseline,
  ];
  return JSON.stringify(parts);
}

/** `ben, carl, dora` of findings about one subject each. */
export function namesOf(findings: readonly PlacedFinding[]): readonly string[] {
  return findings.flatMap(({ subjects }) => subjects.map((subject) => kindAndName(subject)?.name ?? subject));
}
