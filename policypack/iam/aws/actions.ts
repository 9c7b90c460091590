import { matchesWildcards } from "../language/glob";
import { lazily } from "../shared/lazily";
import { remembering } from "../shared/remembering";
import { serviceByPrefix, serviceOf, services } from "./action-table";
import { Bitset } from "./bitset";

export { arnTemplatesOf, conditionKeysOf, supportsConditionKey } from "./action-resources";

/**
 * The finite universe of AWS actions, numbered from 0: the actions of one service follow each other, and the last number
 * is `futureAction`. From AWS's "Service Authorization Reference" (Actions, resources, and condition keys for AWS services).
 */

export type AccessLevel = "read" | "list" | "write" | "tagging" | "permissions-management";

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  r: "read",
  l: "list",
  w: "write",
  t: "tagging",
  p: "permissions-management",
};

/** How many actions there are; every number below is an action. */
export const universeSize: () => number = lazily(() => futureAction() + 1);

/** The pseudo-action that stands for services and actions that do not exist yet. */
export const futureAction: () => number = lazily(() => services().at(-1)?.start ?? 0);

export const allActions: () => Bitset = lazily(() => Bitset.full(universeSize()));

/**
 * The actions that an element of `Action` or `NotAction` names; letter case does not matter, `*` and `?` are wildcards, and
 * both `*` and `*:*` are everything (IAM User Guide, "IAM JSON policy elements: Action"). A pattern with a blank, a comma or
 * any other character that no action has, matches nothing.
 */
export const actionsMatching: (pattern: string) => Bitset = remembering(find);

function find(pattern: string): Bitset {
  // toLowerCase would turn a few letters outside ASCII, such as the Kelvin sign, into ASCII ones.
  if (/[^\x20-\x7e]/.test(pattern)) return Bitset.empty(universeSize());
  const key = pattern.toLowerCase();
  if (/^\*+(?::\*+)?$/.test(key)) return allActions();
  return Bitset.of(universeSize(), numbersMatching(key));
}

/** The actions that one of the patterns names. Most patterns of a policy are plain names, which need no set of their own. */
export function actionsMatchingAny(among: readonly string[]): Bitset {
  const [only, ...others] = among;
  if (only !== undefined && others.length === 0) return actionsMatching(only);
  const named = among.filter(isPlainName);
  const sets = among.filter((pattern) => !isPlainName(pattern)).map(actionsMatching);
  sets.push(
    Bitset.of(
      universeSize(),
      named.map(indexOf).filter((action) => action !== undefined),
    ),
  );
  return Bitset.union(universeSize(), sets);
}

function isPlainName(pattern: string): boolean {
  return /^[a-z0-9-]+:[a-z0-9]+$/i.test(pattern);
}

function numbersMatching(key: string): number[] {
  const colon = key.indexOf(":");
  // A service that is named leaves few actions, whose names are all read.
  const named = colon < 0 ? undefined : serviceByPrefix().get(key.slice(0, colon));
  if (named !== undefined) {
    const accepts = accepting(key.slice(colon + 1));
    return [...named.keys.keys()].filter((i) => accepts(named.keys[i] ?? "")).map((i) => named.start + i);
  }
  const candidates = actionsWithCharactersOf(key);
  // Without a colon, which AWS refuses, the pattern is held against the whole name.
  if (colon < 0) {
    const accepts = accepting(key);
    return [...candidates].filter((action) => accepts(keyOf(action)));
  }
  const accepts = accepting(key.slice(colon + 1));
  const prefixes = new Set(services().filter(({ prefix }) => matchesWildcards(key.slice(0, colon), prefix)));
  return [...candidates].filter((action) => {
    const service = serviceOf(action);
    return prefixes.has(service) && accepts(service.keys[action - service.start] ?? "");
  });
}

function accepting(pattern: string): (name: string) => boolean {
  const shortest = pattern.replace(/\*{2,}/g, "*");
  return /^[^*?]*\*$/.test(shortest)
    ? (name) => name.startsWith(shortest.slice(0, -1))
    : (name) => matchesWildcards(shortest, name);
}

function keyOf(action: number): string {
  const service = serviceOf(action);
  return `${service.prefix}:${service.keys[action - service.start]}`;
}

/** The actions by each character that their names hold, service and all, in lower case. */
const actionsByCharacter: () => ReadonlyMap<string, Bitset> = lazily(() => {
  const members = new Map<string, number[]>();
  for (const { prefix, keys, start } of services())
    for (const [i, name] of keys.entries())
      for (const character of new Set(`${prefix}:${name}`)) {
        const known = members.get(character);
        if (known === undefined) members.set(character, [start + i]);
        else known.push(start + i);
      }
  return new Map([...members].map(([character, actions]) => [character, Bitset.of(universeSize(), actions)]));
});

/**
 * The actions that hold every character of a pattern but its wildcards: the only ones that it can match. There are twenty thousand
 * actions, and a document can bring thousands of patterns that name no service.
 */
export function actionsWithCharactersOf(pattern: string): Bitset {
  let left = allActions();
  for (const character of new Set(pattern.toLowerCase().replace(/[*?]/g, ""))) {
    const holding = actionsByCharacter().get(character);
    if (holding === undefined) return Bitset.empty(universeSize());
    left = left.and(holding);
  }
  return left;
}

/** The name as AWS writes it, such as `iam:PutUserPolicy`; a RangeError for a number that is no action. */
export function actionName(action: number): string {
  const service = serviceOf(action);
  return `${service.prefix}:${service.names[action - service.start]}`;
}

/** The number of an action by its name in any letter case; undefined for a name that AWS has not published. */
export function indexOf(name: string): number | undefined {
  const [prefix = "", key = "", ...rest] = name.toLowerCase().split(":");
  const service = serviceByPrefix().get(prefix);
  const position = service?.positions().get(key);
  return service === undefined || position === undefined || rest.length > 0 ? undefined : service.start + position;
}

export function accessLevelOf(action: number): AccessLevel {
  const service = serviceOf(action);
  const level = LEVELS[service.levels[action - service.start] ?? ""];
  if (level === undefined) throw new RangeError(`action ${action} has no access level`);
  return level;
}

/** Whether AWS classes the action as one that changes permissions. */
export function isPermissionsManagement(action: number): boolean {
  return accessLevelOf(action) === "permissions-management";
}
