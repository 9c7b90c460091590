import { type Graph, type Resource, type SubjectKind, type Subjects, subjectsOf } from "../../model";
import type { AnyRule, Phase } from "../../rules";

export type AnySubject = Subjects[SubjectKind];

/** The kinds of subjects that only the whole stack shows, and where the graph keeps them. */
const inGraph = {
  user: (graph: Graph): readonly AnySubject[] => graph.users,
  group: (graph: Graph): readonly AnySubject[] => graph.groups,
  role: (graph: Graph): readonly AnySubject[] => graph.roles,
  identity: (graph: Graph): readonly AnySubject[] => [...graph.users, ...graph.groups, ...graph.roles],
  permissionSet: (graph: Graph): readonly AnySubject[] => graph.permissionSets,
  entitlement: (graph: Graph): readonly AnySubject[] => graph.entitlements,
  writtenPolicy: (graph: Graph): readonly AnySubject[] => graph.writtenPolicies,
  organization: (graph: Graph): readonly AnySubject[] => graph.organizations,
  organizationAccount: (graph: Graph): readonly AnySubject[] => graph.organizationAccounts,
};

function isInGraph(kind: SubjectKind): kind is keyof typeof inGraph {
  return Object.hasOwn(inGraph, kind);
}

/** When a rule is asked: as it says, or else as its subject suggests. */
export function phasesOf(rule: AnyRule): readonly Phase[] {
  return rule.phases ?? (isInGraph(rule.on) ? ["stack"] : ["resource"]);
}

/** Subjects of a kind in a graph, or else among what single resources declare. */
export function subjectsFor(
  kind: SubjectKind,
  resources: Iterable<Resource>,
  graph: () => Graph,
): readonly AnySubject[] {
  return isInGraph(kind) ? inGraph[kind](graph()) : [...resources].flatMap((resource) => subjectsIn(resource, kind));
}

function subjectsIn(resource: Resource, kind: SubjectKind): readonly AnySubject[] {
  if (kind === "resource") return [resource];
  return subjectsOf(resource).flatMap((declared) => (declared.kind === kind ? [declared.subject] : []));
}

/** Whether a resource says anything about identity; one that cannot even be read might. */
export function concernsIdentity(resource: Resource): boolean {
  try {
    return subjectsOf(resource).some(({ kind }) => kind === "identityResource");
  } catch {
    return true;
  }
}

/** The resource to report a subject at. */
export function urnOf(subject: AnySubject): string {
  return "urn" in subject ? subject.urn : subject.resource.urn;
}
