import { isAllowed, type Policies, type Request } from "../reference";
import { arnOf, type Caller, type Credentials, credentialsOf, iamRegion, stackRegion, tagsOf } from "./callers";
import type { Json } from "./conditions";

/** What a caller has, as far as calls of its own can change it. */
interface State {
  readonly who: Caller;
  /** `own` bounds it; `harmless` is there and bounds nothing. */
  readonly boundary: "none" | "own" | "harmless";
  /** The calls that led here. */
  readonly made: readonly Request[];
}

/** What decides about the caller's requests before it has changed anything. */
export interface Given {
  readonly identity: readonly Json[];
  readonly boundary?: Json;
}

/**
 * Requests, in the order in which they are made, by which the caller gives itself all of IAM; undefined where none of the few that are
 * tried is allowed. Before it may tag itself, and free itself of a permissions boundary, in any order; each call is its own or
 * CloudFormation's for it.
 */
export function selfGrant(who: Caller, given: Given): readonly Request[] | undefined {
  const start: State = { who, boundary: given.boundary === undefined ? "none" : "own", made: [] };
  // What somebody grants itself within a boundary may be worth nothing.
  for (const credentials of credentialsOf(who))
    for (const state of statesFrom(start, given, credentials))
      if (state.boundary !== "own") {
        const grant = firstAllowed(grantsFor(state), state, given, credentials);
        if (grant !== undefined) return [...state.made, grant];
      }
  return undefined;
}

/** The states that tagging itself once and changing its boundary once lead to. */
function statesFrom(start: State, given: Given, credentials: Credentials): readonly State[] {
  const lifted = (state: State) => liftedFrom(state, given, credentials);
  const tagged = (state: State) => taggedFrom(state, given, credentials);
  return [
    start,
    ...lifted(start),
    ...tagged(start),
    ...tagged(start).flatMap(lifted),
    ...lifted(start).flatMap(tagged),
  ];
}

/** Without its permissions boundary, or with one in its place that bounds nothing. */
function liftedFrom(state: State, given: Given, credentials: Credentials): readonly State[] {
  const { who } = state;
  if (state.boundary !== "own" || who.kind === "group") return [];
  const entity = who.kind === "user" ? "User" : "Role";
  const everything = `arn:${who.partition}:iam::aws:policy/AdministratorAccess`;
  const own = `arn:${who.partition}:iam::${who.account}:policy/boundary`;
  const calls = [
    ["none", `iam:Delete${entity}PermissionsBoundary`, own],
    ["harmless", `iam:Put${entity}PermissionsBoundary`, everything],
  ] as const;
  return calls.flatMap(([boundary, action, arn]) => {
    const call = firstAllowed([onSelf(action, who, { "iam:permissionsboundary": arn })], state, given, credentials);
    return call === undefined ? [] : [{ ...state, boundary, made: [...state.made, call] }];
  });
}

function taggedFrom(state: State, given: Given, credentials: Credentials): readonly State[] {
  const { who } = state;
  if (who.kind === "group") return [];
  const action = `iam:Tag${who.kind === "user" ? "User" : "Role"}`;
  return ["a", "b", ""].flatMap((team) => {
    const set = onSelf(action, who, { "aws:requesttag/team": team, "aws:tagkeys": ["team"] });
    const call = firstAllowed([set], state, given, credentials);
    return call === undefined ? [] : [{ ...state, who: { ...who, tags: { team } }, made: [...state.made, call] }];
  });
}

/** Calls by which somebody takes all of IAM: of AWS's policies, any that has it will do. */
function grantsFor({ who, boundary }: State): readonly Request[] {
  const kind = `${who.kind[0]?.toUpperCase()}${who.kind.slice(1)}`;
  const admin = `arn:${who.partition}:iam::aws:policy/AdministratorAccess`;
  const bound = boundary === "harmless" ? { "iam:permissionsboundary": admin } : {};
  return [
    onSelf(`iam:Put${kind}Policy`, who, bound),
    ...["AdministratorAccess", "IAMFullAccess"].map((name) =>
      onSelf(`iam:Attach${kind}Policy`, who, {
        ...bound,
        "iam:policyarn": `arn:${who.partition}:iam::aws:policy/${name}`,
      }),
    ),
  ];
}

function onSelf(action: string, who: Caller, more: Request["context"]): Request {
  return { action, resource: arnOf(who), context: { "aws:requestedregion": iamRegion(who), ...more } };
}

/** The first of the requests that the caller may make, or may have CloudFormation make. */
function firstAllowed(
  requests: readonly Request[],
  { who, boundary }: State,
  { identity, boundary: own }: Given,
  credentials: Credentials,
): Request | undefined {
  const policies: Policies = { identity, ...(boundary === "own" ? { boundary: own } : {}) };
  const always = { ...credentials.context, ...tagsOf(who), "aws:securetransport": "true" };
  const direct = { ...always, "aws:viaawsservice": "false" };
  const ways = [direct, ...(mayUseStacks() ? [{ ...always, ...throughStack }] : [])];
  for (const context of ways)
    for (const request of requests) {
      const asked = { ...request, context: { ...context, ...request.context } };
      if (isAllowed(asked, policies)) return asked;
    }
  return undefined;

  /** Whether MFA goes along is not documented, so that only callers without it count ("Forward access sessions", IAM User Guide). */
  function mayUseStacks(): boolean {
    const region = stackRegion(who);
    const resource = `arn:${who.partition}:cloudformation:${region}:${who.account}:stack/x/1`;
    const context = { ...direct, "aws:requestedregion": region };
    return !credentials.mfa && isAllowed({ action: "cloudformation:CreateStack", resource, context }, policies);
  }
}

const service = "cloudformation.amazonaws.com";

/** What requests of a stack have for its caller ("AWS global condition context keys", aws:CalledVia). */
const throughStack = {
  "aws:viaawsservice": "true",
  "aws:calledvia": [service],
  "aws:calledviafirst": service,
  "aws:calledvialast": service,
};
