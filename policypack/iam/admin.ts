import { type Found, findRequests } from "./access";
import { actionName, actionsMatching, allActions, futureAction, indexOf } from "./actions";
import { Budget, type Shared } from "./budget";
import type { Completion } from "./completion";
import { isAllowedEverywhere } from "./everywhere";
import { layersOf } from "./layers";
import type { Grant, Principal } from "./principal";
import { askAboutPower, questionBudget, type Search, searchScenarios } from "./question";
import { anyResource } from "./resource";
import { exactly, type Scenario } from "./scenario";
import type { Step } from "./step";
import { arbitraryEntity, callerArn, changeable, entityArn, never, ownArn, ownPolicies } from "./targets";
import type { Domain } from "./values";
import { any, type Verdict, yes } from "./verdict";

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
 * self-escalation that only reaches some identities, of which the principal itself is not known to be one.
 */
export function adminPower(principal: Principal, options: Shared = {}): Verdict<AdminPower> {
  return askAboutPower(principal, (completion) => any(levels(principal, completion, options)));
}

/** The levels from the highest down; the lower ones are only looked at when those above are not reached. */
function* levels(principal: Principal, completion: Completion, options: Shared): Iterable<Verdict<AdminPower>> {
  const layers = layersOf(principal, completion);
  const searched = (level: AdminLevel, search: (given: Search) => Found | undefined, bounded = false) => {
    const verdict = searchScenarios(principal, completion, search, {
      layers,
      // Each level has its own, so that a hard question about all actions leaves the easy ones about a single call decided.
      budget: new Budget(questionBudget, options.budget),
    });
    if (verdict.answer !== "yes") return verdict;
    const { found, qualifiers } = verdict.because;
    return yes({ level, ...found, qualifiers: [...(bounded ? ["resource" as const] : []), ...qualifiers], unless: [] });
  };
  yield searched("full", fullAdmin);
  yield searched("iam-full", fullIam);
  yield searched("self-escalation", (search) => firstAllowed(decisiveSteps(principal, search.scenario), search));
  yield searched("self-escalation", (search) => firstAllowed(boundedSteps(principal, search.scenario), search), true);
}

function fullAdmin(search: Search): Found | undefined {
  const resourceOf = (action: number) => anyResource(action, search.scenario);
  if (!isAllowedEverywhere(allActions(), search, resourceOf)) return undefined;
  return firstAllowed([{ action: futureAction(), resource: exactly("*") }], search);
}

function fullIam(search: Search): Found | undefined {
  if (!isAllowedEverywhere(actionsMatching("iam:*"), search, (action) => changeable(action, search.scenario)))
    return undefined;
  const step = stepOn("iam:PutUserPolicy", callerArn(search.scenario), search.scenario);
  const other = stepOn("iam:PutUserPolicy", arbitraryEntity(search.scenario, "user"), search.scenario);
  return firstAllowed([step, other], search);
}

function firstAllowed(steps: readonly Step[], { layers, scenario, freed, budget }: Search): Found | undefined {
  for (const step of steps) {
    const found = findRequests(layers, [step], scenario, freed, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A step on a single resource, with the parameters that an attacker would choose. */
function stepOn(name: string, resource: string, scenario: Scenario): Step {
  return { action: numberOf(name), resource: exactly(resource), pins: pinsOf(name, scenario) };
}

function numberOf(name: string): number {
  const action = indexOf(name);
  if (action === undefined) throw new Error(`the table of actions has no ${name}`);
  return action;
}

/**
 * What an attack needs a request's parameters to be: the policy that is attached must be worth it, and whose power grows
 * must not be held by a permissions boundary. "Actions, resources, and condition keys for AWS Identity and Access
 * Management" (Service Authorization Reference).
 */
export function pinsOf(name: string, scenario: Scenario): ReadonlyMap<string, Domain> {
  const pins = new Map<string, Domain>();
  if (/^iam:Attach/.test(name))
    pins.set("iam:policyarn", exactly(`arn:${scenario.partition}:iam::aws:policy/AdministratorAccess`));
  // For the calls that set or remove a boundary, the key says which one instead.
  if (!name.endsWith("Boundary")) pins.set("iam:permissionsboundary", never);
  return pins;
}

/** One IAM call after which the principal can do anything, on itself or on anyone. */
function decisiveSteps(principal: Principal, scenario: Scenario): readonly Step[] {
  const on = (name: string, resource: string) => stepOn(name, resource, scenario);
  const own = ownArn(principal, scenario);
  const policies = policiesWithin(principal, scenario).flatMap((policy) => [
    on("iam:CreatePolicyVersion", policy),
    on("iam:SetDefaultPolicyVersion", policy),
  ]);
  if (principal.kind === "role") return [on("iam:PutRolePolicy", own), on("iam:AttachRolePolicy", own), ...policies];
  const user = callerArn(scenario);
  const groups =
    principal.kind === "group" ? [own] : (principal.groups ?? []).map((group) => entityArn(scenario, "group", group));
  return [
    on("iam:PutUserPolicy", user),
    on("iam:AttachUserPolicy", user),
    ...groups.flatMap((group) => [on("iam:PutGroupPolicy", group), on("iam:AttachGroupPolicy", group)]),
    on("iam:AddUserToGroup", arbitraryEntity(scenario, "group")),
    ...policies,
  ];
}

/** Customer-managed policies whose text is the principal's power; one that nobody can name yet is reached by reaching all. */
function policiesWithin(principal: Principal, scenario: Scenario): readonly string[] {
  const named = ownPolicies(principal, scenario);
  return (principal.customerManaged ?? named.length > 0) ? [arbitraryEntity(scenario, "policy"), ...named] : named;
}

/** The same calls on any resource at all: those that some name or tag bounds. */
function boundedSteps(principal: Principal, scenario: Scenario): readonly Step[] {
  const names = new Set(decisiveSteps({ ...principal, groups: ["any"] }, scenario).map(({ action }) => action));
  return [...names].map((action) => ({
    action,
    resource: changeable(action, scenario),
    pins: pinsOf(actionName(action), scenario),
  }));
}
