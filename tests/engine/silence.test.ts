import assert from "node:assert/strict";
import { bundled } from "./bundle";
import { PACK } from "./checkout";
import { findingsIn, summaryOf } from "./findings";
import { needsEngine } from "./suite";
import { type Project, type Result, Workspace } from "./workspace";

const EVERYTHING = `JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] })`;
const GROUP = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
`;
const ADMIN_GROUP = `${GROUP}
  new aws.iam.GroupPolicy("everything", { group: group.name, policy: ${EVERYTHING} });
`;
const SAFE = `
  const aws = require("@pulumi/aws");
  new aws.iam.Group("readers", { name: "readers" });
`;

// Put together here, so that no scanner takes the text of this file for a leak.
const KEY = ["AKIA", "QWERTYUIOPASDF23"].join("");
const SECRET = ["wJalr", "XUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzz1"].join("");

/** The ways in which a policy pack under Pulumi stops enforcing without saying so, and that ours goes none of them. */
describe("the policy pack does not fall silent", function () {
  needsEngine(this);
  const opened: Workspace[] = [];
  after(() => {
    for (const workspace of opened) workspace.dispose();
  });

  async function open(program: string, project: Project = {}): Promise<Workspace> {
    const workspace = await Workspace.open({ ...project, files: { "index.js": program } });
    opened.push(workspace);
    return workspace;
  }

  let plain: Workspace;
  before(async () => {
    plain = await open(SAFE);
  });

  async function previewOf(program: string, configuration: unknown = {}, project?: Project): Promise<Result> {
    const workspace = project === undefined ? plain : await open(program, project);
    workspace.write("index.js", program);
    const file = workspace.write("policy-config.json", JSON.stringify(configuration));
    return workspace.preview("--policy-pack", PACK, "--policy-pack-config", file);
  }

  it("when another policy on the same group is not known yet", async () => {
    const result = await previewOf(`
      ${ADMIN_GROUP}
      const bucket = new aws.s3.Bucket("logs");
      const hidden = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:GetObject"], resources: [bucket.arn] }] });
      new aws.iam.GroupPolicy("hidden", { group: group.name, policy: hidden.json });
    `);
    assert.ok(summaryOf(result).includes("mandatory no-overbroad-group admins"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("when the group's ARN and name are not known yet", async () => {
    const result = await previewOf(`
      const aws = require("@pulumi/aws");
      const group = new aws.iam.Group("admins");
      new aws.iam.GroupPolicyAttachment("all", { group: group.id, policyArn: aws.iam.ManagedPolicy.AdministratorAccess });
    `);
    assert.ok(summaryOf(result).includes("mandatory no-overbroad-group admins"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("about keys of an explicit provider, and does not print them", async () => {
    const result = await previewOf(`
      const aws = require("@pulumi/aws");
      new aws.Provider("production", { region: "eu-west-1", accessKey: "${KEY}", secretKey: "${SECRET}" });
    `);
    assert.ok(summaryOf(result).includes("mandatory no-static-provider-credentials production"), result.output);
    assert.notEqual(result.code, 0);
    assert.ok(!result.output.includes(KEY.slice(4)) && !result.output.includes(SECRET), "a key was printed");
  });

  it("about keys of the default provider, which come from the stack's configuration", async () => {
    const config = { "aws:region": "eu-west-1", "aws:accessKey": KEY, "aws:secretKey": SECRET };
    const result = await previewOf(SAFE, {}, { config });
    const about = findingsIn(result).filter((it) => it.rule === "no-static-provider-credentials");
    assert.deepEqual([...new Set(about.map((it) => `${it.level} ${it.type}`))], ["mandatory pulumi:providers:aws"]);
    assert.notEqual(result.code, 0);
    assert.ok(!result.output.includes(KEY.slice(4)) && !result.output.includes(SECRET), "a key was printed");
  });

  it("about a key in the environment, which can only be advised against", async () => {
    const result = await previewOf(SAFE, {}, { env: { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET } });
    const about = findingsIn(result).filter((it) => it.rule === "no-static-provider-credentials");
    assert.deepEqual([...new Set(about.map((it) => `${it.level} ${it.type}`))], ["advisory pulumi:providers:aws"]);
    assert.equal(result.code, 0, result.output);
    assert.ok(!result.output.includes(KEY.slice(4)) && !result.output.includes(SECRET), "a key was printed");
  });

  it("about a group that the program only looks up", async () => {
    const result = await previewOf(`
      const aws = require("@pulumi/aws");
      const operations = aws.iam.Group.get("operations", "operations");
      new aws.iam.GroupPolicy("everything", { group: operations.name, policy: ${EVERYTHING} });
    `);
    assert.ok(summaryOf(result).includes("mandatory no-overbroad-group everything"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("in an update without a preview, and stops the grant before it exists", async () => {
    const workspace = await open(ADMIN_GROUP);
    const up = await workspace.up("--skip-preview", "--policy-pack", PACK);
    assert.ok(
      findingsIn(up).some((it) => it.level === "mandatory" && it.rule === "no-overbroad-group"),
      up.output,
    );
    assert.notEqual(up.code, 0);
    assert.deepEqual(await workspace.deployedTypes(), ["aws:iam/group:Group"]);
  });

  it("in an update that adds a grant to a stack that was safe", async () => {
    const workspace = await open(SAFE);
    assert.equal((await workspace.up("--policy-pack", PACK)).code, 0);
    workspace.write("index.js", ADMIN_GROUP);
    const up = await workspace.up("--skip-preview", "--policy-pack", PACK);
    assert.notEqual(up.code, 0);
    assert.ok(!(await workspace.deployedTypes()).includes("aws:iam/groupPolicy:GroupPolicy"));
  });

  it("when a rule is given options but no level", async () => {
    const result = await previewOf(
      'new (require("@pulumi/aws").iam.AccountPasswordPolicy)("weak", { minimumPasswordLength: 8 });',
      { "password-policy-strength": { maxAgeDays: 60 } },
    );
    assert.ok(summaryOf(result).includes("mandatory password-policy-strength weak"), result.output);
    assert.notEqual(result.code, 0);
  });

  it("when a rule's name is misspelt, but says so", async () => {
    const result = await previewOf(SAFE, { "no-overbroad-gruop": "disabled" });
    assert.match(result.output, /no-overbroad-gruop[\s\S]*no-overbroad-group/);
    assert.ok(
      findingsIn(result).every((it) => it.level === "advisory"),
      result.output,
    );
    assert.notDeepEqual(findingsIn(result), []);
    assert.equal(result.code, 0, result.output);
  });

  it("when an option is misspelt, but says so", async () => {
    const result = await previewOf(SAFE, { "password-policy-strength": { maxAgeDay: 60 } });
    assert.match(result.output, /maxAgeDay\b[\s\S]*maxAgeDays/);
    assert.equal(result.code, 0, result.output);
  });

  it("when only the risky resource is targeted", async () => {
    const urn = "urn:pulumi:dev::engine-test::aws:iam/groupPolicy:GroupPolicy::everything";
    const targeted = ["--target", urn, "--target-dependents", "--policy-pack", PACK];
    const workspace = await open(ADMIN_GROUP);
    // Without the group that it needs the engine refuses the run, before it asks about the stack.
    const alone = await workspace.preview(...targeted);
    assert.match(alone.output, /depends on .*Group::admins/);
    assert.notEqual(alone.code, 0);

    workspace.write("index.js", GROUP);
    assert.equal((await workspace.up("--skip-preview")).code, 0);
    workspace.write("index.js", ADMIN_GROUP);
    const result = await workspace.preview(...targeted);
    assert.ok(
      findingsIn(result).some((it) => it.level === "mandatory" && it.rule === "no-overbroad-group"),
      result.output,
    );
    assert.notEqual(result.code, 0);
  });

  it("when another resource is targeted, about what that run does not touch", async () => {
    const workspace = await open(ADMIN_GROUP);
    const urn = "urn:pulumi:dev::engine-test::aws:iam/group:Group::admins";
    const result = await workspace.preview("--target", urn, "--policy-pack", PACK);
    assert.deepEqual(
      findingsIn(result).filter((it) => it.level === "mandatory"),
      [],
    );
    assert.equal(result.code, 0, result.output);
  });

  it("when the output is JSON: the exit code still tells", async () => {
    const workspace = await open(ADMIN_GROUP);
    assert.notEqual((await workspace.preview("--json", "--policy-pack", PACK)).code, 0);
    workspace.write("index.js", SAFE);
    assert.equal((await workspace.preview("--json", "--policy-pack", PACK)).code, 0);
  });

  it("when one of its rules throws: that rule blocks, every other still reports, and nothing of the error shows", async () => {
    const workspace = await open(ADMIN_GROUP);
    workspace.write("broken/PulumiPolicy.yaml", "runtime: nodejs\n");
    workspace.write("broken/package.json", '{ "name": "broken", "version": "1.0.0", "main": "index.js" }');
    const main = bundled("throwing-pack/main.ts", ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"]);
    workspace.write("broken/index.js", `require(${JSON.stringify(main)});\n`);
    const { code, output } = await workspace.preview("--policy-pack", `${workspace.folder}/broken`);
    assert.match(output, /\[mandatory\].* broken-rule /);
    assert.match(output, /\[mandatory\].* no-overbroad-group /);
    assert.doesNotMatch(output, /hunter2/);
    assert.notEqual(code, 0);
  });
});
