import assert from "node:assert/strict";
import { buildGraph } from "../../../policypack/model/graph/growing-graph";
import { resource } from "../resource";

describe("a large stack", () => {
  it("looks only into resources that say something about identity", () => {
    const record = resource("aws:s3/bucket:Bucket", "b", {});
    const guarded = {
      ...record,
      get properties(): never {
        throw new Error("read");
      },
    };
    assert.equal(buildGraph([guarded]).resources.size, 1);
  });

  it("gives each of thousands of users and groups their own", () => {
    const resources = Array.from({ length: 3000 }, (_, i) => [
      resource("aws:iam/user:User", `u${i}`, { name: `u${i}` }),
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", `a${i}`, {
        user: `u${i}`,
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
      resource("aws:iam/userGroupMembership:UserGroupMembership", `m${i}`, { user: `u${i}`, groups: ["everybody"] }),
    ]).flat();
    const graph = buildGraph([resource("aws:iam/group:Group", "everybody", { name: "everybody" }), ...resources]);
    assert.equal(graph.users.length, 3000);
    assert.ok(graph.users.every(({ policies, groups }) => policies.length === 1 && groups.length === 1));
    assert.equal(graph.groups[0]?.members.length, 3000);
  });
});
