import { lazily } from "../shared/lazily";
import { Remembered, remembering } from "../shared/remembering";
import {
  actionName,
  allActions,
  arnTemplatesOf,
  conditionKeysOf,
  futureAction,
  supportsConditionKey,
  universeSize,
} from "./actions";
import { Bitset } from "./bitset";
import { partitions, regionsOf } from "./partitions";

/** Sets of actions that are alike in what their requests can hold; built when the first policy needs to tell actions apart. */

const supported = new Remembered<boolean>(20_000);

/** `supportsConditionKey`, remembered: searches ask again and again for the same few actions and keys. */
export function supports(action: number, key: string): boolean {
  return supported.of(`${action} ${key}`, () => supportsConditionKey(action, key));
}

/** The actions whose requests can have the condition key. */
export const actionsSupporting: (key: string) => Bitset = remembering((key) => {
  // Actions that document the same keys support the same; only of the pseudo-action nothing is documented.
  const members = actionsByKeys().filter(([first = 0]) => supportsConditionKey(first, key));
  return Bitset.of(universeSize(), members.flat()).or(Bitset.of(universeSize(), [futureAction()]));
}, 200);

const actionsByKeys = lazily(() =>
  groups((action) => conditionKeysOf(action).join("\n"), futureAction()).map((set) => [...set]),
);

const setsByResources = lazily(() => {
  const set = new Map<number, Bitset>();
  for (const group of groups((action) => [...arnTemplatesOf(action)].sort().join("\n")))
    for (const action of group) set.set(action, group);
  return set;
});

/** The actions that work on the same resources as this one. */
export function actionsOnSameResources(action: number): Bitset {
  return setsByResources().get(action) ?? Bitset.of(universeSize(), [action]);
}

const setsByRegions = lazily(() => {
  const set = new Map<number, Bitset>();
  const regions = (action: number) =>
    partitions.map(({ name }) => regionsOf(actionName(action), name)?.join()).join(" ");
  for (const group of groups(regions)) for (const action of group) set.set(action, group);
  return set;
});

/** The actions that are called in the same regions as this one. */
export function actionsInSameRegions(action: number): Bitset {
  return setsByRegions().get(action) ?? Bitset.of(universeSize(), [action]);
}

function groups(signatureOf: (action: number) => string, end = universeSize()): readonly Bitset[] {
  const members = new Map<string, number[]>();
  for (let action = 0; action < end; action++) {
    const signature = signatureOf(action);
    const group = members.get(signature);
    if (group === undefined) members.set(signature, [action]);
    else group.push(action);
  }
  return [...members.values()].map((group) => Bitset.of(universeSize(), group));
}

/** Actions whose request always has the resource `*`. */
export const actionsWithoutResource: () => Bitset = lazily(() => actionsWhere((templates) => templates.length === 0));

function actionsWhere(holds: (templates: readonly string[]) => boolean): Bitset {
  return Bitset.of(
    universeSize(),
    [...allActions()].filter((action) => holds(arnTemplatesOf(action))),
  );
}

/** Actions on resources in whose ARN the service is this one, wherever their own prefix is another. */
export const actionsOnService: () => ReadonlyMap<string, Bitset> = lazily(() => {
  const members = new Map<string, number[]>();
  for (const action of allActions())
    for (const service of new Set(arnTemplatesOf(action).map((template) => template.split(":")[2] ?? ""))) {
      const known = members.get(service);
      if (known === undefined) members.set(service, [action]);
      else known.push(action);
    }
  return new Map([...members].map(([service, actions]) => [service, Bitset.of(universeSize(), actions)]));
});
