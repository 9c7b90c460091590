import assert from "node:assert/strict";
import { run } from "./command";
import { PULUMI_YAML, temporaryProgram } from "./temporary-program";

const AWS = 'const aws = require("@pulumi/aws"); const pulumi = require("@pulumi/pulumi");';

async function checked(code: string, files: Readonly<Record<string, string>> = {}, ...flags: string[]) {
  const program = temporaryProgram(`${AWS}\n${code}`, files);
  try {
    return await run(["check", program.path, ...flags]);
  } finally {
    program.remove();
  }
}

describe("what check does not have, in the hands of a program", function () {
  this.timeout(120_000);

  it("are as many values as were encrypted", async () => {
    const config = "config:\n  shop:crew:\n    - secure: AAABAFgcnC0PAtPnKk4r\n    - secure: AAABAMYcgVTQrBvL5RYo\n";
    const names = 'for (const person of new pulumi.Config().requireObject("crew"))';
    const { code, stdout, stderr } = await checked(`${names} new aws.iam.User(\`crew-\${person}\`);`, {
      "Pulumi.dev.yaml": config,
    });
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /in 4 resources of shop\/dev/);
  });

  it("is named with the option that gives it, where the program cannot go on without", async () => {
    const lookup = 'aws.ssm.getParameter({ name: "image" })';
    const { code, stderr } = await checked(
      `module.exports = async () => { if (!(await ${lookup}).value.startsWith("ami-")) throw new Error("no image"); };`,
    );
    assert.equal(code, 2);
    assert.match(stderr, /--answers FILE with \{"aws:ssm\/getParameter:getParameter":\{.*"value":"…"\}\}/);
    assert.doesNotMatch(stderr, /unknownvalue/);
  });

  it("runs with what the named option gives", async () => {
    const lookup = 'aws.ssm.getParameter({ name: "image" })';
    const program = temporaryProgram(`${AWS}\nmodule.exports = async () => { JSON.parse((await ${lookup}).value); };`, {
      "answers.json": '{"aws:ssm/getParameter:getParameter": {"value": "{}"}}',
    });
    const { code, stderr } = await run(["check", program.path, "--answers", `${program.path}/answers.json`]);
    program.remove();
    assert.equal(code, 0, stderr);
  });

  it("is a configuration value that --config gives", async () => {
    const code = 'new aws.iam.User(new pulumi.Config().require("owner"));';
    const missing = await checked(code);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /--config shop:owner=VALUE/);
    assert.equal((await checked(code, {}, "--config", "owner=ann")).code, 0);
  });

  it("is a region that --region gives, over the stack's", async () => {
    const code = 'if (aws.config.requireRegion() !== "us-west-2") throw new Error("elsewhere");';
    const missing = await checked(code);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /--region NAME/);
    const stack = { "Pulumi.yaml": PULUMI_YAML, "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n" };
    assert.equal((await checked(code, stack)).code, 2);
    assert.equal((await checked(code, stack, "--region", "us-west-2")).code, 0);
  });
});
