import type { Shared } from "../../answer/budget";
import type { Grant, Qualifier } from "../../answer/grant";
import { any, no, type Verdict, yes } from "../../answer/verdict";
import { WorkLimit } from "../../answer/work-limit";
import { actionsMatching, allActions, futureAction } from "../../aws/actions";
import type { Bitset } from "../../aws/bitset";
import { isAllowedEverywhere } from "../../evaluation/allowed-everywhere";
import { type Approximation, lowerPower } from "../../evaluation/approximation";
import { askAboutPower } from "../../evaluation/both-sides";
import { findRequests } from "../../evaluation/find-request";
import type { FoundRequests } from "../../evaluation/found-requests";
import { mayGrant } from "../../evaluation/grantable";
import { candidateActions, type Layers, layersOf } from "../../evaluation/policy-layers";
import { forOneQuestion, type Search, searchScenarios } from "../../evaluation/search";
import { parseDocument } from "../../language/parse";
import type { Policy } from "../../language/policy";
import { arbitraryEntity, callerArn, changeable, isOfAws, never } from "../../requests/iam-targets";
import type { AccountPolicy, Principal } from "../../requests/principal";
import { anyResource } from "../../requests/resource-domain";
import { exactly } from "../../requests/scenario";
import { lazily } from "../../shared/lazily";
import { derived } from "../../shared/remembering";
import type { Domain } from "../../solver/domain";
import { firstFoundInRounds } from "../../solver/undecided";
import { asksWhichPolicy, type Bounded, type Supply, supplyOf, textsAbout } from "./attachable-policies";
import { type Named, noPowers, type Powers, powersByHolder } from "./powerful-policies";
import { type Attack, attacksOnBoundary, attacksOnSelf, boundedAttacks } from "./self-escalation";
import { supposedSelves } from "./supposed-selves";

/**
 * `full`: no request is refused, one for a future service included. `iam-full`: every IAM action on every resource of the
 * account. `self-escalation`: one IAM call gives the principal any power it likes.
 */
export type AdminLevel = "full" | "iam-full" | "self-escalation";

export interface AdminPower extends Grant {
  readonly level: AdminLevel;
}

/**
 * Whether the principal's policies together make it an administrator, and how. Asked in the best circumstances for an
 * attacker, so that a gate does not hide the power behind it: `qualifiers` names the gate. The qualifier `resource` means a
 * self-escalation that only reaches some identities, of which the principal itself is not known to be one, or that only attaches
 * policies which are kept elsewhere.
 */
export function adminPower(principal: Principal, options: Shared = {}): Verdict<AdminPower> {
  return judge(principal, options, () => powersFor(principal, options));
}

/**
 * The same without IAM steps that reach only some identities or policies, or need a tag. Such a step, decided, says nothing of what a
 * policy that cannot be read yet may add to it.
 */
export function unrestrictedAdminPower(principal: Principal, options: Shared = {}): Verdict<AdminPower> {
  return judge(principal, options, () => powersFor(principal, options), unrestrictedLevels);
}

/** Whether an IAM step reaches only some identities or policies, or needs a tag: nobody is an administrator by that yet. */
export function isRestrictedStep({ level, qualifiers }: AdminPower): boolean {
  return level === "self-escalation" && qualifiers.some((each) => each === "resource" || each === "tag");
}

function judge(
  principal: Principal,
  options: Shared,
  powers: () => Powers,
  levelsOf: (circumstances: Circumstances) => Iterable<Verdict<AdminPower>> = levels,
  bounded?: Bounded,
): Verdict<AdminPower> {
  // Each level takes some action of IAM.
  if (!mayGrant(principal, iamActions())) return no;
  return askAboutPower(
    principal,
    (approximation) =>
      any(levelsOf({ principal, approximation, options, powers, layers: layersOf(principal, approximation), bounded })),
    // What a policy that can be attached is worth matters only where some statement tells them apart.
    () => (asksWhichPolicy(principal) ? powers().doubts : []),
  );
}

/** The levels from the highest down; the lower ones are only looked at when those above are not reached. */
function* levels(circumstances: Circumstances): Iterable<Verdict<AdminPower>> {
  yield* levelsAtOnce(circumstances);
  const { own, worth } = onItself(circumstances);
  yield worth;
  for (const self of supposedSelves(circumstances.principal, circumstances.layers))
    yield onItself({ ...circumstances, principal: self }, ["resource"]).worth;
  const held = own.answer === "yes" && worth.answer === "no";
  yield attacked(circumstances, (each, supply) => boundedAttacks(each, supply, held), ["resource"]);
}

