import { type Found, findRequests, type Step } from "./access";
import { allActions, arnTemplatesOf, indexOf } from "./actions";
import { pinsOf } from "./admin";
import type { Bitset } from "./bitset";
import { Budget, type Shared } from "./budget";
import type { Completion } from "./completion";
import { type EscalationPath, knownEscalationPaths } from "./escalation-catalogue";
import { candidateActions, type Layers, layersOf } from "./layers";
import { literal } from "./pattern";
import type { Grant, Principal } from "./principal";
import { askAboutPower, type Prepared, prepare, questionBudget, type Search, searchScenarios } from "./question";
import { anyResource, likeTest, reachableActions } from "./resource";
import type { Scenario } from "./scenario";
import { arbitraryEntity, callerArn, changeable, type EntityType, entityArn, ownArn, ownPolicies } from "./targets";
import type { Domain } from "./values";
import { any, type Verdict, yes } from "./verdict";

export interface EscalationOptions extends Shared {
  /** ARNs of roles with admin power: to pass, assume or change one of them is as good as any role. */
  readonly adminRoles?: readonly string[];
}

/** A path that the principal can take, or may be able to; paths that it cannot take are left out. */
export interface EscalationFinding {
  readonly path: EscalationPath;
  /**
   * One witness for each step. The qualifier `resource` means that something bounds the role, user, group or policy that the
   * path reaches, so that it is only worth something if one of those has power.
   */
  readonly verdict: Verdict<Grant>;
}

/**
 * The known ways to more power that all of the principal's policies together open. The steps of a path are asked together: by
 * the same caller from the same network, and with the same role in all steps that speak of one. A path that contains a
 * smaller one is left out when the smaller one is open as well.
 */
export function escalationPaths(principal: Principal, options: EscalationOptions = {}): readonly EscalationFinding[] {
  const findings = new Map<string, EscalationFinding>();
  const budget = new Budget(catalogueBudget, options.budget);
  const open = new Map<Completion, OpenActions>();
  const openUnder = (completion: Completion) => {
    const known = open.get(completion) ?? openActions(principal, completion);
    open.set(completion, known);
    return known;
  };
  for (const path of knownEscalationPaths()) {
    const verdict = askAboutPower(principal, (completion) =>
      any(strengths(path, principal, options, completion, openUnder(completion), budget)),
    );
    if (verdict.answer !== "no") findings.set(path.id, { path, verdict });
  }
  return [...findings.values()].filter(
    ({ path, verdict }) => !(path.supersetOf ?? []).some((id) => isAsOpen(findings.get(id), verdict)),
  );
}

/** Steps for all paths together: hostile policies must not cost a multiple of what one question may. */
const catalogueBudget = 4 * questionBudget;

/** What the principal's policies let through at first sight; most paths end here. */
interface OpenActions {
  readonly layers: Layers;
  readonly candidates: Bitset;
  readonly prepared: Prepared;
}

function openActions(principal: Principal, completion: Completion): OpenActions {
  const layers = layersOf(principal, completion);
  const candidates = candidateActions(layers, allActions(), reachableActions);
  return { layers, candidates, prepared: prepare(principal, layers) };
}

/** Whether a smaller path says all that the verdict on the larger one does. */
function isAsOpen(smaller: EscalationFinding | undefined, verdict: Verdict<Grant>): boolean {
  if (smaller === undefined || smaller.verdict.answer !== verdict.answer) return false;
  if (smaller.verdict.answer !== "yes" || verdict.answer !== "yes") return true;
  const { qualifiers } = verdict.because;
  return smaller.verdict.because.qualifiers.every((qualifier) => qualifiers.includes(qualifier));
}

/** First with targets that nothing bounds, then with any. */
function* strengths(
  path: EscalationPath,
  principal: Principal,
  options: EscalationOptions,
  completion: Completion,
  { layers, candidates, prepared }: OpenActions,
  budget: Budget,
): Iterable<Verdict<Grant>> {
  const actions = path.actions.map(numberOf);
  if (!actions.every((action) => action !== undefined && candidates.has(action))) return;
  for (const bounded of [false, true]) {
    const verdict = searchScenarios(
      principal,
      completion,
      (search) => {
        const targets = bounded
          ? boundedTargets(principal, search.scenario)
          : freeTargets(principal, search.scenario, options);
        return firstOf(targets, (target) => walk(path, target, search));
      },
      { layers, prepared, budget: new Budget(questionBudget, budget) },
    );
    yield verdict.answer === "yes"
      ? yes({
          ...verdict.because.found,
          qualifiers: [...(bounded ? ["resource" as const] : []), ...verdict.because.qualifiers],
          unless: [],
        })
      : verdict;
  }
}

