import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "./command";
import type { TemporaryFolder } from "./temporary-folder";
import { temporaryProgram } from "./temporary-program";

const ADMINS = `
  const aws = require("@pulumi/aws");
  const admins = new aws.iam.Group("admins", { name: "admins" });
  const power = new aws.iam.Policy("power", { policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  }) });
  new aws.iam.GroupPolicyAttachment("all", { group: admins.name, policyArn: power.arn });
  new aws.iam.Group("readers", { name: "readers" });
`;
const urn = (type: string, name: string) => `urn:pulumi:dev::shop::aws:iam/${type}::${name}`;
const GROUP = urn("group:Group", "admins");
const POLICY = urn("policy:Policy", "power");
const ATTACHMENT = urn("groupPolicyAttachment:GroupPolicyAttachment", "all");

function configuration(...targets: readonly string[]): string {
  const match = [{ policies: ["no-overbroad-group"], targets }];
  return JSON.stringify({
    version: 2,
    policies: { settings: { blockBeforeCreation: true } },
    exceptions: { "EXC-7": { reason: "Moves to SSO in May", match } },
  });
}

describe("check with Pulumi's exceptions", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryProgram(ADMINS, {
      "group.json": configuration(GROUP),
      "all.json": configuration(GROUP, POLICY, ATTACHMENT),
      "other.json": configuration(urn("group:Group", "readers"), ATTACHMENT),
      "newer.json": '{ "version": 3 }',
    });
  });
  after(() => folder.remove());

  const check = (file: string, ...flags: string[]) =>
    run(["check", folder.path, "--policy-config", join(folder.path, file), ...flags]);

  it("lets what they cover pass, and tells where an update would still be blocked", async () => {
    const { code, stdout } = await check("group.json");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^exempt {2}no-overbroad-group {2}critical\n {2}The group "admins" /m);
    assert.match(stdout, /^ {2}Exception EXC-7: Moves to SSO in May$/m);
    assert.match(
      stdout,
      /^ {2}An update reports this at the resource that is stopped, and is blocked unless an exception names\n {2}these as well:\n/m,
    );
    const listed = [...stdout.matchAll(/^ {2}(urn:\S+)$/gm)].map(([, text]) => text);
    assert.deepEqual(listed, [ATTACHMENT, POLICY]);
    assert.match(stdout, /^Passed: 0 blocking findings, \d+ advisory, 1 exempt, in \d+ resources of shop\/dev\.$/m);
  });

  it("has nothing to add where they name all resources at which an update may report it", async () => {
    const { code, stdout } = await check("all.json", "--format", "json");
    assert.equal(code, 0, stdout);
    const { outcome, findings } = JSON.parse(stdout);
    assert.equal(outcome, "passed");
    const [found] = findings.filter(({ rule }: { rule: string }) => rule === "no-overbroad-group");
    assert.deepEqual(
      [found.level, found.resource.urn, found.exceptions, found.notExceptedAt],
      ["mandatory", GROUP, [{ id: "EXC-7", reason: "Moves to SSO in May" }], undefined],
    );
  });

  it("blocks what they do not cover", async () => {
    const { code, stdout } = await check("other.json");
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^BLOCKED {2}no-overbroad-group/m);
    assert.doesNotMatch(stdout, /EXC-7/);
  });

  it("refuses a configuration of version 3", async () => {
    const { code, stderr } = await check("newer.json");
    assert.equal(code, 2);
    assert.match(stderr, /newer\.json:1:14: "version" is 3, which this version of aws-identity-guardrails cannot read/);
  });
});
