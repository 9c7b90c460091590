import { supports } from "../../aws/action-classes";
import { indexOf } from "../../aws/actions";
import type { Bitset } from "../../aws/bitset";
import type { Approximation } from "../../evaluation/approximation";
import type { Layers } from "../../evaluation/policy-layers";
import { arnGlob } from "../../language/arn-glob";
import { mentionsOf } from "../../language/mentions";
import { isRead } from "../../language/policy";
import { changeable, never } from "../../requests/iam-targets";
import { type Principal, policiesOf } from "../../requests/principal";
import type { Scenario, Step } from "../../requests/request";
import { exactly } from "../../requests/scenario";
import { lazily } from "../../shared/lazily";
import type { Domain } from "../../solver/domain";
import { likeTest } from "../../solver/test";
import { arnsIn, type Holder, type Powers, powerfulManagedPolicies } from "./powerful-policies";

/**
 * Which policy a request is about. Whoever attaches a policy chooses it among all of AWS's and of the account's, and may write one
 * first, so iam:PolicyARN and iam:PermissionsBoundary are not one value but every value that serves an attack ("Actions, resources,
 * and condition keys for AWS Identity and Access Management", Service Authorization Reference).
 */
const policyKey = "iam:policyarn";
const boundaryKey = "iam:permissionsboundary";

/** One way to make a call worth it: what has to be called before, and what it needs some condition keys to be. */
export interface Way {
  readonly before: readonly Step[];
  readonly pins: ReadonlyMap<string, Domain>;
  readonly sharedKeys: ReadonlyMap<string, string>;
}

const anyWay: Way = { before: [], pins: new Map(), sharedKeys: new Map() };

/**
 * The permissions boundary of whoever a call is aimed at: `none`, that with the ARN, `own` of which nobody knows the ARN, `harmless`
 * for one that bounds nothing, or `any` for somebody who may have none or such a one.
 */
export type Bounded = "none" | "own" | "harmless" | "any" | { readonly arn: string };

/** The policies that an attack can use. */
export interface Supply {
  readonly scenario: Scenario;
  readonly layers: Layers;
  /** Condition keys that some statement looks at. */
  readonly keys: ReadonlySet<string>;
  /** ARNs of policies that make such a holder an administrator, those of the account that may do so included where that counts. */
  readonly powerful: (holder: Holder) => readonly string[];
  /** Whether a policy whose name is not known yet may be among them. */
  readonly unnamed: (holder: Holder) => boolean;
  /** ARNs of the account's policies that are known. */
  readonly known: () => readonly string[];
  /** ARNs that the statements name, and so most likely exist. */
  readonly named: () => readonly string[];
  /** Those of the calls that write a policy which the caller may make. */
  readonly writing: readonly string[];
  /** The actions that may be allowed at all. */
  readonly candidates: Bitset;
}

const writingCalls = ["iam:CreatePolicy", "iam:CreatePolicyVersion"];

/** @param candidates the actions that the layers may allow */
export function supplyOf(
  principal: Principal,
  {
    layers,
    scenario,
    approximation,
  }: { readonly layers: Layers; readonly scenario: Scenario; readonly approximation: Approximation },
  candidates: Bitset,
  powers: () => Powers,
): Supply {
  const ofAccount = (holder: Holder) => [
    ...powers().sure[holder],
    ...(approximation.allows === "more" ? powers().possible[holder] : []),
  ];
  return {
    scenario,
    layers,
    keys: layers.keys,
    powerful: (holder) => [
      ...powerfulManagedPolicies(holder, scenario.partition),
      ...arnsIn(ofAccount(holder), scenario),
    ],
    unnamed: (holder) => approximation.allows === "more" && ofAccount(holder).some(({ arn }) => arn === undefined),
    known: lazily(() => arnsIn(principal.accountPolicies ?? [], scenario)),
    named: lazily(() => namedIn(layers)),
    writing: writingCalls.filter((name) => candidates.has(numberOf(name))),
    candidates,
  };
}

/** Whether some statement looks at which policy a request is about. */
export function asksWhichPolicy(principal: Principal): boolean {
  return policiesOf(principal).some(
    (policy) =>
      isRead(policy) && mentionsOf(policy.document).keys.some((key) => key === policyKey || key === boundaryKey),
  );
}

/** Texts of a question about which policy can be attached: the accounts in them may be the principal's own. */
export function textsAbout(principal: Principal): readonly string[] {
  if (!asksWhichPolicy(principal)) return [];
  return [...(principal.accountPolicies ?? []).flatMap(({ arn }) => arn ?? []), principal.boundaryArn ?? ""];
}

