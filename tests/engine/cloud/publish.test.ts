import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../policypack/rules";
import { needsEngine } from "../suite";
import { type Result, Workspace } from "../workspace";
import { CheckoutCopy } from "./checkout-copy";
import type { JsonObject } from "./http";
import { PulumiCloud } from "./server";

const NAME = "aws-identity-guardrails";

describe("npm run publish:pack", function () {
  needsEngine(this);
  let cloud: PulumiCloud;
  let checkout: CheckoutCopy;
  let workspace: Workspace;

  before(async () => {
    cloud = await PulumiCloud.start();
    checkout = new CheckoutCopy();
    checkout.release("1.2.3");
    workspace = await Workspace.open({ env: cloud.login, stack: "acme/dev" });
  });
  after(() => {
    workspace?.dispose();
    checkout?.dispose();
    cloud?.stop();
  });

  const publish = (...args: string[]): Promise<Result> =>
    workspace.execute("npm", ["run", "--silent", "publish:pack", "--", ...args], checkout.folder);

  /** The same with another environment: `NAME=VALUE` to set a variable, `-u NAME` to take one away. */
  function publishWith(environment: readonly string[]): Promise<Result> {
    const script = [join(checkout.folder, "node_modules/ts-node/dist/bin.js"), "--transpile-only", "tools/publish.ts"];
    return workspace.execute("env", [...environment, process.execPath, ...script, "acme"], checkout.folder);
  }

  function expectNothingSent(): void {
    assert.deepEqual(cloud.policies.packsJson(), { policyPacks: [] });
  }

  it("says how it is used when no organization is named", async () => {
    const { code, stderr } = await publish();
    assert.match(stderr, /^Usage: npm run publish:pack -- ORG$/m);
    assert.equal(code, 2);
  });

  it("says where to get the CLI when it is not on PATH", async () => {
    const bare = join(workspace.folder, "bare");
    mkdirSync(bare);
    symlinkSync(process.execPath, join(bare, "node"));
    const { code, stderr } = await publishWith([`PATH=${bare}`]);
    assert.match(stderr, /^Not published: there is no pulumi on PATH: install the Pulumi CLI/m);
    assert.doesNotMatch(stderr, /\n {4}at /);
    assert.equal(code, 1);
  });

  it("asks for a login when there is none", async () => {
    const elsewhere = ["-u", "PULUMI_BACKEND_URL", "-u", "PULUMI_ACCESS_TOKEN", `PULUMI_HOME=${workspace.folder}/home`];
    const { code, stderr } = await publishWith(elsewhere);
    assert.match(
      stderr,
      /^Not published: pulumi whoami --json failed: [\s\S]*\nlog in with `pulumi login`, or set PULUMI_ACCESS_TOKEN$/m,
    );
    assert.equal(code, 1);
  });

  it("says that a backend of one's own keeps no policy packs", async () => {
    const { code, stderr } = await publishWith([`PULUMI_BACKEND_URL=file://${workspace.folder}`]);
    assert.match(
      stderr,
      /^Not published: the Pulumi CLI is logged in to file:\/\/.*, and only Pulumi Cloud keeps policy packs/m,
    );
    assert.equal(code, 1);
  });

  it("names the organizations that there are when the one named is none of them", async () => {
    const { code, stderr } = await publish("acne");
    assert.match(stderr, /^Not published: alice is in no organization acne \(in alice, acme\): check its name/m);
    assert.equal(code, 1);
  });

  it("refuses a checkout with changes, and names them", async () => {
    checkout.write("policypack/rules/draft.ts", "export const draft = 1;\n");
    const { code, stderr } = await publish("acme");
    checkout.remove("policypack/rules/draft.ts");
    assert.match(
      stderr,
      /^Not published: the checkout has changes that are not committed[\s\S]*^\?\? policypack\/rules\/draft\.ts$/m,
    );
    assert.equal(code, 1);
    expectNothingSent();
  });

  it("stops where a test fails", async () => {
    checkout.write("tests/rules/failing.test.ts", 'it("fails", () => { throw new Error("a rule is broken"); });\n');
    checkout.commit();
    const { code, stdout, stderr } = await publish("acme");
    checkout.remove("tests/rules/failing.test.ts");
    checkout.commit();
    assert.match(stdout, /a rule is broken/);
    assert.match(stderr, /^Not published: the tests failed; see above$/m);
    assert.equal(code, 1);
    expectNothingSent();
  });

  describe("of a version", () => {
    let published: Result;
    before(async () => {
      published = await publish("acme");
      assert.equal(published.code, 0, published.output);
    });

    it("tells the organization what is in it", () => {
      const { announced } = cloud.policies.pack(NAME, "1.2.3");
      const { name, displayName, description, versionTag, provider, runtime } = announced;
      assert.deepEqual(
        { name, displayName, description, versionTag, provider, runtime },
        {
          name: NAME,
          displayName: "AWS identity guardrails",
          description: "Stops dangerous AWS identity changes before they exist.",
          versionTag: "1.2.3",
          provider: "aws",
          runtime: "nodejs",
        },
      );
      assert.match(String(announced.readme), /^# Rules/);
      const policies = announced.policies as JsonObject[];
      assert.deepEqual(
        policies.map((it) => it.name).sort(),
        [...rules.map((it) => it.id), "settings", "undecided"].sort(),
      );
      const strength = policies.find((it) => it.name === "password-policy-strength") ?? {};
      assert.deepEqual([strength.enforcementLevel, strength.severity], ["mandatory", "medium"]);
      const { properties } = strength.configSchema as { properties: Record<string, JsonObject> };
      assert.deepEqual(properties.enforcementLevel?.enum, ["advisory", "mandatory", "remediate", "disabled"]);
      assert.equal(properties.maxAgeDays?.default, 90);
    });

    it("sends only what runs: one JavaScript file, pinned dependencies, less than 500 KB", () => {
      const { tarball } = cloud.policies.pack(NAME, "1.2.3");
      assert.ok(tarball.length < 500 * 1024, `${tarball.length} bytes`);
      const unpacked = join(workspace.folder, "tarball");
      mkdirSync(unpacked);
      execFileSync("tar", ["-xz", "-C", unpacked], { input: tarball });
      assert.deepEqual(readdirSync(unpacked, { recursive: true }).sort(), [
        "package",
        "package/PulumiPolicy.yaml",
        "package/RULES.md",
        "package/dist",
        "package/dist/index.js",
        "package/npm-shrinkwrap.json",
        "package/package.json",
      ]);
    });

    it("says how to enable it, and leaves nothing behind", () => {
      assert.match(published.stdout, /^ {2}pulumi policy enable acme\/aws-identity-guardrails 1\.2\.3 /m);
      assert.equal(checkout.changes(), "");
      assert.ok(!existsSync(join(checkout.folder, "policypack/npm-shrinkwrap.json")));
      assert.deepEqual(
        readdirSync(join(checkout.folder, "policypack")).filter((it) => it.endsWith(".tgz")),
        [],
      );
    });

    it("is refused the second time", async () => {
      const { code, stderr } = await publish("acme");
      assert.match(
        stderr,
        /^Not published: acme has aws-identity-guardrails 1\.2\.3 already[\s\S]*raise "version" in package\.json/m,
      );
      assert.equal(code, 1);
    });
  });
});
