import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { ReadResource } from "../../../policypack/model/declarations/read-resource";
import { buildGraph, GrowingGraph } from "../../../policypack/model/graph/growing-graph";
import type { Resource } from "../../../policypack/model/resources/resource";
import type { AnyIdentity } from "../../../policypack/model/subjects/identities";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { toPrincipal } from "../../../policypack/model/subjects/to-principal";
import { resource } from "../resource";
import { stacks } from "../stacks";

/** The graph that grows while resources come one by one, each in place of one of its URN, and is looked at after each. */
function grown(resources: readonly Resource[]): Graph {
  const graph = new GrowingGraph();
  const shown = new Map<string, ReadResource>();
  for (const each of resources) {
    const before = shown.get(each.urn);
    if (before !== undefined) graph.withdraw(before);
    const read = new ReadResource(each);
    shown.set(each.urn, read);
    graph.show(read);
    assert.ok(graph.graph);
  }
  return graph.graph;
}

/** Of several with one URN the last. */
function lastOfEach(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((each) => [each.urn, each])).values()];
}

function assertSame(one: Graph, other: Graph): void {
  if (!isDeepStrictEqual({ ...one }, { ...other })) assert.deepStrictEqual({ ...one }, { ...other });
}

const shuffled = stacks.chain((stack) =>
  fc.tuple(fc.constant(stack), fc.shuffledSubarray([...stack], { minLength: stack.length })),
);

/**
 * Every identity as the core is asked about it, in words; without the policies of its account that it does not have: one more of them
 * would touch everybody, so that what those make possible is asked at the end.
 */
function asAsked({ users, groups, roles }: Graph): Map<AnyIdentity, string> {
  const wordsOf = (identity: AnyIdentity) => {
    const { accountPolicies: _, ...asked } = toPrincipal(identity);
    return inspect(asked, { depth: 12 });
  };
  return new Map([...users, ...groups, ...roles].map((identity) => [identity, wordsOf(identity)]));
}

describe("a growing graph", () => {
  it("is the graph built at once, in whatever order the resources come and whatever is shown twice", () => {
    fc.assert(
      fc.property(shuffled, ([stack, order]) => {
        const shown = [...stack, ...order];
        assertSame(grown(shown), buildGraph(lastOfEach(shown)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is the graph of what is left when resources go", () => {
    fc.assert(
      fc.property(shuffled, fc.nat(14), ([stack, order], count) => {
        const graph = new GrowingGraph();
        const read = lastOfEach(stack).map((each) => new ReadResource(each));
        for (const each of read) graph.show(each);
        const going = new Set(lastOfEach(order).slice(0, count));
        for (const each of read.filter((one) => going.has(one.resource))) {
          graph.withdraw(each);
          assert.ok(graph.graph);
        }
        assertSame(graph.graph, buildGraph(lastOfEach(stack).filter((each) => !going.has(each))));
      }),
      { numRuns: 1000 },
    );
  });

  it("says of everyone who is not what they were that they are touched", () => {
    let changes = 0;
    fc.assert(
      fc.property(shuffled, ([, order]) => {
        const graph = new GrowingGraph();
        let before = new Map<AnyIdentity, string>();
        for (const each of lastOfEach(order)) {
          graph.show(new ReadResource(each));
          const { users, groups, roles } = graph.takeTouched();
          const touched = new Set<AnyIdentity>([...users, ...groups, ...roles]);
          const after = asAsked(graph.graph);
          for (const [identity, text] of after) {
            if (before.get(identity) === text) continue;
            changes += 1;
            assert.ok(touched.has(identity), text);
          }
          before = after;
        }
      }),
      { numRuns: 600 },
    );
    assert.ok(changes > 1000, `${changes} changes`);
  });

  it("is worked out in steps that grow with the number of resources, not with its square", () => {
    const operationsFor = (count: number): number => {
      const graph = new GrowingGraph();
      for (let i = 0; i < count; i++) {
        graph.show(new ReadResource(resource("aws:iam/role:Role", `role-${i}`, { name: `role-${i}` })));
        graph.show(new ReadResource(resource("aws:iam/rolePolicy:RolePolicy", `data-${i}`, { role: `role-${i}` })));
        assert.equal(graph.graph.roles.length, i + 1);
      }
      return graph.operations;
    };
    const few = operationsFor(100);
    assert.ok(few >= 200, `${few} steps`);
    assert.equal(operationsFor(400), 4 * few);
  });
});
