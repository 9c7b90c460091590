import assert from "node:assert/strict";
import { parseDocument } from "../../policypack/iam/parse";
import type { Principal } from "../../policypack/iam/principal";
import { buildGraph } from "../../policypack/model/graph";
import { toPrincipal } from "../../policypack/model/principals";
import { Memory } from "../../policypack/rules/memory";
import { everything, resource } from "../model/resource";

const document = parseDocument(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
  "identity",
).document ?? { notRead: "not parsed" };

const alice: Principal = { kind: "user", name: "alice", identity: [{ origin: "work", document }] };

function asked(...principals: readonly Principal[]): number {
  const memory = new Memory<string>();
  let count = 0;
  for (const principal of principals) {
    memory.recall(principal, () => {
      count++;
      return `answer ${count}`;
    });
  }
  return count;
}

describe("what is remembered about principals", () => {
  it("is recalled for the same name and the same documents", () => {
    assert.equal(asked(alice, { ...alice, identity: [{ origin: "work", document }] }), 1);
  });

  it("is asked anew for another name, boundary, document, tag, or policy that cannot be read", () => {
    assert.equal(asked(alice, { ...alice, name: "bob" }), 2);
    assert.equal(asked(alice, { ...alice, boundary: { origin: "limit", document } }), 2);
    assert.equal(asked(alice, { ...alice, identity: [{ origin: "work", document: { ...document } }] }), 2);
    assert.equal(asked(alice, { ...alice, tags: { team: "a" } }), 2);
    assert.equal(asked(alice, { ...alice, scps: [[{ origin: "scp", document }]] }), 2);
    const unread = (because: string): Principal => ({
      ...alice,
      identity: [{ origin: "work", document: { notRead: because } }],
    });
    assert.equal(asked(unread("not known yet"), unread("not known yet"), unread("kept elsewhere")), 2);
  });

  it("outlives a graph, whose documents are read once for each resource", () => {
    const user = resource("aws:iam/user:User", "alice", { name: "alice" });
    const own = resource("aws:iam/userPolicy:UserPolicy", "work", { user: "alice", policy: everything });
    const principals = [1, 2].flatMap(() => buildGraph([user, own]).users.map(toPrincipal));
    assert.deepEqual([principals.length, asked(...principals)], [2, 1]);
  });
});
