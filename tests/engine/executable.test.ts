import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { EXECUTABLE_PACK } from "../../tools/build-pack";
import { PACK } from "./checkout";
import { printedFindings } from "./findings";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

const ADMINS = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;
const BLOCKED = ["mandatory no-overbroad-group admins"];

describe("the pack as one file under the engine", function () {
  needsEngine(this);
  let workspace: Workspace;
  let pack: string;

  before(async () => {
    // Beside a program that is a module, far from the pack's folder and its packages.
    workspace = await Workspace.open({
      files: {
        "package.json": '{ "name": "engine-test", "private": true, "type": "module" }',
        "index.cjs": ADMINS,
        "Pulumi.yaml":
          "name: engine-test\nmain: index.cjs\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      },
    });
    pack = join(workspace.folder, "guardrails");
    copyFileSync(join(PACK, EXECUTABLE_PACK), pack);
  });
  after(() => workspace?.dispose());

  function told({ output }: Result): string[] {
    assert.match(output, /aws-identity-guardrails@v\d+\.\d+\.\d+ \(local: \S*guardrails\)/);
    return printedFindings(output).map(({ level, rule, name }) => `${level} ${rule} ${name}`);
  }

  it("stops a preview", async () => {
    const result = await workspace.preview("--policy-pack", pack);
    assert.deepEqual(told(result), BLOCKED);
    assert.notEqual(result.code, 0);
  });

  it("takes its configuration", async () => {
    const file = workspace.write("advisory.json", '{ "all": "advisory" }');
    const result = await workspace.preview("--policy-pack", pack, "--policy-pack-config", file);
    assert.deepEqual(told(result), ["advisory no-overbroad-group admins"]);
    assert.equal(result.code, 0, result.output);
  });

  it("stops an update before the grant is made", async () => {
    const { code, output } = await workspace.up("--skip-preview", "--policy-pack", pack);
    assert.match(output, /stopped before aws:iam\/groupPolicyAttachment:GroupPolicyAttachment "all" is made/);
    assert.notEqual(code, 0);
    assert.deepEqual(await workspace.deployedTypes(), ["aws:iam/group:Group"]);
  });
});
