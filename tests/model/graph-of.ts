import assert from "node:assert/strict";
import { ReadResource } from "../../policypack/model/declarations/read-resource";
import { buildGraph, GrowingGraph } from "../../policypack/model/graph/growing-graph";
import type { Resource } from "../../policypack/model/resources/resource";
import type { AnyIdentity } from "../../policypack/model/subjects/identities";
import type { Graph } from "../../policypack/model/subjects/identity-graph";
import { nameForPeople } from "../../policypack/model/subjects/to-principal";

/** The graph of the resources in the order given, once it is seen that it makes no difference how it came about. */
export function graphOf(...resources: readonly Resource[]): Graph {
  const graph = buildGraph(resources);
  const summary = summaryOf(graph);
  assert.deepEqual(summaryOf(buildGraph([...resources].reverse())), summary, "shown in the other order");
  assert.deepEqual(summaryOf(grown(resources)), summary, "looked at after each resource, each of which came twice");
  return graph;
}

/** Of a run that looks at the graph after each resource, and in which each goes and comes again. */
function grown(resources: readonly Resource[]): Graph {
  const growing = new GrowingGraph();
  const read = resources.map((resource) => new ReadResource(resource));
  for (const each of read) {
    growing.show(each);
    summaryOf(growing.graph);
  }
  for (const each of read) {
    growing.withdraw(each);
    summaryOf(growing.graph);
    growing.show(each);
  }
  return growing.graph;
}

/** The one identity that people call by that name, such as `user "alice"`. */
export function the(graph: Graph, name: string): AnyIdentity {
  const found = [...graph.users, ...graph.groups, ...graph.roles].filter((each) => nameForPeople(each) === name);
  assert.equal(found.length, 1, `${found.length} identities are called ${name}`);
  const [identity] = found;
  assert.ok(identity);
  return identity;
}

/** Where the identity's own policies come from. */
export function policiesOf(identity: AnyIdentity): readonly string[] {
  return identity.policies.map(({ policy }) => policy.origin);
}

/** Why the identity's own policies are not read, for those that are not. */
export function notRead(identity: AnyIdentity): readonly string[] {
  return identity.policies.flatMap(({ policy }) => ("notRead" in policy.document ? [policy.document.notRead] : []));
}

export function groupsOf(graph: Graph, user: string): readonly string[] {
  const identity = the(graph, user);
  assert.equal(identity.kind, "user");
  return identity.kind === "user" ? identity.groups.map(nameForPeople) : [];
}

function summaryOf(graph: Graph): readonly unknown[] {
  return [...graph.users, ...graph.groups, ...graph.roles].map((each) => [
    nameForPeople(each),
    each.urn,
    policiesOf(each),
    each.doubts,
    each.kind === "user" ? each.groups.map(nameForPeople) : [],
  ]);
}
