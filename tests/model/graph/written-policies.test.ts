import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { nameForPeople } from "../../../policypack/model/subjects/to-principal";
import { graphOf } from "../graph-of";
import { readReports, resource, trustLambda, urn } from "../resource";

const policy = "aws:iam/policy:Policy";

/** The policies that the stack writes, by the resource and with whoever has them. */
function writtenIn(graph: Graph): readonly string[] {
  return graph.writtenPolicies.map(
    ({ resource: { name }, holders }) => `${name}: ${holders.map(nameForPeople).sort().join(", ")}`,
  );
}

describe("policies that the stack writes", () => {
  it("are there with nobody who has them", () => {
    assert.deepEqual(writtenIn(graphOf(resource(policy, "read", { name: "read", policy: readReports }))), ["read: "]);
  });

  it("belong to those that they are attached to, and to those that they limit", () => {
    const graph = graphOf(
      resource(policy, "read", { name: "read", policy: readReports }),
      resource("aws:iam/group:Group", "team", { name: "team" }),
      resource(
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "a",
        { group: "team", policyArn: notYet },
        {
          from: { policyArn: [urn(policy, "read")] },
        },
      ),
      resource(
        "aws:iam/user:User",
        "alice",
        { name: "alice", permissionsBoundary: notYet },
        {
          from: { permissionsBoundary: [urn(policy, "read")] },
        },
      ),
    );
    assert.deepEqual(writtenIn(graph), ['read: group "team", user "alice"']);
  });

  it("are one policy where a resource gives the same text to several kinds", () => {
    const graph = graphOf(
      resource("aws-native:iam:Policy", "read", {
        policyName: "read",
        policyDocument: JSON.parse(readReports),
        users: ["alice"],
        groups: ["team"],
        roles: ["app"],
      }),
    );
    assert.deepEqual(writtenIn(graph), ['read: group "team", role "app", user "alice"']);
  });

  it("are not trust policies, and not those that AWS writes", () => {
    const graph = graphOf(
      resource("aws:iam/role:Role", "app", {
        name: "app",
        assumeRolePolicy: trustLambda,
        managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      }),
    );
    assert.deepEqual(writtenIn(graph), []);
  });

  it("say what they wait for", () => {
    const [written] = graphOf(resource(policy, "read", { name: "read", policy: notYet })).writtenPolicies;
    assert.deepEqual(written?.waiting, { urn: urn(policy, "read"), property: "policy", on: [] });
  });
});
