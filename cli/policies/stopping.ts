import { type Configuration, concernsIdentity, phasesOf, Secrets } from "../../policypack/host";
import { readAnalyzeStackRequest, resourceOf } from "../../policypack/host/protocol";
import {
  type AnyIdentity,
  buildGraph,
  type PermissionSet,
  type PolicyEdge,
  ReadResource,
} from "../../policypack/model";
import { rules } from "../../policypack/rules";
import { analyzeStackRequest } from "../pack/messages";
import type { Resource } from "../pulumi/stack";

type Holder = AnyIdentity | PermissionSet;

/** The rules that stop a resource of an update before it is made, for what it would make of a group, user or role. */
export function stoppingRules({ rules: configured, settings }: Configuration): readonly string[] {
  if (!settings.blockBeforeCreation) return [];
  const isBlocking = (id: string) => ["mandatory", "remediate"].includes(configured.get(id)?.level ?? "");
  return rules.filter((rule) => phasesOf(rule).includes("creating") && isBlocking(rule.id)).map(({ id }) => id);
}

/**
 * Where an update may report what such a rule finds about a resource: at whichever of these the engine comes to last. They are
 * the resource itself, what brings its policies and makes them, the same for its groups, and all about identity that is made
 * from it. Some of them never come last; an exception that names them is no wider for it, as it holds for the same rules.
 *
 * @param resources the whole stack
 * @returns URNs, sorted
 */
export function stoppedAt(urn: string, resources: readonly Resource[]): readonly string[] {
  const providers = new Map();
  const stack = readAnalyzeStackRequest(Buffer.from(analyzeStackRequest(resources).serializeBinary()));
  const read = stack.map((resource) => new ReadResource(resourceOf(resource, new Secrets(), providers)));
  const { users, groups, roles, permissionSets } = buildGraph(read);
  const holders = [...users, ...groups, ...roles, ...permissionSets].filter((holder) => holder.urn === urn);
  const held: readonly Holder[] = [
    ...holders,
    ...holders.flatMap((holder) => ("groups" in holder ? holder.groups : [])),
  ];
  const cores = new Set([urn, ...held.map((holder) => holder.urn)]);
  const edges: readonly PolicyEdge[] = held.flatMap(({ policies, boundary }) => [
    ...policies,
    ...(boundary === undefined ? [] : [boundary]),
  ]);
  const made = read
    .filter((each) => each.resource.dependencies.some((source) => cores.has(source)) && concernsIdentity(each))
    .map(({ resource }) => resource);
  const all = [...edges.flatMap(({ by, madeBy }) => [by, ...(madeBy === undefined ? [] : [madeBy])]), ...made];
  return [...new Set([...cores, ...all.map((resource) => resource.urn)])].sort();
}
