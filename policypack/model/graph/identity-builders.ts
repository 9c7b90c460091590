import type { AccountPolicy, Policy } from "../../iam";
import { accountOf, parseArn, type Scope } from "../resources/provider-scope";
import type { Resource } from "../resources/resource";
import { known, notKnownYet, type Value } from "../resources/value";
import type {
  Assignment,
  Credential,
  Doubt,
  Group,
  PermissionSet,
  PolicyEdge,
  Role,
  User,
} from "../subjects/identities";

/** Identities while the graph is being built: the shape of the finished ones, with the lists still open. */
export type Draft = UserDraft | GroupDraft | RoleDraft | PermissionSetDraft;

interface Open {
  policies: PolicyEdge[];
  doubts: Doubt[];
  boundary?: PolicyEdge;
  accountPolicies?: readonly AccountPolicy[];
  scps?: readonly (readonly Policy[])[];
}

export interface UserDraft extends Omit<User, keyof Open | "groups" | "credentials">, Open {
  readonly groups: GroupDraft[];
  readonly credentials: Credential[];
}

export interface GroupDraft extends Omit<Group, keyof Open | "members">, Open {
  readonly members: UserDraft[];
}

export interface RoleDraft extends Omit<Role, keyof Open | "trust">, Open {
  trust: PolicyEdge;
}

export interface PermissionSetDraft extends Omit<PermissionSet, keyof Open | "assignments">, Open {
  readonly assignments: Assignment[];
}

/** What is known of an identity before its policies are. */
export interface Facts {
  /** The resource that makes it, or the first that refers to it. */
  readonly by: Resource;
  readonly isMade: boolean;
  readonly name: Value<string>;
  /** Undefined where it is not known. */
  readonly path: string | undefined;
  readonly arn: string | undefined;
  readonly scope: Scope;
  readonly tags: Value<Readonly<Record<string, string>>>;
  readonly maxSession: Value<number>;
}

export function userDraft(facts: Facts): UserDraft {
  return { kind: "user", ...shared(facts), groups: [], credentials: [], tags: facts.tags };
}

export function groupDraft(facts: Facts): GroupDraft {
  return { kind: "group", ...shared(facts), members: [] };
}

/** A role whose trust is not read until `trust` is set. */
export function roleDraft(facts: Facts): RoleDraft {
  const notRead = facts.isMade ? "the role has no trust policy" : "the role is kept outside this stack";
  const trust: PolicyEdge = {
    policy: { origin: facts.by.urn, document: { notRead } },
    by: facts.by,
    property: "",
    how: "inline",
    from: [],
  };
  return { kind: "role", ...shared(facts), maxSessionSeconds: facts.maxSession, tags: facts.tags, trust };
}

/** A permission set; its roles come to be in whichever accounts it is assigned in, so its own account says nothing. */
export function permissionSetDraft(facts: Facts): PermissionSetDraft {
  const { account: _, ...rest } = shared(facts);
  return { kind: "permission set", ...rest, sessionSeconds: facts.maxSession, assignments: [] };
}

/** What is known of an identity that the stack refers to and does not make. */
export function factsElsewhere(by: Resource, name: Value<string>, scope: Scope, arn?: string): Facts {
  const path = arn === undefined ? undefined : pathIn(arn);
  const tags = notKnownYet({ urn: by.urn, property: "tags", on: [] });
  return { by, isMade: false, name, path, arn, scope, tags, maxSession: known(3600) };
}

/** `/people/` of `arn:aws:iam::111122223333:user/people/alice`. */
function pathIn(arn: string): string {
  const parts = parseArn(arn)?.resource.split("/").slice(1, -1) ?? [];
  return ["", ...parts, ""].join("/");
}

function shared(facts: Facts) {
  const arn = facts.arn === undefined ? undefined : parseArn(facts.arn);
  const account = arn?.account ?? accountOf(facts.scope);
  const partition = arn?.partition ?? facts.scope.partition;
  const policies: PolicyEdge[] = [];
  const doubts: Doubt[] = [];
  return {
    ...(facts.isMade ? { resource: facts.by } : {}),
    urn: facts.by.urn,
    name: facts.name,
    ...(facts.path === undefined ? {} : { path: facts.path }),
    ...(facts.arn === undefined ? {} : { arn: facts.arn }),
    ...(account === undefined ? {} : { account }),
    ...(partition === undefined ? {} : { partition }),
    policies,
    doubts,
  };
}
