import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PACKS, run, start } from "./command";
import { TemporaryFolder } from "./temporary-folder";
import { PULUMI_YAML, temporaryProgram } from "./temporary-program";

const EMPTY_PROGRAM = "";

/** A program that never ends, and starts another process that writes a letter to a file ten times a second. */
function endlessProgram(): TemporaryFolder {
  const writeForEver = "setInterval(() => require('node:fs').appendFileSync('written', 'x'), 100)";
  return temporaryProgram(`
    require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(writeForEver)}]);
    setInterval(() => {}, 1000);
  `);
}

function writtenIn({ path }: TemporaryFolder): number {
  const file = join(path, "written");
  return existsSync(file) ? readFileSync(file, "utf8").length : 0;
}

async function assertNothingIsWritten(program: TemporaryFolder): Promise<void> {
  const before = writtenIn(program);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.ok(before > 0);
  assert.equal(writtenIn(program), before);
}

describe("bad input to check", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  /** What is said about the folder, which must end with exit code 2, on stderr only and without a stack trace. */
  async function refusal(...flags: string[]): Promise<string> {
    return refusalUnder("no-user-called-root", ...flags);
  }

  async function refusalUnder(pack: string, ...flags: string[]): Promise<string> {
    return refusalOf(folder, pack, ...flags);
  }

  async function refusalOf({ path }: TemporaryFolder, pack: string, ...flags: string[]): Promise<string> {
    const { code, stdout, stderr } = await run(["check", path, "--policy-pack", join(PACKS, pack), ...flags]);
    assert.equal(code, 2, `exit code ${code}: ${stdout}${stderr}`);
    assert.equal(stdout, "");
    assert.doesNotMatch(stderr, /^\s+at .*\/cli\//m);
    return stderr.replaceAll(path, "PROGRAM").replaceAll(PACKS, "PACKS");
  }

  /** A refusal that takes as long as its timeout: it begins before the other tests and is looked at after them. */
  interface Begun {
    readonly folder: TemporaryFolder;
    readonly said: Promise<string>;
  }

  function begun(program: TemporaryFolder, pack: string, seconds: number): Begun {
    const said = refusalOf(program, pack, "--timeout", String(seconds));
    // Told by the test that awaits it.
    said.catch(() => {});
    return { folder: program, said };
  }

  let endless: Begun;
  let silent: Begun;
  before(() => {
    endless = begun(endlessProgram(), "no-user-called-root", 30);
    silent = begun(temporaryProgram(EMPTY_PROGRAM), "silent", 15);
  });
  after(() => {
    for (const each of [endless, silent]) each.folder.remove();
  });

  describe("in the project", () => {
    it("names a folder without a project", async () => {
      folder = new TemporaryFolder();
      assert.equal(
        await refusal(),
        "error: PROGRAM has no Pulumi.yaml\n\nName the folder of a Pulumi program: aws-identity-guardrails check PATH\n",
      );
    });

    it("names a folder that is not there", async () => {
      folder = new TemporaryFolder();
      rmSync(folder.path, { recursive: true });
      assert.match(await refusal(), /^error: PROGRAM does not exist\n/);
    });

    it("names the line and column of broken YAML", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.yaml": "name: shop\nruntime: {nodejs\n" });
      assert.match(
        await refusal(),
        /^error: PROGRAM\/Pulumi\.yaml:3:1: not valid YAML: .*\n\nMend the YAML at that place\.\n$/,
      );
    });

    it("asks for the project's name", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.yaml": "runtime: nodejs\n" });
      assert.match(await refusal(), /^error: PROGRAM\/Pulumi\.yaml has no "name"\n/);
    });

    it("says what else can be done about a program in another language", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.yaml": "name: shop\nruntime: yaml\n" });
      assert.equal(
        await refusal(),
        'error: PROGRAM/Pulumi.yaml: "runtime" is yaml, which cannot be run without the Pulumi CLI\n' +
          "\nLet the CLI make a preview, and check that: pulumi preview --json --show-sames > preview.json, then aws-identity-guardrails check preview.json\n",
      );
    });

    it("says that the program's SDK is not installed", async () => {
      folder = new TemporaryFolder({ "Pulumi.yaml": PULUMI_YAML, "index.js": "" });
      assert.match(
        await refusal(),
        /^error: PROGRAM has no @pulumi\/pulumi .*\n\nInstall .*: npm install in PROGRAM\n$/,
      );
    });

    it("names an entry point that is not there", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.yaml": `${PULUMI_YAML}main: src/app.js\n` });
      assert.match(await refusal(), /^error: PROGRAM\/Pulumi\.yaml: "main" is src\/app\.js, which does not exist\n/);
    });
  });

  it("says that a configuration is too large to start a program with", async () => {
    folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.dev.yaml": `config:\n  a: ${"x".repeat(1_900_000)}\n` });
    assert.match(await refusal(), /^error: the program cannot be started: its configuration, .* is too large\n/);
  });

  describe("in the choice of a stack", () => {
    it("lists the stacks that there are", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, {
        "Pulumi.dev.yaml": "config: {}\n",
        "Pulumi.prod.yaml": "config: {}\n",
      });
      assert.equal(
        await refusal("--stack", "test"),
        'error: there is no stack "test": PROGRAM has no Pulumi.test.yaml\n\nUse one of: dev, prod.\n',
      );
    });

    it("asks for one where there are several", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, {
        "Pulumi.dev.yaml": "config: {}\n",
        "Pulumi.prod.yaml": "config: {}\n",
      });
      assert.match(await refusal(), /has several stacks\n\nChoose one with --stack: dev, prod\.\n$/);
    });

    it("names the line and column of broken YAML", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "Pulumi.dev.yaml": "config:\n  a: b: c\n" });
      assert.match(await refusal(), /^error: PROGRAM\/Pulumi\.dev\.yaml:2:6: not valid YAML: /);
    });
  });

  describe("on the command line", () => {
    it("shows the form of a setting", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.match(
        await refusal("--config", "slackWebhook"),
        /^error: --config: a setting is not of the form key=value\n\nWrite --config KEY=VALUE\.\n$/,
      );
    });

    it("says what a timeout, an account and a format are", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.match(await refusal("--timeout", "soon"), /It must be a number of seconds, at least 1\./);
      assert.match(await refusal("--timeout", "0.001"), /It must be a number of seconds, at least 1\./);
      assert.match(await refusal("--account", "12"), /An account id has 12 digits\./);
      assert.match(await refusal("--region", "mars north"), /A region has a name such as eu-west-1\./);
      assert.match(await refusal("--format", "xml"), /Use one of text, json, sarif, junit, markdown, html\./);
    });

    it("names a policy configuration that is not there", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.match(
        await refusal("--policy-config", join(folder.path, "none.json")),
        /^error: PROGRAM\/none\.json does not exist\n/,
      );
    });

    it("suggests the rule that was meant", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "policy.json": '{"no-root-nam": "advisory"}' });
      assert.equal(
        await refusal("--policy-config", join(folder.path, "policy.json")),
        'error: PROGRAM/policy.json: "no-root-nam" is no rule of this policy pack\n\nDid you mean "no-root-name"?\n',
      );
    });

    it("names the place of a wrong answer", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM, { "answers.json": '{"aws:iam/getUser:getUser": [{"args": {}}]}' });
      assert.match(
        await refusal("--answers", join(folder.path, "answers.json")),
        /^error: PROGRAM\/answers\.json: "aws:iam\/getUser:getUser" must be an object, or a list/,
      );
    });
  });

  describe("in the program", () => {
    // Node.js alone would take a minute to print it; see cli/program/program.ts.
    it("shows its own error, and soon", async () => {
      folder = temporaryProgram('throw new Error("no such shop");\n');
      const said = await refusal("--timeout", "30");
      assert.match(said, /^error: the program in PROGRAM failed \(exit code 32\)\n\n/);
      assert.match(said, /Error: no such shop\n\s+at Object\.<anonymous> \(PROGRAM\/index\.js:1:7\)/);
      assert.match(said, /\n\nMend the program; its own error is shown here\.\n$/);
    });

    it("shows an error of its configuration", async () => {
      folder = temporaryProgram('new (require("@pulumi/pulumi").Config)().require("size");\n');
      assert.match(await refusal(), /Missing required configuration variable 'shop:size'/);
    });

    it("sends whose configuration is refused to that, not into the program", async () => {
      folder = temporaryProgram(
        'const { RunError } = require("@pulumi/pulumi");\n' +
          'throw new RunError("Configuration key shop:size is \\"big\\", which is no number. Use one.");\n',
      );
      const said = await refusal();
      assert.match(said, /Configuration key shop:size is "big", which is no number\. Use one\./);
      assert.match(said, /\n\nGive it another value in the stack's configuration, or .* --config shop:size=VALUE\.\n$/);
      assert.doesNotMatch(said, /Mend the program/);
    });

    it("names a resource that is there twice", async () => {
      folder = temporaryProgram(
        'const aws = require("@pulumi/aws");\nnew aws.iam.User("alice");\nnew aws.iam.User("alice");\n',
      );
      assert.match(await refusal(), /Duplicate resource URN 'urn:pulumi:dev::shop::aws:iam\/user:User::alice'/);
    });

    it("shows why a policy document cannot be made", async () => {
      const statements = '[{ sid: "Same" }, { sid: "Same" }]';
      folder = temporaryProgram(`require("@pulumi/aws").iam.getPolicyDocument({ statements: ${statements} });\n`);
      assert.match(await refusal(), /duplicate Sid "Same" in statements\[1\]/);
    });

    it("ends it when the command itself is ended", async () => {
      folder = endlessProgram();
      const { ended, kill } = start(["check", folder.path, "--policy-pack", join(PACKS, "no-user-called-root")]);
      while (writtenIn(folder) === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      kill("SIGTERM");
      assert.equal((await ended).code, 143);
      await assertNothingIsWritten(folder);
    });

    it("notices a promise that never resolves", async () => {
      folder = temporaryProgram("module.exports = async () => { await new Promise(() => {}); };\n");
      assert.match(await refusal(), /stopped before its end: it waits for a promise that never resolves/);
    });
  });

  describe("in the policy pack", () => {
    it("says how to build one that is not built", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.equal(
        await refusalUnder("unbuilt"),
        "error: the policy pack in PACKS/unbuilt is not built\n\nBuild it with: npm run build\n",
      );
    });

    it("names a folder that is none", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.match(await refusalUnder("."), /is not a policy pack: it has no PulumiPolicy\.yaml/);
    });

    it("shows what one printed that never served", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      assert.match(await refusalUnder("chatty"), /printed "hello" where the port it serves on was expected/);
    });

    it("shows what one printed before it died", async () => {
      folder = temporaryProgram(EMPTY_PROGRAM);
      const said = await refusalUnder("dies");
      assert.match(said, /^error: the policy pack in PACKS\/dies failed at Analyze: /);
      assert.match(said, /the pack gave up/);
    });
  });

  describe("that takes as long as its timeout", () => {
    it("ends a program that does not end by itself, with all that it started", async () => {
      const { folder: program, said } = endless;
      assert.match(
        await said,
        /^error: the program in PROGRAM did not end within 30 seconds: its body has ended, but something keeps it alive/,
      );
      await assertNothingIsWritten(program);
    });

    it("does not wait for a pack that never serves", async () => {
      assert.match(await silent.said, /^error: the policy pack in PACKS\/silent did not answer within 15 seconds\n/);
    });
  });

  it("shows a stack trace when asked to", async () => {
    folder = new TemporaryFolder();
    const { code, stderr } = await run(["check", folder.path, "--debug"]);
    assert.equal(code, 2);
    assert.match(stderr, /\n\s+at readProject /);
  });
});
