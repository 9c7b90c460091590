import type { Shared } from "../answer/budget";
import type { Grant } from "../answer/grant";
import { no, unknown, type Verdict, yes } from "../answer/verdict";
import { actionsMatching } from "../aws/actions";
import { taskPolicies, taskPolicyKey } from "../aws/root-tasks";
import { isAllowedEverywhere } from "../evaluation/allowed-everywhere";
import { askAboutPower } from "../evaluation/both-sides";
import { findAny } from "../evaluation/find-any";
import { mayGrant } from "../evaluation/grantable";
import { type Layers, layersOf, mayBeAllowed } from "../evaluation/policy-layers";
import { forOneQuestion, searchScenarios } from "../evaluation/search";
import { arnGlob } from "../language/arn-glob";
import { never } from "../requests/iam-targets";
import type { Principal } from "../requests/principal";
import type { Scenario } from "../requests/request";
import { anyResource, limitsOf } from "../requests/resource-domain";
import { exactly, oneOf } from "../requests/scenario";
import type { Domain } from "../solver/domain";
import { likeTest } from "../solver/test";

export interface Call {
  /** `service:Name`, wildcards allowed: any of the actions will do. */
  readonly action: string;
  /** ARNs, wildcards allowed; none, or `*`, for whatever resource the action takes. */
  readonly resources: readonly string[];
  /** Whether the call must be possible on one of them (the default) or on every one. */
  readonly on?: "some" | "all";
  /** All tags of the role that the call is aimed at; left out where they are not known. */
  readonly resourceTags?: Readonly<Record<string, string>>;
}

/** Whether the principal's policies allow the call, in whatever circumstances suit it; `qualifiers` names those. */
export function mayCall(principal: Principal, call: Call, options: Shared = {}): Verdict<Grant> {
  return mayCallWith(principal, call, noKeys, options);
}

/**
 * Whether the principal may open a session of the root user with which something can be changed in a member account: one whose task
 * policy lets it do more than look at root's credentials. "AssumeRoot" (AWS STS API Reference).
 */
export function mayOpenRootSession(principal: Principal, options: Shared = {}): Verdict<Grant> {
  const changing = ({ partition }: Scenario) => new Map([[taskPolicyKey, oneOf(taskPolicies(partition, "changing"))]]);
  return mayCallWith(principal, { action: "sts:AssumeRoot", resources: [] }, changing, options);
}

type KeysIn = (scenario: Scenario) => ReadonlyMap<string, Domain>;

const noKeys: KeysIn = () => new Map();

function mayCallWith(principal: Principal, call: Call, keysIn: KeysIn, options: Shared): Verdict<Grant> {
  const actions = actionsMatching(call.action);
  if (actions.isEmpty()) return unknown(`"${call.action}" is no action that AWS has published`);
  if (call.action.toLowerCase() === alwaysAllowed.action.toLowerCase())
    return yes({ witnesses: [alwaysAllowed], statements: [], qualifiers: [], unless: [] });
  if (!mayGrant(principal, actions)) return no;
  // A service that works for the caller needs no session of another role for that.
  const indirect = call.action.toLowerCase().startsWith("sts:")
    ? (["tagged"] as const)
    : (["forwarded", "tagged"] as const);
  return askAboutPower(principal, (approximation) => {
    const layers = layersOf(principal, approximation);
    const resourceOf = (action: number, scenario: Scenario) => resourceFor(action, call.resources, scenario);
    const tags = call.resourceTags === undefined ? [] : tagsOfRole(call.resourceTags, layers);
    return searchScenarios(
      principal,
      approximation,
      (search) => {
        if (call.on === "all" && !isAllowedEverywhere(actions, search, (action) => resourceOf(action, search.scenario)))
          return undefined;
        const pins = new Map([...tags, ...keysIn(search.scenario)]);
        return findAny(actions, search, (action) => resourceOf(action, search.scenario), pins);
      },
      { layers, ...forOneQuestion(options), texts: call.resources, indirect },
    );
  });
}

/** No policy can deny it ("GetCallerIdentity", AWS STS API Reference). */
const alwaysAllowed = { scenario: "anyone", action: "sts:GetCallerIdentity", resource: "*", context: {} };

/** What conditions on a role's tags meet; anything, where whoever calls may set them before. */
function tagsOfRole(tags: Readonly<Record<string, string>>, layers: Layers): ReadonlyMap<string, Domain> {
  if (mayBeAllowed("iam:TagRole", layers)) return new Map();
  const names = new Map(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
  return new Map(
    [...layers.keys].flatMap((key) => {
      const prefix = ["aws:resourcetag/", "iam:resourcetag/"].find((start) => key.startsWith(start));
      if (prefix === undefined) return [];
      const value = names.get(key.slice(prefix.length));
      return [[key, value === undefined ? never : exactly(value)] as const];
    }),
  );
}

/** The resources of a request for the action that one of the ARNs matches. */
function resourceFor(action: number, resources: readonly string[], scenario: Scenario): Domain {
  const own = anyResource(action, scenario);
  const named = resources.includes("*") || resources.length === 0 ? [] : [likeTest(resources.map(arnGlob))];
  if (own.values !== "any" && named.length === 0) return own;
  return {
    absent: false,
    values: "any",
    multivalued: false,
    always: named.length === 0 ? (own.always ?? []) : [...named, ...limitsOf(action)],
  };
}
