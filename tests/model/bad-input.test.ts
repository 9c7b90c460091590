import assert from "node:assert/strict";
import fc from "fast-check";
import { notYet } from "../../policypack/iam/language/document";
import { buildGraph } from "../../policypack/model/graph/growing-graph";
import { arnOf, nameForPeople, toPrincipal, waitingOf } from "../../policypack/model/subjects/to-principal";
import { aws } from "../../policypack/model/types/aws";
import { awsNative } from "../../policypack/model/types/aws-native";
import { graphOf, the } from "./graph-of";
import { everything, identityResourceOf, resource, subjectsOf, urn } from "./resource";

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(notYet, null, true, "", "ops", "arn:aws:iam::111122223333:group/ops", everything, "{"),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("policy", "policyDocument", "name", "key", "value"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** Every property that the table of types reads, and no other. */
const property = fc.constantFrom(
  ...["name", "path", "arn", "tags", "policy", "policyArn", "policyArns", "policyNames", "users", "groups", "roles"],
  ...["user", "group", "role", "userName", "groupName", "roleName", "username", "status", "policies", "content"],
  ...["inlinePolicies", "managedPolicyArns", "permissionsBoundary", "assumeRolePolicy", "maxSessionDuration"],
  ...["managedPolicyName", "policyDocument", "policyName", "assumeRolePolicyDocument", "loginProfile", "awsId"],
  ...["type", "targetId", "targetIds", "policyId", "maxPasswordAge", "hardExpiry", "assumeRoles", "endpoints"],
);

const types = [...Object.keys(aws), ...Object.keys(awsNative)];

const stack = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      name: fc.constantFrom("a", "b", "c"),
      properties: fc.dictionary(property, anything, { maxKeys: 8 }),
      from: fc.dictionary(
        property,
        fc.array(fc.constantFrom(urn(types[1] ?? "", "a"), urn(types[2] ?? "", "b"), "nowhere"), { maxLength: 2 }),
        { maxKeys: 3 },
      ),
    }),
    { maxLength: 12 },
  )
  .map((records) => records.map(({ type, name, properties, from }) => resource(type, name, properties, { from })));

describe("a stack of nonsense", () => {
  it("is read without failing, whatever stands in whatever property", () => {
    fc.assert(
      fc.property(stack, (resources) => {
        const graph = buildGraph(resources);
        for (const identity of [...graph.users, ...graph.groups, ...graph.roles]) {
          toPrincipal(identity);
          waitingOf(identity);
          assert.match(nameForPeople(identity), /^(user|group|role) /);
          assert.match(arnOf(identity), /^arn:/);
        }
        for (const each of resources) subjectsOf(each);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a property of the wrong type", () => {
  it("is a fault of its resource, and the rest of the stack is read", () => {
    const attachment = resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", {
      user: ["alice"],
      policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    const graph = graphOf(
      attachment,
      resource("aws:iam/user:User", "alice", { name: "alice" }),
      resource("aws:iam/userPolicy:UserPolicy", "p", { user: "alice", policy: everything }),
    );
    assert.equal(the(graph, 'user "alice"').policies.length, 1);
    assert.deepEqual(identityResourceOf(attachment)?.faults, [
      {
        where: "user",
        message: "is a list, where a text is expected",
        fix: "Give a text for user.",
        effect: "unreadable",
      },
    ]);
  });
});

describe("a policy text that is no JSON", () => {
  it("is a policy that nobody can read, not one that grants nothing", () => {
    const graph = graphOf(
      resource("aws:iam/user:User", "alice", { name: "alice" }),
      resource("aws:iam/userPolicy:UserPolicy", "p", { user: "alice", policy: "{'Version': '2012-10-17'}" }),
    );
    const [edge] = the(graph, 'user "alice"').policies;
    assert.deepEqual(edge?.policy.document, { notRead: "policy is no policy that can be read" });
    assert.equal(edge?.waiting, undefined);
  });
});
