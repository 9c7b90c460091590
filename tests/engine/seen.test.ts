import assert from "node:assert/strict";
import { addRecorder, recordProject, type SeenResource } from "./record";
import { UNKNOWN } from "./rpc";
import { needsEngine } from "./suite";
import { Workspace } from "./workspace";

const PROGRAM = `
  const aws = require("@pulumi/aws");
  const pulumi = require("@pulumi/pulumi");

  class Team extends pulumi.ComponentResource {
    constructor(name) {
      super("acme:index:Team", name);
      this.group = new aws.iam.Group("members", { path: "/teams/" }, { parent: this });
      this.registerOutputs({});
    }
  }
  const team = new Team("platform");

  const bucket = new aws.s3.Bucket("Logs", { tags: { owner: "platform" } });
  new aws.iam.Policy("read", {
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "<&>" }] },
  });
  const write = new aws.iam.Policy("write", {
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Put*", Resource: bucket.arn }] },
  });
  new aws.iam.GroupPolicyAttachment("grant", { group: team.group.name, policyArn: write.arn });

  const elsewhere = new aws.Provider("elsewhere", { region: "eu-west-1", secretKey: "not-a-real-secret", insecure: true });
  new aws.iam.User("fixed", { name: "fixed", tags: { own: "yes" } }, { provider: elsewhere });
  aws.iam.User.get("looked-up", "alice");

  module.exports = async () => {
    const document = await aws.iam.getPolicyDocument({ statements: [{ actions: ["s3:List*", "s3:Get*"], resources: ["*"] }] });
    return { json: document.json };
  };
`;

const STACK = "urn:pulumi:dev::engine-test";
const UNNAMED = /-[0-9a-f]{7}$/;

describe("what the engine shows to a policy pack", function () {
  needsEngine(this);
  let seen: SeenResource[];

  before(async () => {
    const config = { "aws:region": "eu-central-1", "aws:defaultTags": '{"tags":{"team":"identity"}}' };
    seen = await recordProject({ files: { "index.js": PROGRAM }, config });
  });

  function one(phase: SeenResource["phase"], name: string): SeenResource {
    const matches = seen.filter((it) => it.phase === phase && it.name === name);
    assert.equal(matches.length, 1, `${matches.length} resources named ${name} in phase ${phase}`);
    return matches[0] as SeenResource;
  }

  it("fills in a name and the provider's defaults before the first analysis", () => {
    const { name, ...rest } = one("resource", "members").properties;
    assert.match(String(name), /^members-[0-9a-f]{7}$/);
    assert.deepEqual(rest, { path: "/teams/" });
  });

  it("keeps a name that the program gives", () => {
    assert.equal(one("resource", "fixed").properties.name, "fixed");
  });

  it("names a bucket in small letters", () => {
    assert.match(String(one("resource", "Logs").properties.bucket), /^logs-[0-9a-f]{7}$/);
  });

  it("turns a policy object into JSON text with sorted keys", () => {
    assert.equal(
      one("resource", "read").properties.policy,
      '{"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"\\u003c\\u0026\\u003e"}],"Version":"2012-10-17"}',
    );
  });

  it("hides a whole policy document behind one unknown ARN", () => {
    assert.equal(one("resource", "write").properties.policy, UNKNOWN);
  });

  it("adds the default tags of the provider that a resource has", () => {
    assert.deepEqual(one("resource", "Logs").properties.tagsAll, { owner: "platform", team: "identity" });
    assert.deepEqual(one("resource", "fixed").properties.tagsAll, { own: "yes" });
  });

  it("does not know the outputs of a resource that is not made yet", () => {
    const { arn, uniqueId } = one("stack", "members").properties;
    assert.deepEqual([arn, uniqueId], [UNKNOWN, UNKNOWN]);
  });

  it("keeps the dependencies of a property whose value is unknown", () => {
    const grant = one("stack", "grant");
    assert.equal(grant.properties.policyArn, UNKNOWN);
    assert.deepEqual(grant.propertyDependencies, {
      group: [`${STACK}::acme:index:Team$aws:iam/group:Group::members`],
      policyArn: [`${STACK}::aws:iam/policy:Policy::write`],
    });
    assert.match(String(grant.properties.group), UNNAMED);
  });

  it("shows the parent of a component's child", () => {
    assert.equal(one("resource", "members").parent, `${STACK}::acme:index:Team::platform`);
    assert.equal(one("stack", "members").parent, `${STACK}::acme:index:Team::platform`);
  });

  it("shows the default provider by the type pulumi:providers:aws, with the stack's configuration", () => {
    const provider = one("resource", "default_7_48_0");
    assert.equal(provider.type, "pulumi:providers:aws");
    assert.deepEqual(provider.properties, {
      defaultTags: '{"tags":{"team":"identity"}}',
      region: "eu-central-1",
      version: "7.48.0",
    });
    assert.deepEqual(one("resource", "Logs").provider?.properties, provider.properties);
  });

  it("shows an explicit provider with its secrets in the clear inside a marker, and booleans as text", () => {
    assert.deepEqual(one("resource", "fixed").provider?.properties, {
      insecure: "true",
      region: "eu-west-1",
      secretKey: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "not-a-real-secret" },
      skipCredentialsValidation: "false",
      skipRegionValidation: "true",
      version: "7.48.0",
    });
  });

  it("does not show reads", () => {
    assert.deepEqual(
      seen.filter((it) => it.name === "looked-up"),
      [],
    );
  });

  it("computes a policy document", () => {
    assert.equal(
      one("stack", "engine-test-dev").properties.json,
      `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "s3:List*",
        "s3:Get*"
      ],
      "Resource": "*"
    }
  ]
}`,
    );
  });

  it("shows ARNs after the resources were made, and nothing while they are destroyed", async () => {
    const program = 'const aws = require("@pulumi/aws"); new aws.iam.Group("made", { name: "made" });';
    const workspace = await Workspace.open({ files: { "index.js": program } });
    try {
      const recorder = addRecorder(workspace);
      const up = await workspace.up("--skip-preview", "--policy-pack", recorder.pack);
      assert.equal(up.code, 0, up.output);
      const group = recorder.seen().find((it) => it.phase === "stack" && it.name === "made");
      assert.equal(group?.properties.arn, "arn:aws:iam::123456789012:group/made");

      const before = recorder.seen().length;
      const destroy = await workspace.destroy();
      assert.equal(destroy.code, 0, destroy.output);
      assert.equal(recorder.seen().length, before);
    } finally {
      workspace.dispose();
    }
  });
});
