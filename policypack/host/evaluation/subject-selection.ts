import type { Graph, ReadResource, SubjectKind, Subjects, Touched } from "../../model";
import type { AnyRule, Phase } from "../../rules";

export type AnySubject = Subjects[SubjectKind];

/** The kinds of subjects that only the whole stack shows, and where the graph keeps them. */
const inGraph = {
  user: (_: Graph, { users }: Touched): readonly AnySubject[] => users,
  group: (_: Graph, { groups }: Touched): readonly AnySubject[] => groups,
  role: (_: Graph, { roles }: Touched): readonly AnySubject[] => roles,
  identity: (_: Graph, { users, groups, roles }: Touched): readonly AnySubject[] => [...users, ...groups, ...roles],
  permissionSet: (_: Graph, { permissionSets }: Touched): readonly AnySubject[] => permissionSets,
  entitlement: ({ entitlements }: Graph): readonly AnySubject[] => entitlements,
  writtenPolicy: ({ writtenPolicies }: Graph): readonly AnySubject[] => writtenPolicies,
  organization: ({ organizations }: Graph): readonly AnySubject[] => organizations,
  organizationAccount: ({ organizationAccounts }: Graph): readonly AnySubject[] => organizationAccounts,
};

function isInGraph(kind: SubjectKind): kind is keyof typeof inGraph {
  return Object.hasOwn(inGraph, kind);
}

/** Whether a rule may find something to look at where there is nothing but these resources: by their types alone, without reading them. */
export function mayConcern({ on }: AnyRule, resources: readonly ReadResource[]): boolean {
  switch (on) {
    case "resource":
      return true;
    case "user":
      return resources.some((each) => each.mayBring("user"));
    case "organizationAccount":
      return resources.some((each) => each.mayBring("organization account"));
    default:
      return resources.some((each) => !each.declaresNothing);
  }
}

/** When a rule is asked: as it says, or else as its subject suggests. */
export function phasesOf(rule: AnyRule): readonly Phase[] {
  return rule.phases ?? (isInGraph(rule.on) ? ["stack"] : ["resource"]);
}

/**
 * Subjects of a kind in a graph, or else among what single resources declare.
 *
 * @param touched of the holders of policies in the graph, those to ask about
 */
export function subjectsFor(
  kind: SubjectKind,
  resources: readonly ReadResource[],
  graph: () => Graph,
  touched: () => Touched = graph,
): readonly AnySubject[] {
  return isInGraph(kind) ? inGraph[kind](graph(), touched()) : resources.flatMap((each) => subjectsIn(each, kind));
}

function subjectsIn(read: ReadResource, kind: SubjectKind): readonly AnySubject[] {
  if (kind === "resource") return [read.resource];
  return read.subjects.flatMap((declared) => (declared.kind === kind ? [declared.subject] : []));
}

/** Whether a resource says anything about identity; one that cannot even be read might. */
export function concernsIdentity(read: ReadResource): boolean {
  try {
    return read.subjects.some(({ kind }) => kind === "identityResource");
  } catch {
    return true;
  }
}

/** The resource to report a subject at. */
export function urnOf(subject: AnySubject): string {
  return "urn" in subject ? subject.urn : subject.resource.urn;
}
