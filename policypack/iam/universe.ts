import { type Found, findRequests, resourceSamples, type Step, withoutFreeResources } from "./access";
import { allActions, indexOf, universeSize } from "./actions";
import { Bitset } from "./bitset";
import { candidateActions, type Layers } from "./layers";
import type { Search } from "./question";
import { anyResource, reachableActions } from "./resource";
import { exactly } from "./scenario";
import { actionsOnSameResources, actionsSupporting, supports } from "./support";
import { lazily } from "./table";
import { type Domain, Undecided } from "./values";

export const noActions: () => Bitset = lazily(() => Bitset.empty(universeSize()));

/**
 * Whether every one of the actions can be called on every resource, each in whatever circumstances suit it. `resourceOf`
 * gives the resources that count.
 */
export function isAllowedEverywhere(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): boolean {
  if (!actions.isSubsetOf(candidateActions(search.layers, actions))) return false;
  let open = actions.andNot(plainlyAllowed(search.layers));
  // Where something is refused, it is mostly refused for one of these.
  for (const action of telling().filter((each) => open.has(each)))
    if (!isAllowedOnAll({ action, resource: resourceOf(action) }, search)) return false;
  for (let action = open.first(); action !== undefined; action = open.first()) {
    const same = alike(action, open, search.layers, "any-resource");
    // What holds for every text holds for every resource; only where it does not, the resources of each action matter.
    if (!isAllowedOnAll({ action, resource: anyText }, search) && !areAllowedEach(same, search, resourceOf))
      return false;
    open = open.andNot(same);
  }
  return true;
}

const anyText: Domain = { absent: false, values: "any", multivalued: false };

function areAllowedEach(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): boolean {
  let open = actions;
  for (let action = open.first(); action !== undefined; action = open.first()) {
    if (!isAllowedOnAll({ action, resource: resourceOf(action) }, search)) return false;
    open = open.andNot(alike(action, open, search.layers, "own-resources"));
  }
  return true;
}

/** Actions that every layer allows without any condition, and that no Deny mentions. */
function plainlyAllowed({ layers, denies }: Layers): Bitset {
  let plain = allActions();
  for (const { allows, everything } of layers) {
    if (everything) continue;
    let allowed = Bitset.empty(universeSize());
    for (const { rule } of allows)
      if (rule.resource === undefined && rule.atoms.length === 0) allowed = allowed.or(rule.actions);
    plain = plain.and(allowed);
  }
  for (const { rule } of denies) plain = plain.andNot(rule.actions);
  return plain;
}

function isAllowedOnAll(step: Step, search: Search): boolean {
  if (!isAllowedOnSamples(step, search)) return false;
  const { layers, scenario, freed } = search;
  const less = withoutFreeResources(layers, step, scenario, freed);
  if (less === undefined || isAllowedOnSamples(step, { ...search, layers: less })) return true;
  throw new Undecided("a policy variable in a Resource can take values that were not tried");
}

function isAllowedOnSamples(step: Step, { layers, scenario, freed, budget }: Search): boolean {
  for (const resource of resourceSamples(layers, step, scenario, freed, budget))
    if (findRequests(layers, [{ ...step, resource: exactly(resource) }], scenario, freed, budget) === undefined)
      return false;
  return true;
}

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

/** Actions that people know; a witness with one of them needs no explanation. */
const telling: () => readonly number[] = lazily(() => {
  const names = ["iam:CreateUser", "ec2:RunInstances", "s3:GetObject", "s3:DeleteBucket", "s3:ListAllMyBuckets"];
  return names.map(indexOf).filter((action) => action !== undefined);
});

function tellingOf(actions: Bitset): number | undefined {
  return telling().find((action) => actions.has(action)) ?? actions.first();
}

/** A request for one of the actions, on one of the resources that count; by default on any that the action takes. */
export function findAny(actions: Bitset, search: Search, resourceOf?: (action: number) => Domain): Found | undefined {
  const { layers, scenario, freed, budget } = search;
  let open = candidateActions(layers, actions, resourceOf === undefined ? reachableActions : undefined);
  for (let action = tellingOf(open); action !== undefined; action = tellingOf(open)) {
    const step = { action, resource: resourceOf?.(action) ?? anyResource(action, scenario) };
    const found = findRequests(layers, [step], scenario, freed, budget);
    if (found !== undefined) return found;
    // Where nothing is allowed on any text at all, the resources of each action need not be looked at.
    const nowhere = findRequests(layers, [{ action, resource: anyText }], scenario, freed, budget) === undefined;
    open = open.andNot(alike(action, open, layers, nowhere ? "any-resource" : "own-resources"));
  }
  return undefined;
}
