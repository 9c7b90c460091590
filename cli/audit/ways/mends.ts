import { shownLine } from "../../../policypack/host";
import { nameForPeople } from "../../../policypack/model";
import {
  type Analysis,
  adminPowerItself,
  type Step,
  statementsInWords,
  stepsOf,
  type Ways,
  withoutStatement,
} from "../../../policypack/rules";
import type { Mend } from "../../report/account-audit";
import { distancesTo, type Edge } from "./graph";

/** How many mends are told, and how many statements are tried for it. */
const mostTold = 20;
const mostTried = 40;

/** Memberships that are tried, and identities that are asked again for one statement. */
const mostMemberships = 400;
const mostAsked = 300;

interface Candidate {
  readonly what: string;
  readonly gone: ReadonlySet<Step>;
  readonly step?: Edge;
}

/**
 * The single changes after which most identities have no way left: for each, how many that are. Counted on the graph of steps; a statement
 * counts as what is left without it, for another one may open the same step.
 */
export function mendsOf(ways: Ways, analysis: Analysis, idOf: (end: Step["to"]) => string): readonly Mend[] {
  const edges = new Map(ways.steps.map((step) => [step, { from: idOf(step.from), to: idOf(step.to) }]));
  const ends = [...[...ways.administrators].map(idOf), idOf(adminPowerItself)];
  const before = distancesTo(ends, [...edges.values()]).size;
  const left = (gone: ReadonlySet<Step>) => [...edges].flatMap(([step, edge]) => (gone.has(step) ? [] : [edge]));
  const candidates = [...trusts(ways), ...memberships(ways, idOf), ...statements(ways, analysis)];
  return candidates
    .map(({ what, gone, step }): Mend => {
      const cuts = before - distancesTo(ends, left(gone)).size;
      return { what: shownLine(what), cuts, ...(step === undefined ? {} : { step }) };
    })
    .filter(({ cuts }) => cuts > 0)
    .sort((one, other) => other.cuts - one.cuts)
    .slice(0, mostTold);
}

/** To demand MFA in the trust policy of a role: whoever comes from elsewhere than from another role shows none. */
function trusts({ steps }: Ways): readonly Candidate[] {
  const assuming = grouped(
    steps.filter(({ how }) => how === "may assume"),
    ({ to }) => to,
  );
  return [...assuming].flatMap(([to, gone]) =>
    to === adminPowerItself
      ? []
      : [{ what: `Demand MFA in the trust policy of the ${nameForPeople(to)}.`, gone: new Set(gone) }],
  );
}

/** To take somebody out of a group. */
function memberships({ steps }: Ways, idOf: (end: Step["to"]) => string): readonly Candidate[] {
  const memberships = steps.filter(({ how }) => how === "is a member of");
  return memberships.slice(0, mostMemberships).flatMap((step) => {
    if (step.to === adminPowerItself) return [];
    const what = `Take the ${nameForPeople(step.from)} out of the ${nameForPeople(step.to)}.`;
    return [{ what, gone: new Set([step]), step: { from: idOf(step.from), to: idOf(step.to) } }];
  });
}

/** To take a statement away from whoever has it: those that stand in most steps. */
function statements({ steps }: Ways, analysis: Analysis): readonly Candidate[] {
  const using = new Map<string, { readonly origin: string; readonly path: string; readonly steps: Step[] }>();
  for (const step of steps) {
    for (const { origin, path } of step.grant.statements) {
      const key = JSON.stringify([origin, path]);
      const known = using.get(key) ?? { origin, path, steps: [] };
      using.set(key, known);
      known.steps.push(step);
    }
  }
  const tried = [...using.values()].sort((one, other) => other.steps.length - one.steps.length).slice(0, mostTried);
  return tried.map(({ origin, path, steps: built }) => {
    const gone = new Set<Step>();
    for (const [from, own] of [...grouped(built, (step) => step.from)].slice(0, mostAsked)) {
      const ends = [...new Set(own.map(({ to }) => to))];
      const left = stepsOf(withoutStatement(from, { origin, path }), ends, analysis);
      for (const step of own) if (!left.some(({ to }) => to === step.to)) gone.add(step);
    }
    return { what: `Take away, or narrow, ${statementsInWords([{ origin, path }])}.`, gone };
  });
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
