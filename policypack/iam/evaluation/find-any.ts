import { actionsInSameRegions, actionsOnSameResources, actionsSupporting, supports } from "../aws/action-classes";
import { indexOf, universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import { anyResource } from "../requests/resource-domain";
import { lazily } from "../shared/lazily";
import type { Domain } from "../solver/domain";
import { firstFound, outcomeOf } from "../solver/undecided";
import { findRequests } from "./find-request";
import type { FoundRequests } from "./found-requests";
import { candidateActions, type Layers } from "./policy-layers";
import { reachableActions } from "./reachable-actions";
import type { Search } from "./search";

export const noActions: () => Bitset = lazily(() => Bitset.empty(universeSize()));

/**
 * Those of `among` that no rule tells from the action: in the same rules and with the same condition keys; with
 * `own-resources`, also with the same resources, where a rule looks at them.
 */
export function alike(
  action: number,
  among: Bitset,
  { layers, denies }: Layers,
  resources: "any-resource" | "own-resources",
): Bitset {
  let same = among;
  const keys = new Set<string>();
  let resourceMatters = false;
  for (const { rule } of [...layers.flatMap(({ allows }) => allows), ...denies]) {
    if (!rule.actions.has(action)) same = same.andNot(rule.actions);
    else {
      same = same.and(rule.actions);
      resourceMatters ||= resources === "own-resources" && rule.resource !== undefined;
      for (const key of rule.keys) keys.add(key);
    }
  }
  if (resourceMatters) same = same.and(actionsOnSameResources(action));
  if (keys.has("aws:requestedregion")) same = same.and(actionsInSameRegions(action));
  for (const key of keys) {
    if (!isActionSpecific(key)) continue;
    same = supports(action, key) ? same.and(actionsSupporting(key)) : same.andNot(actionsSupporting(key));
  }
  return same;
}

/** Whether some actions have the key and others do not. */
function isActionSpecific(key: string): boolean {
  return !key.startsWith("aws:") || /^aws:(?:resourcetag\/|requesttag\/|tagkeys$)/.test(key);
}

const noPins: ReadonlyMap<string, Domain> = new Map();

export const anyText: Domain = { absent: false, values: "any", multivalued: false };

/** Actions that people know; a witness with one of them needs no explanation. */
export const telling: () => readonly number[] = lazily(() => {
  const names = ["iam:CreateUser", "ec2:RunInstances", "s3:GetObject", "s3:DeleteBucket", "s3:ListAllMyBuckets"];
  return names.map(indexOf).filter((action) => action !== undefined);
});

function tellingOf(actions: Bitset): number | undefined {
  return telling().find((action) => actions.has(action)) ?? actions.first();
}

/**
 * A request for one of the actions, on one of the resources that count; by default on any that the action takes.
 *
 * @param pins condition keys whose values what is asked about fixes
 */
export function findAny(
  actions: Bitset,
  search: Search,
  resourceOf?: (action: number) => Domain,
  pins: ReadonlyMap<string, Domain> = noPins,
): FoundRequests | undefined {
  const { layers, scenario, freed, budget } = search;
  const open = candidateActions(layers, actions, resourceOf === undefined ? reachableActions : undefined);
  return firstFound(representatives(open, search), (action) => {
    const resource = resourceOf?.(action) ?? anyResource(action, scenario);
    return findRequests(layers, [{ action, resource, pins }], scenario, freed, budget);
  });
}

/** One of the actions that nothing tells apart, the telling ones first. */
function* representatives(actions: Bitset, { layers, scenario, freed, budget }: Search): Iterable<number> {
  let open = actions;
  for (let action = tellingOf(open); action !== undefined; action = tellingOf(open)) {
    yield action;
    const step = { action, resource: anyText };
    const onAnyText = outcomeOf(() => findRequests(layers, [step], scenario, freed, budget));
    // Where nothing is allowed on any text at all, the resources of each action need not be looked at.
    open = open.andNot(alike(action, open, layers, onAnyText === undefined ? "any-resource" : "own-resources"));
  }
}
