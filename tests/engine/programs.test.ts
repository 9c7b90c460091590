import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACK } from "./checkout";
import { printedFindings, summaryOf } from "./findings";
import { needsEngine } from "./suite";
import { type Project, type Result, Workspace } from "./workspace";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const BODY = `
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "${ADMINISTRATOR}" });
`;
/** Thrown as text: for an Error, Node takes a minute to colour the stack trace that Pulumi asks it for. */
const FAILING = `
  const aws = require("@pulumi/aws");
  new aws.iam.GroupPolicy("unreadable", { group: "readers", policy: "Allow everything" });
  throw "no such region";
`;

// A pack of somebody else's, on Pulumi's own SDK.
const NAMING_PACK = {
  "naming/PulumiPolicy.yaml": "runtime: nodejs\n",
  "naming/package.json": '{ "name": "naming", "version": "2.0.0", "main": "index.js" }',
  "naming/index.js": `
    const { PolicyPack, validateResourceOfType } = require("@pulumi/policy");
    const { iam } = require("@pulumi/aws");
    new PolicyPack("naming", {
      policies: [{
        name: "team-prefix",
        description: "Groups are named after teams.",
        enforcementLevel: "mandatory",
        validateResource: validateResourceOfType(iam.Group, (group, _, report) => {
          if (!group.name.startsWith("team-")) report("the group is not named after a team");
        }),
      }],
    });
  `,
};

describe("the policy pack over programs as people write them", function () {
  needsEngine(this);

  async function previewOf(project: Project, ...args: string[]): Promise<Result> {
    const workspace = await Workspace.open(project);
    try {
      return await workspace.preview("--policy-pack", PACK, ...args);
    } finally {
      workspace.dispose();
    }
  }

  it("stops a program in TypeScript", async () => {
    const result = await previewOf({
      files: {
        "Pulumi.yaml": "name: engine-test\nruntime: nodejs\n",
        "index.ts": `import * as aws from "@pulumi/aws";\n${BODY}\nexport const arn: unknown = group.arn;\n`,
      },
      env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    });
    assert.deepEqual(summaryOf(result), ["mandatory no-overbroad-group admins"]);
    assert.notEqual(result.code, 0);
  });

  it("stops a program that is an ECMAScript module", async () => {
    const manifest = '{ "name": "engine-test", "private": true, "type": "module" }';
    const result = await previewOf({
      files: { "package.json": manifest, "index.js": `import * as aws from "@pulumi/aws";\n${BODY}` },
    });
    assert.deepEqual(summaryOf(result), ["mandatory no-overbroad-group admins"]);
    assert.notEqual(result.code, 0);
  });

  it("leaves the error of a program that fails to be seen, beside what was found until then", async () => {
    const { code, output } = await previewOf({ files: { "index.js": FAILING } });
    assert.match(output, /no such region/);
    assert.deepEqual(
      [...new Set(printedFindings(output).map((it) => `${it.level} ${it.rule} ${it.name}`))],
      ["mandatory readable-identity unreadable"],
    );
    assert.notEqual(code, 0);
  });

  it("stops a program from the npm package that it depends on, as CI recipes run it", async () => {
    const vendored = "vendor/aws-identity-guardrails/policypack";
    const files = { "index.js": `const aws = require("@pulumi/aws");\n${BODY}` };
    const workspace = await Workspace.open({ files });
    try {
      for (const path of ["package.json", "PulumiPolicy.yaml", "dist/index.js"]) {
        workspace.write(`${vendored}/${path}`, readFileSync(join(PACK, path), "utf8"));
      }
      const result = await workspace.preview("--policy-pack", vendored);
      assert.deepEqual(
        printedFindings(result.output).map((it) => `${it.level} ${it.rule} ${it.name}`),
        ["mandatory no-overbroad-group admins"],
      );
      assert.notEqual(result.code, 0);
    } finally {
      workspace.dispose();
    }
  });

  it("works beside another pack: each reports its own, and either blocks", async () => {
    const workspace = await Workspace.open({
      files: { ...NAMING_PACK, "index.js": `const aws = require("@pulumi/aws");\n${BODY}` },
    });
    try {
      const packs = ["--policy-pack", PACK, "--policy-pack", `${workspace.folder}/naming`];
      const both = await workspace.preview(...packs);
      assert.match(both.output, /❌ aws-identity-guardrails@v/);
      assert.match(both.output, /❌ naming@v2\.0\.0/);
      assert.deepEqual(summaryOf(both), ["mandatory no-overbroad-group admins", "mandatory team-prefix admins"]);
      assert.notEqual(both.code, 0);

      const ours = workspace.write("ours.json", '{ "all": "advisory" }');
      const theirs = workspace.write("theirs.json", "{}");
      const configured = ["--policy-pack-config", ours, "--policy-pack-config", theirs];
      const lowered = await workspace.preview(...packs, ...configured);
      assert.deepEqual(summaryOf(lowered), ["advisory no-overbroad-group admins", "mandatory team-prefix admins"]);
      assert.notEqual(lowered.code, 0);
    } finally {
      workspace.dispose();
    }
  });
});
