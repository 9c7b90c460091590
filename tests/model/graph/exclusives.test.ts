import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { isRead } from "../../../policypack/iam/language/policy";
import type { AnyIdentity } from "../../../policypack/model/subjects/identities";
import { graphOf, the } from "../graph-of";
import { resource, urn } from "../resource";

const group = "aws:iam/group:Group";
const policy = "aws:iam/policy:Policy";
const attachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const exclusive = "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive";
const inline = "aws:iam/groupPolicy:GroupPolicy";
const inlineExclusive = "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive";
const gate = "arn:aws:iam::111122223333:policy/gate";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

const allowAndDeny = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
    { Effect: "Deny", Action: "iam:*", Resource: "*" },
  ],
});

function effectsOf(identity: AnyIdentity): readonly unknown[] {
  return identity.policies
    .filter((edge) => edge.policy.origin.startsWith("urn:"))
    .flatMap((edge) => (isRead(edge.policy) ? edge.policy.document.statements.map(({ effect }) => effect) : []));
}

const attached = [
  resource(group, "ops", { name: "ops" }),
  resource(policy, "gate", { name: "gate", path: "/", arn: gate, policy: allowAndDeny }),
  resource(attachment, "a", { group: "ops", policyArn: gate }),
];

const inlined = [
  resource(group, "ops", { name: "ops" }),
  resource(inline, "gate", { group: "ops", name: "gate", policy: allowAndDeny }),
];

describe("managed policies that a resource keeps exclusively", () => {
  it("take away the protection of others, and not their power", () => {
    const graph = graphOf(...attached, resource(exclusive, "only", { groupName: "ops", policyArns: [readOnly] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow"]);
  });

  it("take away the protection of all others where the list is empty", () => {
    const graph = graphOf(...attached, resource(exclusive, "only", { groupName: "ops", policyArns: [] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow"]);
  });

  it("leave those that they list", () => {
    const graph = graphOf(...attached, resource(exclusive, "only", { groupName: "ops", policyArns: [readOnly, gate] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow", "Deny"]);
  });

  it("leave those that they list by what is not known yet", () => {
    const graph = graphOf(
      resource(group, "ops", { name: "ops" }),
      resource(policy, "gate", { name: "gate", path: "/", arn: notYet, policy: allowAndDeny }),
      resource(attachment, "a", { group: "ops", policyArn: notYet }, { from: { policyArn: [urn(policy, "gate")] } }),
      resource(
        exclusive,
        "only",
        { groupName: "ops", policyArns: [notYet] },
        { from: { policyArns: [urn(policy, "gate")] } },
      ),
    );
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow", "Deny"]);
  });

  it("leave everything while nobody knows what they list", () => {
    const graph = graphOf(...attached, resource(exclusive, "only", { groupName: "ops", policyArns: notYet }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow", "Deny"]);
  });

  it("leave inline policies and other groups", () => {
    const other = resource(exclusive, "only", { groupName: "dev", policyArns: [] });
    assert.deepEqual(effectsOf(the(graphOf(...attached, other), 'group "ops"')), ["Allow", "Deny"]);
    const same = resource(exclusive, "only", { groupName: "ops", policyArns: [] });
    assert.deepEqual(effectsOf(the(graphOf(...inlined, same), 'group "ops"')), ["Allow", "Deny"]);
  });
});

describe("inline policies that a resource keeps exclusively", () => {
  it("take away the protection of others, and not their power", () => {
    const graph = graphOf(...inlined, resource(inlineExclusive, "only", { groupName: "ops", policyNames: [] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow"]);
  });

  it("leave those of their names", () => {
    const graph = graphOf(...inlined, resource(inlineExclusive, "only", { groupName: "ops", policyNames: ["gate"] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow", "Deny"]);
  });

  it("leave everything while a name is not known", () => {
    const graph = graphOf(...inlined, resource(inlineExclusive, "only", { groupName: "ops", policyNames: [notYet] }));
    assert.deepEqual(effectsOf(the(graph, 'group "ops"')), ["Allow", "Deny"]);
  });

  it("may be more than the stack shows while a name is not known", () => {
    const doubts = (names: unknown) => {
      const graph = graphOf(...inlined, resource(inlineExclusive, "only", { groupName: "ops", policyNames: names }));
      return the(graph, 'group "ops"').doubts.map(({ because }) => because);
    };
    assert.deepEqual(doubts([notYet]), ["an inline policy whose name is not known yet may be kept elsewhere"]);
    assert.deepEqual(doubts(["gate"]), []);
  });
});
