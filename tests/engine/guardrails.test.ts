import assert from "node:assert/strict";
import { join } from "node:path";
import { CHECKOUT, PACK } from "./checkout";
import { companion, compiledCompanion, WITHOUT_TYPE_CHECK } from "./companion";
import { findingsIn, summaryOf } from "./findings";
import { needsEngine } from "./suite";
import { type Project, Workspace } from "./workspace";

const EXAMPLES = join(CHECKOUT, "examples");
describe("the policy pack under the engine", function () {
  needsEngine(this);
  const opened: Workspace[] = [];
  after(() => {
    for (const workspace of opened) workspace.dispose();
  });

  async function open(project: Project): Promise<Workspace> {
    const workspace = await Workspace.open(project);
    opened.push(workspace);
    return workspace;
  }

  /** Deploys a project, once more without a change, and takes it down; what the pack said and what was there in between. */
  async function lifeOf(project: Project): Promise<{ findings: string[]; types: string[] }> {
    const workspace = await open(project);
    const up = await workspace.up("--policy-pack", PACK);
    assert.equal(up.code, 0, up.output);
    const types = await workspace.deployedTypes();

    const again = await workspace.up("--policy-pack", PACK, "--skip-preview", "--expect-no-changes");
    assert.equal(again.code, 0, again.output);

    const destroy = await workspace.destroy();
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await workspace.deployedTypes(), []);
    return { findings: summaryOf(up), types };
  }

  it("stops the risky example and names the three headline rules", async () => {
    const risky = await open({ from: join(EXAMPLES, "risky"), env: WITHOUT_TYPE_CHECK });
    const result = await risky.preview("--policy-pack", PACK);
    const blocking = findingsIn(result).filter((it) => it.level === "mandatory");
    const named = new Set(blocking.map((it) => it.rule));
    assert.ok(named.has("require-user-mfa"), result.output);
    assert.ok(named.has("no-overbroad-group"), result.output);
    assert.ok(named.has("no-static-provider-credentials"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("lets the risky example through with its findings when all rules are advisory", async () => {
    const risky = await open({ from: join(EXAMPLES, "risky"), env: WITHOUT_TYPE_CHECK });
    const configuration = risky.write("advisory.json", '{ "all": "advisory" }');
    const result = await risky.preview("--policy-pack", PACK, "--policy-pack-config", configuration);
    const levels = new Set(findingsIn(result).map((it) => it.level));
    assert.deepEqual([...levels], ["advisory"]);
    assert.equal(result.code, 0, result.output);
  });

  it("lets the safe example through, deploys it, leaves it alone and takes it down", async () => {
    const { findings, types } = await lifeOf({ from: join(EXAMPLES, "safe"), env: WITHOUT_TYPE_CHECK });
    // The engine does not know the ARNs of what is to be made, as check does.
    assert.deepEqual(findings, ["advisory undecided safe-dev"]);
    assert.notDeepEqual(types, []);
  });

  it("lets the stack password-policy through, deploys it, leaves it alone and takes it down", async () => {
    const { findings, types } = await lifeOf(companion("password-policy"));
    assert.deepEqual(findings, []);
    assert.ok(types.includes("aws:iam/accountPasswordPolicy:AccountPasswordPolicy"), types.join());
  });

  it("lets the stack admin-group through, deploys it, leaves it alone and takes it down", async () => {
    const { findings, types } = await lifeOf(compiledCompanion("admin-group"));
    assert.deepEqual(findings, ["advisory no-overbroad-role admin-group-role"]);
    assert.ok(types.includes("aws:iam/group:Group"), types.join());
  });

  it("lets the stack root-scp through, deploys it, leaves it alone and takes it down", async () => {
    const { findings, types } = await lifeOf(compiledCompanion("root-scp"));
    assert.deepEqual(findings, []);
    assert.ok(types.includes("aws:organizations/policy:Policy"), types.join());
  });

  it("loads a stack with the type check that Pulumi does by default", async () => {
    const stack = await open({ ...companion("password-policy"), env: {} });
    const { code, output } = await stack.preview("--policy-pack", PACK);
    assert.equal(code, 0, output);
  });
});
