import {
  anyResource,
  candidateActions,
  type Found,
  findRequests,
  type Layers,
  resourceSamples,
  type Step,
} from "./access";
import { allActions, arnTemplatesOf, indexOf, supportsConditionKey, universeSize } from "./actions";
import { Bitset } from "./bitset";
import type { Search } from "./question";
import { exactly } from "./scenario";
import { lazily } from "./table";
import type { Domain } from "./values";

export const noActions: () => Bitset = lazily(() => Bitset.empty(universeSize()));

/** Actions whose request always has the resource `*`. */
export const actionsWithoutResource: () => Bitset = lazily(() =>
  Bitset.of(
    universeSize(),
    [...allActions()].filter((action) => arnTemplatesOf(action).length === 0),
  ),
);

/**
 * Whether every one of the actions can be called on every resource, each in whatever circumstances suit it. `resourceOf`
 * gives the resources that count.
 */
export function isAllowedEverywhere(actions: Bitset, search: Search, resourceOf: (action: number) => Domain): boolean {
  if (!actions.isSubsetOf(candidateActions(search.layers, actions))) return false;
  let open = actions.andNot(plainlyAllowed(search.layers));
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

function isAllowedOnAll(step: Step, { layers, scenario, freed, budget }: Search): boolean {
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
  { layers, denies, keys }: Layers,
  resources: "any-resource" | "own-resources",
): Bitset {
  let same = among;
  let resourceMatters = false;
  for (const { rule } of [...layers.flatMap(({ allows }) => allows), ...denies]) {
    const contained = rule.actions.has(action);
    same = contained ? same.and(rule.actions) : same.andNot(rule.actions);
    resourceMatters ||= resources === "own-resources" && contained && rule.resource !== undefined;
  }
  const telling = [...keys].filter((key) => !key.startsWith("aws:") || /tag/.test(key));
  if (!resourceMatters && telling.length === 0) return same;
  const signature = (each: number) =>
    `${resourceMatters ? arnTemplatesOf(each).join() : ""} ${telling.map((key) => supportsConditionKey(each, key)).join()}`;
  const wanted = signature(action);
  return Bitset.of(
    same.size,
    [...same].filter((each) => signature(each) === wanted),
  );
}

/** Actions that people know; a witness with one of them needs no explanation. */
const telling = [
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "ec2:RunInstances",
  "s3:GetObject",
  "s3:DeleteBucket",
  "s3:ListAllMyBuckets",
];

function tellingOf(actions: Bitset): number | undefined {
  for (const name of telling) {
    const action = indexOf(name);
    if (action !== undefined && actions.has(action)) return action;
  }
  return actions.first();
}

/** A request for one of the actions, on one of the resources that count; by default on any that the action takes. */
export function findAny(
  actions: Bitset,
  search: Search,
  resourceOf: (action: number) => Domain = (action) => anyResource(action, search.scenario),
): Found | undefined {
  const { layers, scenario, freed, budget } = search;
  let open = candidateActions(layers, actions);
  for (let action = tellingOf(open); action !== undefined; action = tellingOf(open)) {
    const step = { action, resource: resourceOf(action) };
    const found = findRequests(layers, [step], scenario, freed, budget);
    if (found !== undefined) return found;
    open = open.andNot(alike(action, open, layers, "own-resources"));
  }
  return undefined;
}
