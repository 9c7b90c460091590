import { allowsSessionTags, isManagedPolicyArn, mentionsOf, type Policy, type Principal } from "../../iam";
import { peek, type Waiting } from "../resources/value";
import type { AnyIdentity, Group, PermissionSet, PolicyEdge, Role, User } from "./identities";

/**
 * The identity as `iam` asks about it: for a user the policies of its groups too. What may reach it and is not known (an
 * attachment that may be meant for it, a group that is kept elsewhere) stands there as a policy not read.
 */
export function toPrincipal(identity: AnyIdentity): Principal {
  const groups = groupsOf(identity);
  const edges = edgesOf(identity);
  const name = peek(identity.name);
  const { account, partition } = identity;
  const policies = [...edges.map((edge) => edge.policy), ...unseenPolicies(identity)];
  const around = policiesAround(identity);
  const tags = identity.kind === "group" || maySetSessionTags(identity) ? undefined : peek(identity.tags);
  const awaited = awaitedTags(identity, [...policies, ...(around.boundary === undefined ? [] : [around.boundary])]);
  return {
    kind: identity.kind,
    ...(name === undefined ? {} : { name }),
    ...(identity.path === undefined ? {} : { path: identity.path }),
    ...(account === undefined ? {} : { account }),
    ...(partition === undefined ? {} : { partition }),
    identity: [...policies, ...awaited],
    ...around,
    ...(identity.kind === "user" ? { groups: groups.flatMap((group) => peek(group.name) ?? []) } : {}),
    ...customerManagedIn(edges),
    ...(tags === undefined ? {} : { tags }),
    ...(awaited.length === 0 ? {} : { tags: {} }),
    ...(hasPasswordOnly(identity) ? { accessKeys: false } : {}),
  };
}

/**
 * Tags that policies look at and that are not known yet: what holds without them holds, and all else may. Nobody chooses them, as
 * somebody chooses who becomes a member of a group.
 */
function awaitedTags(identity: AnyIdentity, policies: readonly Policy[]): readonly Policy[] {
  if (identity.kind === "group" || identity.tags.known || maySetSessionTags(identity)) return [];
  const looksAtTags = ({ document }: Policy) =>
    !("notRead" in document) && mentionsOf(document).keys.some((key) => key.startsWith("aws:principaltag/"));
  if (!policies.some(looksAtTags)) return [];
  const because = `the tags of the ${nameForPeople(identity)} are not known yet`;
  return [{ origin: identity.urn, document: { notRead: because } }];
}

/** Whether the tags of a role's sessions may be others than its own. */
function maySetSessionTags(identity: User | Role): boolean {
  return identity.kind === "role" && allowsSessionTags(identity.trust.policy);
}

/** Whether the stack makes a user with a password and without an access key. */
function hasPasswordOnly(identity: AnyIdentity): boolean {
  if (identity.kind !== "user" || identity.resource === undefined) return false;
  const kinds = identity.credentials.map(({ kind }) => kind);
  return kinds.length > 0 && kinds.every((kind) => kind === "login profile");
}

/**
 * A permission set as the role that IAM Identity Center makes of it in each account (IAM Identity Center User Guide, "Referencing
 * permission sets in resource policies"); the role's name ends in characters that nobody knows.
 */
export function principalOfPermissionSet(set: PermissionSet): Principal {
  const { policies, doubts, partition } = set;
  const name = peek(set.name);
  return {
    kind: "role",
    // Followed by the region of the instance, unless that is us-east-1.
    pathLike: "/aws-reserved/sso.amazonaws.com/*",
    nameLike: `AWSReservedSSO_${name ?? "*"}_????????????????`,
    ...(partition === undefined ? {} : { partition }),
    identity: [
      ...policies.map((edge) => edge.policy),
      ...doubts.map(({ because, waiting }) => ({ origin: waiting.urn, document: { notRead: because } })),
    ],
    ...policiesAround(set),
    managedPolicyArns: policies.flatMap((edge) => edge.arn ?? []),
  };
}