function* unrestrictedLevels(circumstances: Circumstances): Iterable<Verdict<AdminPower>> {
  for (const level of levelsAtOnce(circumstances)) yield withoutSteps(level);
  yield withoutSteps(onItself(circumstances).worth);
}

function withoutSteps(power: Verdict<AdminPower>): Verdict<AdminPower> {
  return power.answer === "yes" && isRestrictedStep(power.because) ? no : power;
}

/** One call on itself, its groups or its policies, and what that is worth: under a boundary, more grants only count as far as it lets. */
function onItself(
  circumstances: Circumstances,
  restrictions: readonly Qualifier[] = [],
): Readonly<Record<"own" | "worth", Verdict<AdminPower>>> {
  const attacks = (principal: Principal, supply: Supply) => attacksOnSelf(principal, supply, circumstances.bounded);
  const own = attacked(circumstances, attacks, restrictions);
  const isFree = own.answer === "no" || circumstances.principal.boundary === undefined;
  return { own, worth: isFree ? own : afterwards(own, within(circumstances)) };
}

interface Circumstances {
  readonly principal: Principal;
  readonly approximation: Approximation;
  readonly options: Shared;
  readonly powers: () => Powers;
  readonly layers: Layers;
  /** The principal's permissions boundary, where it is not that of its policies any more. */
  readonly bounded?: Bounded | undefined;
}

/** What no permissions boundary of the principal's stands in the way of. */
function* levelsAtOnce(circumstances: Circumstances): Iterable<Verdict<AdminPower>> {
  yield searched("full", circumstances, fullAdmin);
  yield searched("iam-full", circumstances, (search) => fullIam(search, circumstances.principal));
  const { principal, options, powers, layers } = circumstances;
  if (principal.boundary === undefined) return;
  for (const self of [principal, ...supposedSelves(principal, layers)]) {
    const restrictions = self === principal ? [] : (["resource"] as const);
    const { boundary: _, boundaryArn: __, ...free } = self;
    for (const by of ["removal", "replacement"] as const) {
      const attacks = (...asked: readonly [Principal, Supply]) => attacksOnBoundary(...asked, by);
      const freed = attacked({ ...circumstances, principal: self }, attacks, restrictions);
      const bounded = by === "removal" ? "none" : "harmless";
      if (freed.answer !== "no") yield afterwards(freed, judge(free, options, powers, levels, bounded));
    }
  }
}

/** The power that would be left to the principal if its policies granted everything. */
function within({ principal, options, powers }: Circumstances): Verdict<AdminPower> {
  const given = { ...principal, identity: [everything()] };
  return askAboutPower(given, (approximation) =>
    any(levelsAtOnce({ principal: given, approximation, options, powers, layers: layersOf(given, approximation) })),
  );
}

/** Whether the principal's permissions boundary leaves no administrator, whatever its policies may come to grant. */
export function isHeldByBoundary(principal: Principal, options: Shared = {}): boolean {
  const powers = () => powersFor(principal, options);
  const circumstances = {
    principal,
    approximation: lowerPower,
    options,
    powers,
    layers: layersOf(principal, lowerPower),
  };
  return principal.boundary !== undefined && within(circumstances).answer === "no";
}

const everything = lazily((): Policy => {
  const text = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const { document } = parseDocument(text, "identity");
  return { origin: "everything", document: document ?? { notRead: "the question is no policy" } };
});

/** One call that is worth what can be done after it. */
function afterwards(call: Verdict<AdminPower>, then: Verdict<AdminPower>): Verdict<AdminPower> {
  if (call.answer === "no" || then.answer === "no") return no;
  if (then.answer === "unknown") return then;
  if (call.answer === "unknown") return call;
  if (isRestrictedStep(then.because)) return no;
  const qualifiers = [...new Set([...call.because.qualifiers, ...then.because.qualifiers])];
  return yes({ ...call.because, qualifiers });
}

function searched(
  level: AdminLevel,
  { principal, approximation, options, layers }: Circumstances,
  search: (given: Search) => FoundRequests | undefined,
  restrictions: readonly Qualifier[] = [],
): Verdict<AdminPower> {
  const verdict = searchScenarios(principal, approximation, search, {
    layers,
    // Each level has its own, so that a hard question about all actions leaves the easy ones about a single call decided.
    ...forOneQuestion(options),
    texts: textsAbout(principal),
    indirect: ["forwarded", "tagged"],
  });
  if (verdict.answer !== "yes") return verdict;
  return yes({ level, ...verdict.because, qualifiers: [...restrictions, ...verdict.because.qualifiers] });
}

