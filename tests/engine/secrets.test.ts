import assert from "node:assert/strict";
import { PACK } from "./checkout";
import { printedFindings } from "./findings";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

// Put together here, so that no scanner takes the text of this file for a leak.
const PLANTED = {
  keyId: ["AKIA", "QWERTYUIOPASDF23"].join(""),
  secretKey: ["wJalr", "XUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzz1"].join(""),
  databasePassword: "correct-horse-battery-staple",
  tokenInPolicy: "tok-7f3b1c9d2e",
  tokenInBrokenPolicy: "tok-broken-4a5b6c",
};

const SCRIPT = `export AWS_ACCESS_KEY_ID=${PLANTED.keyId} AWS_SECRET_ACCESS_KEY=${PLANTED.secretKey} DB=${PLANTED.databasePassword}`;

/** What reaches each of these resources is a secret of the stack's configuration. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const aws = require("@pulumi/aws");
  const config = new pulumi.Config();
  const script = config.requireSecret("script");
  const token = config.requireSecret("token");

  new aws.ec2.Instance("worker", { ami: "ami-1", instanceType: "t3.micro", userDataBase64: script });
  new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicy("gated", {
    group: "admins",
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/token": token } } },
      ],
    }),
  });
  new aws.iam.GroupPolicy("broken", { group: "readers", policy: config.requireSecret("brokenPolicy") });
`;

describe("secrets under the policy pack", function () {
  needsEngine(this);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open({ files: { "index.js": PROGRAM } });
    const secrets = {
      "aws:accessKey": PLANTED.keyId,
      "aws:secretKey": PLANTED.secretKey,
      script: Buffer.from(SCRIPT).toString("base64"),
      token: PLANTED.tokenInPolicy,
      brokenPolicy: `{ "Statement": [{ "Effect": "Allow", "Action": "${PLANTED.tokenInBrokenPolicy}`,
    };
    const values = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    const { code, output } = await workspace.run(["config", "set-all", "--stack", "dev", ...values]);
    assert.equal(code, 0, output);
  });
  after(() => workspace?.dispose());

  const blocked = [
    "no-embedded-access-key worker",
    "no-overbroad-group admins",
    "no-static-provider-credentials default_7_48_0",
    "readable-identity broken",
  ];

  /** The findings that block, after a look for every planted secret in everything that was printed. */
  function blocking({ output }: Result): string[] {
    for (const [name, secret] of Object.entries(PLANTED)) {
      // Four characters of a key's id are said, so that its owner knows which one is meant.
      const hidden = name === "keyId" ? secret.slice(4, 10) : secret.slice(0, 10);
      assert.ok(!output.includes(hidden), `${name} was printed`);
    }
    assert.ok(!output.includes(Buffer.from(SCRIPT).toString("base64").slice(0, 20)), "the script was printed");
    const found = printedFindings(output).filter((it) => it.level === "mandatory");
    return [...new Set(found.map((it) => `${it.rule} ${it.name}`))].sort();
  }

  it("are found in a preview, and none is printed", async () => {
    assert.deepEqual(blocking(await workspace.preview("--policy-pack", PACK)), blocked);
  });

  it("are not printed where the preview shows every property", async () => {
    const result = await workspace.preview("--diff", "--policy-pack", PACK);
    assert.notEqual(result.code, 0);
    blocking(result);
  });

  it("are not printed as JSON", async () => {
    const result = await workspace.preview("--json", "--policy-pack", PACK);
    assert.notEqual(result.code, 0);
    blocking(result);
  });

  it("are not printed by an update without a preview, which stops at the keys of its provider", async () => {
    const result = await workspace.up("--skip-preview", "--policy-pack", PACK);
    assert.ok(blocking(result).includes("no-static-provider-credentials default_7_48_0"), result.output);
    assert.notEqual(result.code, 0);
    assert.deepEqual(await workspace.deployedTypes(), []);
  });

  it("are not printed about what was deployed before there was a pack", async () => {
    const up = await workspace.up("--skip-preview");
    assert.equal(up.code, 0, up.output);
    const analyze = await workspace.run(["policy", "analyze", "--stack", "dev", "--policy-pack", PACK]);
    assert.deepEqual(blocking(analyze), blocked);
    blocking(await workspace.run(["policy", "analyze", "--stack", "dev", "--json", "--policy-pack", PACK]));
  });
});
