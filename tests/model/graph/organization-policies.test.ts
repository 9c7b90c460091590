import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { Graph } from "../../../policypack/model/subjects/identity-graph";
import { graphOf } from "../graph-of";
import { everything, resource, urn } from "../resource";

const policy = "aws:organizations/policy:Policy";
const attachment = "aws:organizations/policyAttachment:PolicyAttachment";

function attachmentsOf(graph: Graph): readonly (readonly unknown[])[] {
  return graph.organizationAttachments.map(({ policy: made, policyId, target }) => [
    made?.name,
    policyId.known ? policyId.value : "not known yet",
    target.known ? target.value : "not known yet",
  ]);
}

describe("attachments in the organization", () => {
  it("are of the policy that the id comes from", () => {
    const graph = graphOf(
      resource(policy, "root", { content: everything, arn: notYet }),
      resource(policy, "other", { content: everything, arn: notYet }),
      resource(
        attachment,
        "a",
        { policyId: notYet, targetId: "r-a1b2" },
        { from: { policyId: [urn(policy, "root")] } },
      ),
    );
    assert.deepEqual(attachmentsOf(graph), [["root", "not known yet", "r-a1b2"]]);
  });

  it("are of the policy with the id once that is known", () => {
    const graph = graphOf(
      resource(policy, "root", {
        content: everything,
        arn: "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-examplea",
      }),
      resource(attachment, "a", { policyId: "p-examplea", targetId: "r-a1b2" }),
    );
    assert.deepEqual(attachmentsOf(graph), [["root", "p-examplea", "r-a1b2"]]);
  });

  it("are of none in the stack for another id", () => {
    const graph = graphOf(
      resource(policy, "root", {
        content: everything,
        arn: "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-examplea",
      }),
      resource(attachment, "a", { policyId: "p-exampleb", targetId: notYet }),
    );
    assert.deepEqual(attachmentsOf(graph), [[undefined, "p-exampleb", "not known yet"]]);
  });

  it("are within the policy itself with @pulumi/aws-native", () => {
    const graph = graphOf(
      resource("aws-native:organizations:Policy", "root", {
        type: "SERVICE_CONTROL_POLICY",
        content: {},
        targetIds: ["ou-a1b2-11111111", "111122223333"],
      }),
    );
    assert.deepEqual(attachmentsOf(graph), [
      ["root", "not known yet", "ou-a1b2-11111111"],
      ["root", "not known yet", "111122223333"],
    ]);
  });
});
