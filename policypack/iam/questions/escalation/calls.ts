import { indexOf, universeSize } from "../../aws/actions";
import { Bitset } from "../../aws/bitset";
import { type EscalationPath, knownEscalationPaths } from "../../aws/escalation-catalogue";
import type { EntityType } from "../../requests/unmentioned-name";
import { lazily } from "../../shared/lazily";
import { entityTypeOf } from "./targets";

/** One call of a path, with what is known about it before any policy is read. */
export interface PathCall {
  readonly name: string;
  readonly action: number;
  /** The type of entity that the call is aimed at; undefined where a policy cannot single one out. */
  readonly type: EntityType | undefined;
  /** For iam:PassRole: the services, one of which the role must trust. */
  readonly services: readonly string[];
  /** Equal for calls that ask for the same. */
  readonly key: string;
}

export interface KnownPath {
  readonly path: EscalationPath;
  readonly calls: readonly PathCall[];
  /** The action of each call as a set of one. */
  readonly needs: readonly Bitset[];
  /** Whether it works on an entity that a policy can single out: a user, a group, a role or a policy. */
  readonly isAimed: boolean;
}

/** The paths of the catalogue whose actions AWS has published. */
export const knownPaths: () => readonly KnownPath[] = lazily(() =>
  knownEscalationPaths().flatMap((path) => {
    const calls = path.actions.flatMap((name) => callOf(name, path) ?? []);
    if (calls.length < path.actions.length) return [];
    const needs = calls.map(({ action }) => Bitset.of(universeSize(), [action]));
    return [{ path, calls, needs, isAimed: calls.some(({ type }) => type !== undefined) }];
  }),
);

/** The actions with which they begin. */
export const firstCalls: () => Bitset = lazily(() =>
  Bitset.union(
    universeSize(),
    knownPaths().flatMap(({ needs }) => needs.slice(0, 1)),
  ),
);

function callOf(name: string, { passedTo = [] }: EscalationPath): PathCall | undefined {
  const action = indexOf(name);
  if (action === undefined) return undefined;
  const services = name === "iam:PassRole" ? passedTo : [];
  return { name, action, type: entityTypeOf(action, name), services, key: [name, ...services].join(" ") };
}