const numbers = new Map<string, number | undefined>();

/** `indexOf`, remembered for the few hundred names of the catalogue. */
function numberOf(name: string): number | undefined {
  if (!numbers.has(name)) numbers.set(name, indexOf(name));
  return numbers.get(name);
}

function firstOf<T, R>(items: Iterable<T>, attempt: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = attempt(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the steps of a path are aimed at, for each type of entity. */
type Targets = Readonly<Record<EntityType, (action: number, name: string) => Domain>>;

/** A request for every step; the passed role must be one for a service of the path. */
function walk(path: EscalationPath, targets: Targets, { layers, scenario, freed, budget }: Search): Found | undefined {
  const steps = path.actions.map((name) => stepOf(name, path, targets, scenario));
  return findRequests(layers, steps, scenario, freed, budget);
}

function stepOf(name: string, path: EscalationPath, targets: Targets, scenario: Scenario): Step {
  const action = numberOf(name) ?? -1;
  const type = entityTypeOf(action, name);
  const pins = new Map(pinsOf(name, scenario));
  const { passedTo = [] } = path;
  if (name === "iam:PassRole" && passedTo.length > 0)
    pins.set("iam:passedtoservice", {
      absent: false,
      values: passedTo.flatMap((each) => serviceNames(each, scenario)),
      multivalued: false,
    });
  if (type === undefined) return { action, resource: anyResource(action, scenario), pins };
  const resource = targets[type](action, name);
  return type === "role" ? { action, resource, sharedResource: "role", pins } : { action, resource, pins };
}

/** In China, some services go by a name of their own partition ("AWS service principals", IAM User Guide). */
function serviceNames(service: string, scenario: Scenario): readonly (readonly string[])[] {
  return scenario.partition === "aws-cn" ? [[service], [`${service}.cn`]] : [[service]];
}

/** The type of entity that an IAM or STS action works on; undefined for other services and resources. */
function entityTypeOf(action: number, name: string): EntityType | undefined {
  if (!/^(?:iam|sts):/.test(name)) return undefined;
  const types: readonly EntityType[] = ["user", "group", "role", "policy"];
  return types.find((type) => arnTemplatesOf(action).some((template) => template.includes(`:${type}/`)));
}

/** Calls that take over whoever they are aimed at, and so gain nothing when aimed at oneself. */
const takesOver = /^iam:(?:Create|Update|Delete)(?:AccessKey|LoginProfile)$/;

function* freeTargets(
  principal: Principal,
  scenario: Scenario,
  { adminRoles = [] }: EscalationOptions,
): Iterable<Targets> {
  const some = (type: EntityType) => arbitraryEntity(scenario, type);
  const oneOf = (...arns: readonly string[]): Domain => ({
    absent: false,
    values: arns.map((arn) => [arn]),
    multivalued: false,
  });
  const self = principal.kind === "role" ? [] : [callerArn(scenario)];
  const groups =
    principal.kind === "group"
      ? [ownArn(principal, scenario)]
      : (principal.groups ?? []).map((group) => entityArn(scenario, "group", group));
  const ownRole = principal.kind === "role" ? [ownArn(principal, scenario)] : [];
  const common = {
    user: (_: number, name: string) => (takesOver.test(name) ? oneOf(some("user")) : oneOf(some("user"), ...self)),
    group: () => oneOf(some("group"), ...groups),
    policy: () => oneOf(some("policy"), ...ownPolicies(principal, scenario)),
  };
  yield { ...common, role: () => oneOf(some("role"), ...adminRoles) };
  // A role gains from changing itself, not from being passed to a service or assumed.
  if (ownRole.length > 0)
    yield {
      ...common,
      role: (_, name) => (/^iam:(?:Put|Attach)Role/.test(name) ? oneOf(...ownRole) : oneOf(some("role"))),
    };
}

function* boundedTargets(principal: Principal, scenario: Scenario): Iterable<Targets> {
  const self = likeTest([literal(callerArn(scenario))], true);
  const changed = (action: number, name: string): Domain => {
    const domain = changeable(action, scenario);
    if (principal.kind === "role" || !takesOver.test(name)) return domain;
    return { ...domain, always: [...(domain.always ?? []), self] };
  };
  yield { user: changed, group: changed, policy: changed, role: changed };
}

export type { EscalationPath };
