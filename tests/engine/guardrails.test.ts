import assert from "node:assert/strict";
import { join } from "node:path";
import { CHECKOUT, PACK } from "./checkout";
import { findingsIn, summaryOf } from "./findings";
import { needsEngine } from "./suite";
import { type Project, Workspace } from "./workspace";

const EXAMPLES = join(CHECKOUT, "examples");

/** The project of the companion stacks, as a user has it. */
function companion(stack: string): Project {
  return { copies: ["Pulumi.yaml", "package.json", "tsconfig.json", "stacks", "policypack/iam"], stack };
}

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

  it("stops the risky example and names the three headline rules", async () => {
    const risky = await open({ from: join(EXAMPLES, "risky") });
    const result = await risky.preview("--policy-pack", PACK);
    const blocking = findingsIn(result).filter((it) => it.level === "mandatory");
    const named = new Set(blocking.map((it) => it.rule));
    assert.ok(named.has("require-user-mfa"), result.output);
    assert.ok(named.has("no-overbroad-group"), result.output);
    assert.ok(named.has("no-static-provider-credentials"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("lets the risky example through with its findings when all rules are advisory", async () => {
    const risky = await open({ from: join(EXAMPLES, "risky") });
    const configuration = risky.write("advisory.json", '{ "all": "advisory" }');
    const result = await risky.preview("--policy-pack", PACK, "--policy-pack-config", configuration);
    const levels = new Set(findingsIn(result).map((it) => it.level));
    assert.deepEqual([...levels], ["advisory"]);
    assert.equal(result.code, 0, result.output);
  });

  it("lets the safe example through, deploys it and takes it down", async () => {
    const safe = await open({ from: join(EXAMPLES, "safe") });
    const preview = await safe.preview("--policy-pack", PACK);
    assert.equal(preview.code, 0, preview.output);
    assert.deepEqual(
      findingsIn(preview).filter((it) => it.level === "mandatory"),
      [],
    );

    const up = await safe.up("--policy-pack", PACK);
    assert.equal(up.code, 0, up.output);
    assert.notDeepEqual(await safe.deployedTypes(), []);

    const destroy = await safe.destroy();
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await safe.deployedTypes(), []);
  });

  it("lets the stack password-policy through, deploys it, leaves it alone and takes it down", async () => {
    const stack = await open(companion("password-policy"));
    const up = await stack.up("--policy-pack", PACK);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual(summaryOf(up), []);
    assert.ok((await stack.deployedTypes()).includes("aws:iam/accountPasswordPolicy:AccountPasswordPolicy"));

    const again = await stack.up("--policy-pack", PACK, "--expect-no-changes");
    assert.equal(again.code, 0, again.output);

    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await stack.deployedTypes(), []);
  });

  it("lets the stack admin-group through, deploys it, leaves it alone and takes it down", async () => {
    const stack = await open(companion("admin-group"));
    const up = await stack.up("--policy-pack", PACK);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual(summaryOf(up), []);
    assert.ok((await stack.deployedTypes()).includes("aws:iam/group:Group"));

    const again = await stack.up("--policy-pack", PACK, "--expect-no-changes");
    assert.equal(again.code, 0, again.output);

    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await stack.deployedTypes(), []);
  });

  it("lets the stack root-scp through, deploys it, leaves it alone and takes it down", async () => {
    const stack = await open(companion("root-scp"));
    const up = await stack.up("--policy-pack", PACK);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual(summaryOf(up), []);
    assert.ok((await stack.deployedTypes()).includes("aws:organizations/policy:Policy"));

    const again = await stack.up("--policy-pack", PACK, "--expect-no-changes");
    assert.equal(again.code, 0, again.output);

    const destroy = await stack.destroy();
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await stack.deployedTypes(), []);
  });
});