/**
 * The ways to call `name` on somebody so that it raises their power: each with a policy that makes them an administrator, or with one
 * that the caller has written before, and never held by a boundary that bounds.
 *
 * @param reach `elsewhere` for policies of the account whose text nobody knows here, in place of those
 */
export function waysOf(
  name: string,
  bounded: Bounded,
  supply: Supply,
  reach: "powerful" | "elsewhere" = "powerful",
): readonly Way[] {
  const policies = name.startsWith("iam:Attach") ? policyWays(name, policyKey, supply, reach) : [anyWay];
  if (!supply.keys.has(boundaryKey) || !supports(numberOf(name), boundaryKey)) return policies;
  const boundaries = /^iam:Put(?:User|Role)PermissionsBoundary$/.test(name)
    ? policyWays(name, boundaryKey, supply, reach)
    : boundaryWays(name, bounded, supply);
  return policies.flatMap((policy) => boundaries.map((boundary) => both(policy, boundary)));
}

/** Whether a call has ways that reach only policies which are kept elsewhere. */
export function reachesElsewhere(name: string, { keys }: Supply): boolean {
  return name.startsWith("iam:Attach") && keys.has(policyKey);
}

function policyWays(name: string, key: string, supply: Supply, reach: "powerful" | "elsewhere"): readonly Way[] {
  if (!supply.keys.has(key)) return [anyWay];
  const holder = holderOf(name);
  if (reach === "elsewhere") return [pinned(key, ofAccount(supply, supply.known()))];
  const powerful: Domain = { absent: false, values: supply.powerful(holder).map((arn) => [arn]), multivalued: false };
  return [
    pinned(key, powerful),
    ...(supply.unnamed(holder) ? [pinned(key, ofAccount(supply, supply.known()))] : []),
    ...supply.writing.map((call) => written(call, key, supply)),
  ];
}

function boundaryWays(name: string, bounded: Bounded, supply: Supply): readonly Way[] {
  if (bounded === "none") return [pinned(boundaryKey, never)];
  if (bounded === "own") return [pinned(boundaryKey, { absent: false, values: "any", multivalued: false })];
  if (typeof bounded !== "string") return [pinned(boundaryKey, exactly(bounded.arn))];
  // Taken off, it is any; left on, it must be none or one that bounds nothing.
  if (name.startsWith("iam:Delete")) return [pinned(boundaryKey, { absent: false, values: "any", multivalued: false })];
  const values = supply.powerful(holderOf(name)).map((arn) => [arn]);
  return [
    pinned(boundaryKey, { absent: bounded === "any", values, multivalued: false }),
    ...supply.writing.map((call) => written(call, boundaryKey, supply)),
  ];
}

/** A policy whose text the caller writes: a new one, or a new version of one of the account's. */
function written(call: string, key: string, supply: Supply): Way {
  const action = numberOf(call);
  // What exists cannot be made again, and what a statement names most likely exists.
  const taken = call === "iam:CreatePolicy" ? [...supply.known(), ...supply.named()] : [];
  const domain = ofAccount(supply, taken, action);
  const shared = `policy of ${key}`;
  return {
    before: [{ action, resource: domain, sharedResource: shared }],
    pins: new Map([[key, domain]]),
    sharedKeys: new Map([[key, shared]]),
  };
}

/** ARNs of the account's own policies but for the exceptions. */
function ofAccount({ scenario }: Supply, except: readonly string[], action = numberOf("iam:CreatePolicy")): Domain {
  const domain = changeable(action, scenario);
  if (except.length === 0) return domain;
  return { ...domain, always: [...(domain.always ?? []), likeTest(except.map(arnGlob), true)] };
}

function both(one: Way, other: Way): Way {
  return {
    before: [...one.before, ...other.before],
    pins: new Map([...one.pins, ...other.pins]),
    sharedKeys: new Map([...one.sharedKeys, ...other.sharedKeys]),
  };
}

function pinned(key: string, domain: Domain): Way {
  return { ...anyWay, pins: new Map([[key, domain]]) };
}

function holderOf(name: string): Holder {
  if (name.includes("Group")) return "group";
  return name.includes("Role") ? "role" : "user";
}

function namedIn({ layers, denies }: Layers): readonly string[] {
  const rules = [...layers.flatMap(({ allows }) => allows), ...denies].map(({ rule }) => rule);
  const values = rules.flatMap(({ compiledConditions }) =>
    compiledConditions.flatMap((compiledCondition) =>
      compiledCondition.key === policyKey || compiledCondition.key === boundaryKey ? compiledCondition.values : [],
    ),
  );
  return [...new Set(values.filter((value) => value.startsWith("arn:") && !/[*?$]/.test(value)))];
}

function numberOf(name: string): number {
  const action = indexOf(name);
  if (action === undefined) throw new Error(`the table of actions has no ${name}`);
  return action;
}
