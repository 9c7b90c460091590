import type { Policy } from "../../iam";
import { type Graph, keyOf, type OrganizationPolicy, peek, rootPlace, type Waiting } from "../../model";

/** The other service control policies that bind where a policy is attached. */
export interface Beside {
  /** Attached to the same root, organizational unit or account, or above it. */
  readonly sure: readonly Policy[];
  /** Attached where nobody can tell yet. */
  readonly possible: readonly Policy[];
  readonly waiting: readonly Waiting[];
}

type Attachment = Graph["organizationAttachments"][number];

/** AWS attaches it everywhere, and it has no Deny ("SCP evaluation", AWS Organizations User Guide). */
const fullAccess = "p-FullAWSAccess";

/**
 * For each place where the stack attaches a policy, what binds there beside it; once, and nothing, where it attaches it nowhere.
 * Service control policies bind every account below their target ("SCP evaluation", AWS Organizations User Guide).
 */
export function scpsBeside({ resource }: OrganizationPolicy, graph: Graph): readonly Beside[] {
  const key = keyOf(resource);
  const policies = new Map(graph.organizationPolicies.map((each) => [keyOf(each.resource), each]));
  const isOwn = ({ policy }: Attachment) => policy !== undefined && keyOf(policy) === key;
  const own = graph.organizationAttachments.filter(isOwn);
  const others = graph.organizationAttachments.filter((each) => !isOwn(each) && isAboutScps(each, policies));
  const found = own.map((at): Beside => {
    const sure = others.filter((each) => isAtOrAbove(each, at));
    const isOpen = (each: Attachment) => at.place === undefined || each.place === undefined;
    const possible = others.filter((each) => isOpen(each) && !sure.includes(each));
    return {
      sure: sure.map((each) => policyOf(each, policies)),
      possible: possible.map((each) => policyOf(each, policies)),
      waiting: [at, ...possible].flatMap(({ target }) => (target.known ? [] : [target.waiting])).slice(0, 1),
    };
  });
  const different = new Map(found.map((each) => [namesIn(each), each]));
  return different.size > 0 ? [...different.values()] : [{ sure: [], possible: [], waiting: [] }];
}

/** An attachment of a policy that the stack makes, as service control policy, or that may be one. */
function isAboutScps({ policy, policyId }: Attachment, policies: ReadonlyMap<string, OrganizationPolicy>): boolean {
  const type = policy === undefined ? undefined : policies.get(keyOf(policy))?.type;
  return type?.known ? type.value === "SERVICE_CONTROL_POLICY" : peek(policyId) !== fullAccess;
}

/** Whether one attachment binds wherever the other does. Nothing is above the root, which is above all. */
function isAtOrAbove({ place }: Attachment, other: Attachment): boolean {
  const [at] = place ?? [];
  return at !== undefined && (other.place ?? [rootPlace]).includes(at);
}

function policyOf({ policy, policyId, by }: Attachment, policies: ReadonlyMap<string, OrganizationPolicy>): Policy {
  const made = policy === undefined ? undefined : policies.get(keyOf(policy));
  const elsewhere = { origin: peek(policyId) ?? by.urn, document: { notRead: "kept elsewhere, or not known yet" } };
  return made?.content ?? elsewhere;
}

function namesIn({ sure, possible }: Beside): string {
  return JSON.stringify([sure, possible].map((policies) => policies.map(({ origin }) => origin)));
}
