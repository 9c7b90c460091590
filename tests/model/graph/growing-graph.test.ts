import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { ReadResource } from "../../../policypack/model/declarations/read-resource";
import { buildGraph, GrowingGraph } from "../../../policypack/model/graph/growing-graph";
import type { Resource } from "../../../policypack/model/resources/resource";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
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
});
