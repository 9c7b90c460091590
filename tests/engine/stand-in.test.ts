import assert from "node:assert/strict";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

/** A program that registers by type token, past what the SDK's classes check themselves. */
function raw(type: string, properties: string): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    new pulumi.CustomResource("${type}", "it", ${properties});
  `;
}

describe("the stand-in AWS provider", function () {
  needsEngine(this);
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.open({});
  });
  after(() => workspace?.dispose());

  function previewOf(program: string): Promise<Result> {
    workspace.write("index.js", program);
    return workspace.preview();
  }

  it("refuses a property that the SDK does not have", async () => {
    const { code, output } = await previewOf(raw("aws:iam/user:User", '{ nickname: "al" }'));
    assert.match(output, /nickname does not exist in the installed SDK/);
    assert.notEqual(code, 0);
  });

  it("refuses a resource without a required property", async () => {
    const { code, output } = await previewOf(raw("aws:iam/userPolicy:UserPolicy", '{ policy: "{}" }'));
    assert.match(output, /user is required and missing/);
    assert.notEqual(code, 0);
  });

  it("refuses text where a number belongs", async () => {
    const { code, output } = await previewOf(
      raw("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", '{ maxPasswordAge: "90" }'),
    );
    assert.match(output, /maxPasswordAge must be a number, not a string/);
    assert.notEqual(code, 0);
  });

  it("refuses a wrong type inside a list of objects", async () => {
    const { code, output } = await previewOf(
      raw("aws:iam/role:Role", '{ assumeRolePolicy: "{}", inlinePolicies: [{ policy: true }] }'),
    );
    assert.match(output, /inlinePolicies\[0\]\.policy must be a string, not a boolean/);
    assert.notEqual(code, 0);
  });

  it("refuses a type that the SDK does not have", async () => {
    const { code, output } = await previewOf(raw("aws:iam/clan:Clan", "{}"));
    assert.match(output, /the installed SDK has no type aws:iam\/clan:Clan/);
    assert.notEqual(code, 0);
  });

  it("refuses provider configuration that the SDK does not have", async () => {
    const { code, output } = await previewOf(
      'const pulumi = require("@pulumi/pulumi"); new pulumi.ProviderResource("aws", "p", { zone: "eu" });',
    );
    assert.match(output, /zone does not exist in the installed SDK/);
    assert.notEqual(code, 0);
  });

  it("refuses arguments that a function of the SDK does not have", async () => {
    const { code, output } = await previewOf(`
      const pulumi = require("@pulumi/pulumi");
      pulumi.runtime.invoke("aws:iam/getPolicyDocument:getPolicyDocument", { statement: [] });
    `);
    assert.match(output, /statement does not exist in the installed SDK/);
    assert.notEqual(code, 0);
  });

  it("says which function it does not answer", async () => {
    const { code, output } = await previewOf(
      'module.exports = async () => require("@pulumi/aws").getIpRanges({ services: [] });',
    );
    assert.match(output, /the stand-in provider does not answer aws:index\/getIpRanges:getIpRanges/);
    assert.notEqual(code, 0);
  });

  it("creates, leaves alone, replaces and deletes", async () => {
    const program = (policyArn: string) => `
      const aws = require("@pulumi/aws");
      const group = new aws.iam.Group("team");
      new aws.iam.GroupPolicyAttachment("read", { group: group.name, policyArn: "${policyArn}" });
    `;
    workspace.write("index.js", program("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    const created = await workspace.up();
    assert.equal(created.code, 0, created.output);
    assert.deepEqual(await workspace.deployedTypes(), [
      "aws:iam/group:Group",
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    ]);

    const again = await workspace.up("--expect-no-changes");
    assert.equal(again.code, 0, again.output);

    workspace.write("index.js", program("arn:aws:iam::aws:policy/ViewOnlyAccess"));
    const replaced = await workspace.preview();
    assert.match(replaced.output, /1 to replace/);

    const destroyed = await workspace.destroy();
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.deepEqual(await workspace.deployedTypes(), []);
  });
});
