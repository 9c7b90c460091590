import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../checkout";
import { compiledCompanion } from "../companion";
import { printedFindings } from "../findings";
import { needsEngine } from "../suite";
import { type Result, Workspace } from "../workspace";
import type { JsonObject } from "./http";
import { Organization } from "./organization";

const RISKY = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;
const SAFE = 'new (require("@pulumi/aws").iam.Group)("readers", { name: "readers" });';
const WEAK = 'new (require("@pulumi/aws").iam.AccountPasswordPolicy)("weak", { minimumPasswordLength: 8 });';
const GRANT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";

describe("a pack that an organization enforces", function () {
  needsEngine(this);
  let acme: Organization;

  before(async () => {
    acme = await Organization.found();
    await acme.publish("1.2.3");
  });
  after(() => acme?.close());

  /** `LEVEL RULE NAME` of what the CLI printed, each once. */
  function told({ output }: Result): string[] {
    return [...new Set(printedFindings(output).map((it) => `${it.level} ${it.rule} ${it.name}`))].sort();
  }

  it("stops a preview that names no pack: downloaded, installed, reported, recorded", async () => {
    await acme.enforce("1.2.3");
    const { code, output } = await acme.preview(RISKY);
    assert.match(output, /❌ aws-identity-guardrails@v1\.2\.3\n/);
    assert.match(output, / - \[mandatory\] \[severity: critical\] +no-overbroad-group +\(aws:iam:Group: admins\)/);
    assert.equal(code, 1);
    const { kind, status, findings } = acme.recorded();
    assert.deepEqual([kind, status, findings.length], ["preview", "failed", 1]);
    const [finding] = findings;
    assert.match(finding?.message ?? "", /The group "admins" has full administrator power/);
    assert.deepEqual(
      [finding?.policyName, finding?.enforcementLevel, finding?.severity, finding?.policyPackVersionTag],
      ["no-overbroad-group", "mandatory", "critical", "1.2.3"],
    );
    assert.equal(finding?.resourceUrn, "urn:pulumi:dev::engine-test::aws:iam/group:Group::admins");
  });

  it("runs at the versions that it was tested with, whatever has come out since", async () => {
    const installed = join(
      acme.workspace.home,
      "policies/acme/pulumi-analyzer-aws-identity-guardrails-v1.2.3/node_modules",
    );
    const versionsIn = (file: string): Record<string, { version: string }> =>
      JSON.parse(readFileSync(file, "utf8")).packages;
    const tested = versionsIn(join(CHECKOUT, "package-lock.json"));
    const present = Object.entries(versionsIn(join(installed, ".package-lock.json")));
    assert.ok(present.some(([path]) => path === "node_modules/@pulumi/pulumi"));
    assert.deepEqual(
      present.filter(([path, { version }]) => version !== tested[path]?.version),
      [],
    );
  });

  it("stops an update before the grant exists", async () => {
    await acme.enforce("1.2.3");
    acme.workspace.write("index.js", RISKY);
    const { code, output } = await acme.workspace.up("--skip-preview");
    assert.equal(code, 1, output);
    assert.deepEqual([acme.recorded().kind, acme.recorded().status], ["update", "failed"]);
    assert.ok(!(await acme.workspace.deployedTypes()).includes(GRANT));
  });

  it("lets a safe program pass", async () => {
    await acme.enforce("1.2.3");
    acme.workspace.write("index.js", SAFE);
    const { code, output } = await acme.workspace.up();
    assert.equal(code, 0, output);
    assert.match(output, /✅ aws-identity-guardrails@v1\.2\.3\n/);
    assert.deepEqual(await acme.workspace.deployedTypes(), ["aws:iam/group:Group"]);
    const { status, findings, events } = acme.recorded();
    assert.deepEqual([status, findings], ["succeeded", []]);
    assert.ok(events.some((it) => it.policyAnalyzeStackSummaryEvent !== undefined));
    const remediations = events.flatMap((it) => it.policyRemediateSummaryEvent ?? []) as JsonObject[];
    assert.notEqual(remediations.length, 0);
    assert.deepEqual(
      remediations.flatMap((it) => it.passed ?? []),
      [],
    );
  });

  it("lets the risky program pass with its findings where all rules are advisory", async () => {
    await acme.enforce("1.2.3", { all: "advisory" });
    const result = await acme.preview(RISKY);
    assert.equal(result.code, 0, result.output);
    assert.deepEqual(told(result), ["advisory no-overbroad-group admins"]);
    assert.deepEqual(
      acme.recorded().findings.map((it) => `${it.enforcementLevel} ${it.policyName}`),
      ["advisory no-overbroad-group"],
    );
  });

  it("keeps a rule mandatory that is given options and no level", async () => {
    await acme.enforce("1.2.3", { "password-policy-strength": { minimumLength: 20 } });
    const result = await acme.preview(WEAK.replace("8", "19"));
    assert.match(result.output, /\[mandatory\].* password-policy-strength /);
    assert.match(result.output, /\b20\b/);
    assert.equal(result.code, 1);
  });

  it("still remediates where all rules are mandatory and this one is set to remediate", async () => {
    await acme.enforce("1.2.3", { all: "mandatory", "password-policy-strength": "remediate" });
    const result = await acme.preview(WEAK);
    assert.equal(result.code, 0, result.output);
    const remediated = acme.recorded().events.flatMap((it) => it.policyRemediationEvent ?? []);
    assert.equal(remediated.length, 1);
  });

  it("excuses a finding by a waiver of the organization, visibly", async () => {
    const expires = new Date(Date.now() + 20 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const waiver = { rule: "no-overbroad-group", resource: "admins", reason: "Moves to a role next week", expires };
    await acme.enforce("1.2.3", { settings: { waivers: [waiver] } });
    const result = await acme.preview(RISKY);
    assert.deepEqual(told(result), ["advisory no-overbroad-group admins"]);
    assert.match(result.output, /Moves to a role next week/);
    assert.equal(result.code, 0);
  });

  it("says so when a rule is misspelt, and enforces the others", async () => {
    await acme.enforce("1.2.3", { "no-overbroad-gruop": "disabled" });
    const result = await acme.preview(RISKY);
    assert.match(result.output, /Did you mean "no-overbroad-group"\?/);
    assert.match(result.output, /\[mandatory\].* no-overbroad-group /);
    assert.equal(result.code, 1);
  });

  it("validates the configurations of docs/rollout.md, and refuses a value of the wrong type", async () => {
    const validate = (configuration: string) => {
      const file = acme.workspace.write("to-validate.json", configuration);
      return acme.workspace.run([
        "policy",
        "validate-config",
        "acme/aws-identity-guardrails",
        "1.2.3",
        "--config",
        file,
      ]);
    };
    const documented = [
      ...readFileSync(join(CHECKOUT, "docs/rollout.md"), "utf8").matchAll(/^```json\n([\s\S]*?)^```$/gm),
    ];
    assert.notEqual(documented.length, 0);
    for (const [, configuration = ""] of documented) {
      const { code, output } = await validate(configuration);
      assert.equal(code, 0, `${configuration}${output}`);
    }
    const { code, stderr } = await validate('{ "password-policy-strength": { "maxAgeDays": "60" } }');
    assert.match(stderr, /Expected: integer, given: string/);
    assert.equal(code, 1);
  });

  it("stops every preview when its configuration has a wrong type, with the place", async () => {
    await acme.enforce("1.2.3", { "password-policy-strength": { maxAgeDays: "60" } });
    const { code, output } = await acme.preview(SAFE);
    assert.match(
      output,
      /validating policy config: aws-identity-guardrails 1\.2\.3 +password-policy-strength: maxAgeDays: Invalid type/,
    );
    assert.equal(code, 1);
  });

  it("stops every preview when its configuration names an unknown rule without a level", async () => {
    await acme.enforce("1.2.3", { "no-overbroad-gruop": { sanctioned: true } });
    const { code, output } = await acme.preview(SAFE);
    assert.match(output, /invalid enforcement level/);
    assert.equal(code, 1);
  });

  it("is replaced by a new version, and comes back where that is rolled back", async () => {
    await acme.publish("1.3.0");
    await acme.enforce("latest");
    const renewed = await acme.preview(RISKY);
    assert.match(renewed.output, /❌ aws-identity-guardrails@v1\.3\.0\n/);
    assert.doesNotMatch(renewed.output, /v1\.2\.3/);
    assert.equal(renewed.code, 1);
    await acme.enforce("1.2.3");
    const rolledBack = await acme.preview(RISKY);
    assert.match(rolledBack.output, /❌ aws-identity-guardrails@v1\.2\.3\n/);
    assert.equal(rolledBack.code, 1);
  });

  it("lets everything pass once it is disabled", async () => {
    await acme.release();
    const result = await acme.preview(RISKY);
    assert.equal(result.code, 0, result.output);
    assert.deepEqual([told(result), acme.recorded().findings], [[], []]);
  });

  describe("by the stack org-enforcement", () => {
    let enforcement: Workspace;

    async function deploy(version: string): Promise<Result> {
      const settings = [
        "component: org-enforcement",
        "pulumiOrganization: acme",
        "policyGroup: reviewed",
        "enforcementMode: preventative",
      ];
      const lines = [
        ...settings,
        `packVersion: ${version}`,
        "stacks: [engine-test/dev]",
        "packConfig: { no-direct-user-policy: disabled }",
      ];
      enforcement.write(
        "stacks/Pulumi.org-enforcement.yaml",
        `config:\n${lines.map((it) => `  aws-identity-guardrails:${it}\n`).join("")}`,
      );
      return enforcement.up("--skip-preview");
    }

    before(async () => {
      await acme.release();
      const project = compiledCompanion("org-enforcement");
      enforcement = await Workspace.open({
        ...project,
        env: acme.cloud.login,
        stack: "acme/org-enforcement",
        packages: ["pulumiservice"],
      });
    });
    after(() => enforcement?.dispose());

    it("tells a version that was never published", async () => {
      const { code, output } = await deploy("9.9.9");
      assert.match(output, /aws-identity-guardrails 9\.9\.9 not found/);
      assert.notEqual(code, 0);
    });

    it("holds the stacks that it names to the version that it names", async () => {
      const { code, output } = await deploy("1.2.3");
      assert.equal(code, 0, output);
      assert.deepEqual(acme.cloud.policies.groupJson("reviewed"), {
        name: "reviewed",
        isOrgDefault: false,
        entityType: "stacks",
        mode: "preventative",
        stacks: [{ routingProject: "engine-test", name: "dev" }],
        appliedPolicyPacks: [
          {
            name: "aws-identity-guardrails",
            version: 1,
            versionTag: "1.2.3",
            config: { "no-direct-user-policy": { enforcementLevel: "disabled" } },
          },
        ],
        accounts: [],
      });
      const preview = await acme.preview(RISKY);
      assert.match(preview.output, /❌ aws-identity-guardrails@v1\.2\.3\n/);
      assert.equal(preview.code, 1);
    });

    it("changes nothing the second time", async () => {
      const { code, output } = await enforcement.up("--skip-preview", "--expect-no-changes");
      assert.equal(code, 0, output);
    });

    it("lets go of them when it is destroyed", async () => {
      const { code, output } = await enforcement.destroy("--skip-preview");
      assert.equal(code, 0, output);
      const preview = await acme.preview(RISKY);
      assert.equal(preview.code, 0, preview.output);
    });
  });
});
