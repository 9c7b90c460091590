import assert from "node:assert/strict";
import { PACK } from "./checkout";
import { findingsIn, printedFindings, summaryOf } from "./findings";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

const GROUP = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
`;
const GRANT = `
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;
const ATTACHMENT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const STACK = "urn:pulumi:dev::engine-test";

describe("the policy pack on a stack that exists", function () {
  needsEngine(this);
  /** Full admin power, deployed before there was a guardrail. */
  let risky: Workspace;

  before(async () => {
    risky = await Workspace.open({ files: { "index.js": GROUP + GRANT } });
    const { code, output } = await risky.up("--skip-preview");
    assert.equal(code, 0, output);
  });
  after(() => risky?.dispose());

  const analyze = (...args: string[]): Promise<Result> =>
    risky.run(["policy", "analyze", "--stack", "dev", "--policy-pack", PACK, ...args]);

  it("finds by `pulumi policy analyze` what was deployed, without running the program", async () => {
    risky.write("index.js", 'throw new Error("the program ran");');
    const { code, output } = await analyze();
    risky.write("index.js", GROUP + GRANT);
    assert.deepEqual(printedFindings(output), [
      { level: "mandatory", rule: "no-overbroad-group", type: "aws:iam:Group", name: "admins" },
    ]);
    assert.match(output, /one or more mandatory policy violations were found/);
    assert.equal(code, 1);
  });

  it("answers `pulumi policy analyze --json` in events", async () => {
    const { code, stdout } = await analyze("--json");
    const events = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
    const found = events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [policyEvent]));
    assert.deepEqual(
      found.map((it) => [it.policyName, it.enforcementLevel, it.severity, it.resourceUrn]),
      [["no-overbroad-group", "mandatory", "critical", `${STACK}::aws:iam/group:Group::admins`]],
    );
    assert.equal(code, 1);
  });

  it("lets `pulumi policy analyze` end well where rules are advisory, and tells a mistake in their configuration", async () => {
    const configuration = risky.write("advisory.json", '{ "all": "advisory", "no-overbroad-gruop": "disabled" }');
    const { code, output } = await analyze("--policy-pack-config", configuration);
    assert.deepEqual(
      printedFindings(output).map((it) => `${it.level} ${it.rule} ${it.name}`),
      ["advisory no-overbroad-group admins", "advisory settings engine-test-dev"],
    );
    assert.equal(code, 0, output);
  });

  it("stops a preview that refreshes first", async () => {
    const result = await risky.preview("--refresh", "--policy-pack", PACK);
    assert.deepEqual(summaryOf(result), ["mandatory no-overbroad-group admins"]);
    assert.notEqual(result.code, 0);
  });

  it("is not asked by `pulumi refresh`, which changes nothing that anybody declared", async () => {
    const { code, output } = await risky.run(["refresh", "--yes", "--stack", "dev"]);
    assert.equal(code, 0, output);
    assert.deepEqual(printedFindings(output), []);
  });

  it("lets the next update take the power away", async () => {
    risky.write("index.js", GROUP);
    const { code, output } = await risky.up("--policy-pack", PACK);
    assert.equal(code, 0, output);
    assert.deepEqual(await risky.deployedTypes(), ["aws:iam/group:Group"]);
  });
});

describe("the policy pack in an update of a part", function () {
  needsEngine(this);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open({ files: { "index.js": GROUP } });
    const { code, output } = await workspace.up("--skip-preview", "--policy-pack", PACK);
    assert.equal(code, 0, output);
  });
  after(() => workspace?.dispose());

  it("stops a grant that alone is targeted, to a group that was there", async () => {
    workspace.write("index.js", GROUP + GRANT);
    const target = ["--target", `${STACK}::${ATTACHMENT}::all`];
    const preview = await workspace.preview(...target, "--policy-pack", PACK);
    assert.deepEqual(summaryOf(preview), ["mandatory no-overbroad-group admins"]);
    assert.notEqual(preview.code, 0);
    const up = await workspace.up(...target, "--skip-preview", "--policy-pack", PACK);
    assert.match(up.output, /stopped before aws:iam\/groupPolicyAttachment:GroupPolicyAttachment "all" is made/);
    assert.notEqual(up.code, 0);
    assert.deepEqual(await workspace.deployedTypes(), ["aws:iam/group:Group"]);
  });

  it("stops what an import adds to the stack", async () => {
    const imported = GROUP.replace('"admins" }', '"admins" }, { import: "admins", retainOnDelete: true }');
    const fresh = await Workspace.open({ files: { "index.js": imported + GRANT } });
    try {
      const preview = await fresh.preview("--policy-pack", PACK);
      assert.match(preview.output, / = +aws:iam:Group admins import/);
      assert.deepEqual(
        findingsIn(preview).map((it) => `${it.level} ${it.rule} ${it.name}`),
        ["mandatory no-overbroad-group admins"],
      );
      assert.notEqual(preview.code, 0);
    } finally {
      fresh.dispose();
    }
  });
});
