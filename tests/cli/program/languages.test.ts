import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pythonEnvironment } from "../../engine/python-environment";
import { type Ran, run } from "../command";
import { TemporaryFolder } from "../temporary-folder";

const EXAMPLES = join(__dirname, "..", "..", "..", "examples");

/** Skips a suite where a language's tool is missing; on a build server that is a failure. */
function needs(suite: Mocha.Suite, missing: () => string | undefined): void {
  suite.timeout(10 * 60_000);
  before(function () {
    const reason = missing();
    if (reason === undefined) return;
    if (process.env.CI) throw new Error(`these tests must run where CI is set: ${reason}`);
    suite.title += ` [skipped: ${reason}]`;
    this.skip();
  });
}

/** Runs `check` on a copy of an example, and on what a test makes of it. */
function inCopyOf(example: string | undefined) {
  const folder = new TemporaryFolder();
  if (example !== undefined) cpSync(join(EXAMPLES, example), folder.path, { recursive: true });
  after(() => folder.remove());
  return {
    folder,
    async check(...flags: string[]): Promise<Ran & { readonly error: string }> {
      const ran = await run(["check", folder.path, ...flags], { VIRTUAL_ENV: "" });
      return { ...ran, error: ran.stderr.replaceAll(folder.path, "DIR") };
    },
  };
}

describe("check of a program in Python", function () {
  let python = "";
  needs(this, () => {
    const environment = pythonEnvironment("pulumi", join(__dirname, "requirements.txt"));
    if ("reason" in environment) return environment.reason;
    python = join(environment.python, "..", "..");
    return undefined;
  });
  const { folder, check } = inCopyOf("python");
  const project = (options: string) =>
    folder.write("Pulumi.yaml", `name: shop\nruntime:\n  name: python\n  options: ${options}\n`);
  const program = (code: string) => folder.write("__main__.py", code);
  before(() => project(`{ virtualenv: ${JSON.stringify(python)} }`));

  it("passes the safe example, and leaves nothing in its folder", async () => {
    const { code, stdout } = await check("--config", "repository=acme/shop");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\nPassed: 0 blocking findings, 0 advisory, in 6 resources of shop\/dev\.\n$/);
    assert.deepEqual(readdirSync(folder.path).sort(), ["Pulumi.yaml", "README.md", "__main__.py", "requirements.txt"]);
  });

  it("blocks it where anybody may assume the role", async () => {
    const { code, stdout } = await check("--config", "repository=*");
    assert.equal(code, 1);
    assert.match(stdout, /^BLOCKED {2}sound-federated-trust /);
  });

  it("names a missing value of the configuration", async () => {
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.match(
      error,
      /\nGive it for this run with --config shop:repository=VALUE, or in the stack's configuration\.\n/,
    );
  });

  it("answers lookups: with what follows from the account, and unknown beyond", async () => {
    program(`
import pulumi_aws as aws
caller = aws.get_caller_identity()
bucket = aws.s3.get_bucket(bucket="logs")
aws.iam.User("ann", name="ann-" + caller.account_id, tags={"bucket": bucket.arn})
aws.iam.UserPolicy("ann", user="ann", policy=bucket.arn)
`);
    const { code, stdout } = await check("--account", "210987654321");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /aws:s3\/getBucket:getBucket cannot be called offline/);
    assert.match(stdout, /undecided/);
  });

  it("shows the error of a program that fails", async () => {
    program("import pulumi\nraise pulumi.RunError('no such shop')\n");
    const ran = await check();
    assert.deepEqual([ran.code, ran.stdout], [2, ""]);
    assert.match(ran.error, /^error: the program in DIR failed \(exit code 1\)\n\n {2}error: no such shop\n\n/);
    program("raise ValueError('no such shop')\n");
    assert.match((await check()).error, /ValueError: no such shop\n/);
  });

  it("is refused where its virtual environment is missing", async () => {
    project("{ virtualenv: nowhere }");
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.equal(
      error,
      'error: DIR/Pulumi.yaml: "virtualenv" is nowhere, where there is no Python\n\nMake it: pulumi install in DIR\n',
    );
    project("{ toolchain: uv }");
    assert.match((await check()).error, /^error: DIR has no virtual environment\n\n.*uv sync in DIR\n$/);
  });

  it("is refused in a Python without pulumi", async () => {
    assert.equal(spawnSync("python3", ["-m", "venv", "--without-pip", join(folder.path, "bare")]).status, 0);
    project("{ virtualenv: bare }");
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.match(
      error,
      /^error: DIR\/bare\/bin\/python3 has no package pulumi to run the program with\n\n.*pip install -r requirements\.txt/,
    );
  });
});

describe("check of a program in Go", function () {
  needs(this, () => (spawnSync("go", ["version"]).status === 0 ? undefined : "no go on PATH"));
  const { folder, check } = inCopyOf("go");

  it("passes the safe example", async () => {
    const { code, stdout } = await check();
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\nPassed: 0 blocking findings, 0 advisory, in 5 resources of go-example\/dev\.\n$/);
  });

  it("blocks it where anybody may assume the role", async () => {
    const { code, stdout } = await check("--config", "repository=*");
    assert.equal(code, 1);
    assert.match(stdout, /^BLOCKED {2}sound-federated-trust /);
  });

  it("shows the compiler's words where it does not build", async () => {
    folder.write("broken.go", "package main\n\nvar shop = nowhere\n");
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.match(
      error,
      /^error: the program in DIR does not build\n[\s\S]*undefined: nowhere\n\nMend it until go build succeeds there\.\n$/,
    );
    folder.write("broken.go", "package main\n");
  });

  it("names a missing value of the configuration", async () => {
    folder.write("Pulumi.yaml", "name: shop\nruntime: go\n");
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.match(
      error,
      /\nGive it for this run with --config shop:repository=VALUE, or in the stack's configuration\.\n/,
    );
  });
});

describe("check of a program in another language than its project says", () => {
  const { folder, check } = inCopyOf(undefined);

  it("names both", async () => {
    folder.write("Pulumi.yaml", "name: shop\nruntime: python\n");
    folder.write("main.go", "package main\n");
    const { code, error } = await check();
    assert.equal(code, 2);
    assert.equal(
      error,
      'error: DIR/Pulumi.yaml: "runtime" is python, but DIR has no __main__.py\n\n' +
        'It holds a program for go: write runtime: go, or name the program\'s folder under "main".\n',
    );
  });
});
