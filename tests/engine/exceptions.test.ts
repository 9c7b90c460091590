import assert from "node:assert/strict";
import { PACK } from "./checkout";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

const ADMINS = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;
const GROUP = "urn:pulumi:dev::engine-test::aws:iam/group:Group::admins";
const ATTACHMENT = "urn:pulumi:dev::engine-test::aws:iam/groupPolicyAttachment:GroupPolicyAttachment::all";

function configuration(...targets: string[]): string {
  const match = [{ policies: ["no-overbroad-group"], targets }];
  return JSON.stringify({
    version: 2,
    policies: {},
    exceptions: { "EXC-1": { reason: "Moves to SSO in May", match } },
  });
}

describe("Pulumi's exceptions under the engine", function () {
  needsEngine(this);
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.open({ files: { "index.js": ADMINS } });
  });
  after(() => workspace?.dispose());

  function under(run: "preview" | "up", text: string, ...args: string[]): Promise<Result> {
    const file = workspace.write("policy.json", text);
    return workspace[run](...args, "--policy-pack", PACK, "--policy-pack-config", file, "--show-policy-exceptions");
  }

  it("hold in a preview where they name the group", async () => {
    const { code, output } = await under("preview", configuration(GROUP));
    assert.match(output, /\[exempted\] \[mandatory\].* no-overbroad-group +\(aws:iam:Group: admins\)/);
    assert.match(output, /EXC-1: Moves to SSO in May/);
    assert.equal(code, 0, output);
  });

  it("do not hold in an update that would make what they do not name", async () => {
    const { code, output } = await under("up", configuration(GROUP), "--skip-preview");
    assert.match(output, /\[mandatory\].* no-overbroad-group +\(aws:iam:GroupPolicyAttachment: all\)/);
    assert.doesNotMatch(output, /\[exempted\]/);
    assert.notEqual(code, 0);
  });

  it("hold in the preview and in the update where they name what `check` lists", async () => {
    const { code, output } = await under("up", configuration(GROUP, ATTACHMENT));
    assert.match(output, /\[exempted\] \[mandatory\].* no-overbroad-group +\(aws:iam:Group: admins\)/);
    assert.match(output, /\[exempted\] \[mandatory\].* no-overbroad-group +\(aws:iam:GroupPolicyAttachment: all\)/);
    assert.equal(code, 0, output);
    const types = ["aws:iam/group:Group", "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"];
    assert.deepEqual(await workspace.deployedTypes(), types);
  });
});
