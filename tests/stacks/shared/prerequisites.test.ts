import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PasswordPolicy } from "../../../stacks/components";
import { reasonOf } from "../../../stacks/components/shared/prerequisites";

describe("stacks: prerequisites", () => {
  it("are left aside in a test of a program against Pulumi's own mocks, which know no hooks", async () => {
    const types: string[] = [];
    await pulumi.runtime.setMocks({
      newResource({ type, inputs }) {
        types.push(type);
        return { id: "id", state: inputs };
      },
      call: () => ({}),
    });
    new PasswordPolicy("passwords");
    await pulumi.runtime.disconnect();
    assert.deepEqual(types, [
      "aws-identity-guardrails:index:PasswordPolicy",
      "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    ]);
  });

  it("give a provider's reason on one line", () => {
    const text =
      "invocation of aws:cloudcontrol/getResource:getResource returned an error: invoking " +
      "aws:cloudcontrol/getResource:getResource: 1 error occurred:\n\t* reading: ResourceNotFoundException: none\n\n";
    assert.equal(reasonOf(new Error(text)), "reading: ResourceNotFoundException: none.");
  });

  it("cut a reason that is long", () => {
    assert.equal(reasonOf(new Error("x".repeat(301))), `${"x".repeat(300)}...`);
  });
});