function attacked(
  circumstances: Circumstances,
  attacks: (principal: Principal, supply: Supply) => Iterable<Attack>,
  restrictions: readonly Qualifier[] = [],
): Verdict<AdminPower> {
  const { principal, layers, powers } = circumstances;
  const candidates = candidateActions(layers, iamActions());
  if (candidates.isEmpty()) return no;
  return searched(
    "self-escalation",
    circumstances,
    (search) => firstAllowed(attacks(principal, supplyOf(principal, search, candidates, powers)), search, candidates),
    restrictions,
  );
}

const iamActions = lazily(() => actionsMatching("iam:*"));

function fullAdmin(search: Search): FoundRequests | undefined {
  const resourceOf = (action: number) => anyResource(action, search.scenario);
  if (!isAllowedEverywhere(allActions(), search, resourceOf)) return undefined;
  return firstAllowed([[{ action: futureAction(), resource: exactly("*") }]], search);
}

function fullIam(search: Search, { kind }: Principal): FoundRequests | undefined {
  const { scenario } = search;
  if (!isAllowedEverywhere(iamActions(), search, (action) => changeable(action, scenario))) return undefined;
  const type = kind === "role" ? "role" : "user";
  const own = callerArn(scenario);
  const entities = [...(isOfAws(own) ? [] : [own]), arbitraryEntity(scenario, type)];
  const action = putPolicyOn[type]();
  return firstAllowed(
    entities.map((entity) => [{ action, resource: exactly(entity), pins: notBounded }]),
    search,
  );
}

const putPolicyOn = {
  role: lazily(() => [...actionsMatching("iam:PutRolePolicy")][0] ?? 0),
  user: lazily(() => [...actionsMatching("iam:PutUserPolicy")][0] ?? 0),
};

/** Full IAM is nothing that a boundary must be given for. */
const notBounded: ReadonlyMap<string, Domain> = new Map([["iam:permissionsboundary", never]]);

/** @param candidates the actions that may be allowed at all, where known */
function firstAllowed(
  attacks: Iterable<Attack>,
  { layers, scenario, freed, budget }: Search,
  candidates?: Bitset,
): FoundRequests | undefined {
  return firstFoundInRounds(attacks, budget, (attack, own) =>
    candidates === undefined || attack.every(({ action }) => candidates.has(action))
      ? findRequests(layers, attack, scenario, freed, own)
      : undefined,
  );
}

/** By an account's policies and what of a question bears on them. */
const powers = derived((_: readonly AccountPolicy[]) => new Map<string, (who: Principal) => Powers>());

/** What the policies of the principal's account are worth to those whom it can give them to, itself among them. */
export function powersFor(principal: Principal, { now }: Pick<Shared, "now"> = {}): Powers {
  const { accountPolicies = [], account, partition } = principal;
  if (accountPolicies.length === 0) return noPowers;
  const known = powers(accountPolicies);
  const key = [account, partition, now?.getTime()].join(" ");
  let powersOf = known.get(key);
  if (powersOf === undefined) {
    const where = {
      ...(account === undefined ? {} : { account }),
      ...(partition === undefined ? {} : { partition }),
    };
    // One for all who may attach them, or many of them would cost without a bound.
    const work = new WorkLimit(now === undefined ? {} : { now });
    const worth = (...asked: readonly [AccountPolicy, Named, Powers]) => worthOf(where, work, ...asked);
    powersOf = powersByHolder(accountPolicies, worth, (power) => !isRestrictedStep(power));
    known.set(key, powersOf);
  }
  return powersOf(principal);
}

/** The power of whoever has the policy and nothing else. */
function worthOf(
  where: Pick<Principal, "account" | "partition">,
  work: WorkLimit,
  asked: AccountPolicy,
  { kind, ...name }: Named,
  powers: Powers,
): Verdict<AdminPower> {
  const { arn, policy } = asked;
  const managedPolicyArns = arn === undefined ? [] : [arn];
  const holder = { kind, ...where, ...name, identity: [policy], managedPolicyArns, customerManaged: true };
  return judge(holder, work.of(asked), () => powers);
}