function policiesAround({ boundary, accountPolicies = [], scps }: AnyIdentity | PermissionSet): Partial<Principal> {
  return {
    ...(scps === undefined ? {} : { scps }),
    ...(boundary === undefined ? {} : { boundary: boundary.policy }),
    ...(boundary?.arn === undefined ? {} : { boundaryArn: boundary.arn }),
    ...(accountPolicies.length === 0 ? {} : { accountPolicies }),
  };
}

/** Everything that has to become known before all that decides about a permission set can be read. */
export function waitingOfPermissionSet({ policies, boundary, doubts }: PermissionSet): readonly Waiting[] {
  const edges = boundary === undefined ? policies : [...policies, boundary];
  return [...edges.flatMap((edge) => edge.waiting ?? []), ...doubts.map((doubt) => doubt.waiting)];
}

/** The policies that decide what an identity may do: its own, and for a user those of its groups; without the boundary. */
export function edgesOf(identity: AnyIdentity): readonly PolicyEdge[] {
  return [...identity.policies, ...groupsOf(identity).flatMap((group) => group.policies)];
}

/** Everything that has to become known before all that decides about the identity can be read. */
export function waitingOf(identity: AnyIdentity): readonly Waiting[] {
  const groups = groupsOf(identity);
  const edges = identity.boundary === undefined ? edgesOf(identity) : [...edgesOf(identity), identity.boundary];
  return [
    ...edges.flatMap((edge) => edge.waiting ?? []),
    ...[identity, ...groups].flatMap((each) => each.doubts.map((doubt) => doubt.waiting)),
    ...groups.flatMap(({ resource, name }) => (resource === undefined && !name.known ? [name.waiting] : [])),
  ];
}

/** `user "alice"`: the name in AWS, or the logical name of its resource where that is not known; `user not known yet` without either. */
export function nameForPeople(identity: AnyIdentity | PermissionSet): string {
  const logical = identity.resource?.name;
  const given = peek(identity.name) ?? logical;
  // The random end of a name that Pulumi makes is another one in every preview.
  const name = logical !== undefined && given !== undefined && isMadeFrom(given, logical) ? logical : given;
  return name === undefined ? `${identity.kind} not known yet` : `${identity.kind} "${name}"`;
}

/** "Autonaming" (Pulumi documentation): the logical name, a hyphen and seven hexadecimal digits. */
function isMadeFrom(name: string, logical: string): boolean {
  return name.startsWith(`${logical}-`) && /^[0-9a-f]{7}$/.test(name.slice(logical.length + 1));
}

/**
 * The identity's ARN, with `*` for the account, the path or the name where they are not known and `aws` as partition where none is (IAM User
 * Guide, "IAM ARNs"): a glob that the real one matches.
 */
export function arnOf(identity: Pick<AnyIdentity, "kind" | "name" | "path" | "account" | "partition" | "arn">): string {
  const { kind, path, account = "*", partition = "aws", arn } = identity;
  return arn ?? `arn:${partition}:iam::${account}:${kind}${path ?? "/*"}${peek(identity.name) ?? "*"}`;
}

/** The policies of an identity that its account can rewrite: those that AWS manages nobody can. */
function customerManagedIn(edges: readonly PolicyEdge[]): Pick<Principal, "managedPolicyArns" | "customerManaged"> {
  const own = edges.filter(
    ({ how, arn, madeBy }) =>
      how === "managed" && (madeBy !== undefined || (arn !== undefined && !isManagedPolicyArn(arn))),
  );
  return { managedPolicyArns: own.flatMap(({ arn }) => arn ?? []), customerManaged: own.length > 0 };
}

function groupsOf(identity: User | Group | Role): readonly Group[] {
  return identity.kind === "user" ? identity.groups : [];
}

/** Stands for what may be there and cannot be seen, so that no question takes its absence for granted. */
function unseenPolicies(identity: AnyIdentity): readonly Policy[] {
  const doubts = [identity, ...groupsOf(identity)].flatMap((each) =>
    each.doubts.map(({ because, waiting }) => ({ origin: waiting.urn, document: { notRead: because } })),
  );
  const elsewhere = groupsOf(identity)
    .filter((group) => group.resource === undefined)
    .map((group) => ({
      origin: group.urn,
      document: { notRead: `${nameForPeople(group)} is kept outside this stack` },
    }));
  return [...doubts, ...elsewhere];
}
