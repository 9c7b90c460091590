import assert from "node:assert/strict";
import { join } from "node:path";
import { EXECUTABLE_PACK } from "../../tools/build-pack";
import { PACK } from "../engine/checkout";
import { summaryOf } from "../engine/findings";
import { builtCli } from "../engine/pulumi";
import { needsEngine } from "../engine/suite";
import { Workspace } from "../engine/workspace";

const ADMINS = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;

const oldest = () => builtCli(join(__dirname, "oldest-cli"));

describe("the pack under the oldest Pulumi CLI that is supported", function () {
  needsEngine(this, oldest);
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.open({ files: { "index.js": ADMINS } }, oldest());
  });
  after(() => workspace?.dispose());

  it("stops a preview", async () => {
    const result = await workspace.preview("--policy-pack", PACK);
    assert.deepEqual(summaryOf(result), ["mandatory no-overbroad-group admins"]);
    assert.notEqual(result.code, 0);
  });

  it("takes its configuration", async () => {
    const file = workspace.write("advisory.json", '{ "all": "advisory" }');
    const result = await workspace.preview("--policy-pack", PACK, "--policy-pack-config", file);
    assert.deepEqual(summaryOf(result), ["advisory no-overbroad-group admins"]);
    assert.equal(result.code, 0, result.output);
  });

  it("stops an update before the grant is made", async () => {
    const { code, output } = await workspace.up("--skip-preview", "--policy-pack", PACK);
    assert.match(output, /stopped before aws:iam\/groupPolicyAttachment:GroupPolicyAttachment "all" is made/);
    assert.notEqual(code, 0);
    assert.deepEqual(await workspace.deployedTypes(), ["aws:iam/group:Group"]);
  });

  it("cannot run the pack as one file, and says what README explains", async () => {
    const { code, output } = await workspace.preview("--policy-pack", join(PACK, EXECUTABLE_PACK));
    assert.match(output, /failed to load Pulumi policy project located at ".*\/aws-identity-guardrails"/);
    assert.notEqual(code, 0);
  });

  it("cannot read a configuration of version 2, and ends", async () => {
    const file = workspace.write("newer.json", '{ "version": 2, "policies": {} }');
    const { code, output } = await workspace.preview("--policy-pack", PACK, "--policy-pack-config", file);
    assert.match(output, /parsing "version": 2 is not a valid value; must be a string or object/);
    assert.notEqual(code, 0);
  });
});
