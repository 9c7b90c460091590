import type { Qualifier } from "../answer/grant";
import { allActions, indexOf, universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import { qualifierOf } from "../aws/condition-keys";
import type { Document } from "../language/document";
import { Mentioned } from "../language/mentions";
import { isRead, type Policy } from "../language/policy";
import type { Principal } from "../requests/principal";
import { SolverMemo } from "../solver/memo";
import type { Approximation } from "./approximation";
import { type CompiledStatement, compile } from "./compiled-statement";

/** A rule with the policy that it stands in. */
export interface PlacedStatement {
  readonly rule: CompiledStatement;
  readonly origin: string;
}

/** A set of policies of which one must allow; `everything` when the set allows whatever is asked. */
interface Layer {
  readonly allows: readonly PlacedStatement[];
  readonly everything: boolean;
}

/** All that decides about a principal's requests: some Allow in every layer, and no Deny anywhere. */
export interface Layers {
  readonly layers: readonly Layer[];
  readonly denies: readonly PlacedStatement[];
  /** Condition keys and policy variables that some statement mentions, sorted. */
  readonly keys: ReadonlySet<string>;
  readonly mentioned: Mentioned;
  readonly memo: SolverMemo;
  /** The layers as they are, where these are changed for what is asked about one step. */
  readonly real?: Layers;
}

/** "Policy evaluation logic" (IAM User Guide): identity policies, permissions boundary and each level of SCPs must allow. */
export function layersOf(principal: Principal, approximation: Approximation): Layers {
  const sets = [principal.identity, ...(principal.boundary ? [[principal.boundary]] : []), ...(principal.scps ?? [])];
  const placed = sets.map((set) => set.map((policy) => placedRules(policy, approximation)));
  const layers: Layer[] = placed.map((policies) => ({
    allows: policies.flatMap((policy) =>
      Array.isArray(policy) ? policy.filter(({ rule }) => rule.effect === "Allow") : [],
    ),
    everything: policies.includes("allows-everything"),
  }));
  const all = placed.flat(2).filter((rule) => typeof rule !== "string");
  // What may deny everything is a layer in which nothing allows.
  if (placed.flat().includes("denies-everything")) layers.push({ allows: [], everything: false });
  const documents = sets.flat().flatMap((policy) => (isRead(policy) ? [policy.document] : []));
  return withMentions(layers, all, documents);
}

/** Layers made of rules of some documents instead of a principal's policies: what allows, or allows everything, and the Denies. */
export function layersOfStatements(
  allows: readonly PlacedStatement[] | "everything",
  denies: readonly PlacedStatement[],
  documents: readonly Document[],
): Layers {
  const everything = allows === "everything";
  const all = [...(everything ? [] : allows), ...denies];
  return withMentions([{ allows: everything ? [] : allows, everything }], all, documents);
}

function withMentions(
  layers: readonly Layer[],
  all: readonly PlacedStatement[],
  documents: readonly Document[],
): Layers {
  const mentioned = new Mentioned(documents);
  return {
    layers,
    denies: all.filter(({ rule }) => rule.effect === "Deny"),
    keys: mentioned.keys,
    mentioned,
    memo: new SolverMemo(),
  };
}

function placedRules(policy: Policy, approximation: Approximation): PlacedStatement[] | Approximation["unread"] {
  if (!isRead(policy)) return approximation.unread;
  return compile(policy.document, approximation).map((rule) => ({ rule, origin: policy.origin }));
}

/** Actions that every layer allows without any condition, and that no Deny mentions. */
export function plainlyAllowed({ layers, denies }: Layers): Bitset {
  let plain = allActions();
  for (const { allows, everything } of layers) {
    if (everything) continue;
    const plainly = allows.filter(({ rule }) => asksNothing(rule));
    plain = plain.and(
      Bitset.union(
        universeSize(),
        plainly.map(({ rule }) => rule.actions),
      ),
    );
  }
  for (const { rule } of denies) plain = plain.andNot(rule.actions);
  return plain;
}

/** Whether some Allow of every layer names the action. */
export function mayBeAllowed(name: string, { layers }: Pick<Layers, "layers">): boolean {
  const action = indexOf(name);
  const names = ({ rule }: PlacedStatement) => action !== undefined && rule.actions.has(action);
  return layers.every(({ allows, everything }) => everything || allows.some(names));
}

function asksNothing({ resource, compiledConditions }: CompiledStatement): boolean {
  return resource === undefined && compiledConditions.length === 0;
}

/** The sorts of circumstances that the policies look at. */
export function circumstancesIn(layers: Layers): readonly Qualifier[] {
  const found = new Set<Qualifier>();
  for (const key of layers.keys) {
    const qualifier = qualifierOf(key);
    if (qualifier !== undefined) found.add(qualifier);
  }
  return [...found];
}

/**
 * Actions that may be allowed on some resource, and none of which is denied whatever the request; the rest surely is not.
 * `actionsOf` says which actions of a rule count.
 */
export function candidateActions(
  { layers, denies }: Layers,
  among: Bitset,
  actionsOf: (rule: CompiledStatement) => Bitset = (rule) => rule.actions,
): Bitset {
  let candidates = among;
  for (const { allows, everything } of layers) {
    if (everything) continue;
    const allowing = allows.filter(({ rule }) => rule.actions.intersects(candidates));
    candidates = candidates.and(
      Bitset.union(
        universeSize(),
        allowing.map(({ rule }) => actionsOf(rule)),
      ),
    );
  }
  for (const { rule } of denies) if (asksNothing(rule)) candidates = candidates.andNot(rule.actions);
  return candidates;
}
