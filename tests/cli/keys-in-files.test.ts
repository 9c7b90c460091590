import assert from "node:assert/strict";
import { run } from "./command";
import { type FileCase, KEYS } from "./project/pulumi-files";
import type { TemporaryFolder } from "./temporary-folder";
import { temporaryProgram } from "./temporary-program";

const BUCKET = 'const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("assets");\n';

describe("an access key in Pulumi's own files", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  /** The mandatory findings of `check` on a program with these files. */
  async function blocking({ project, stack = "", extension }: FileCase) {
    folder = temporaryProgram(BUCKET, { [`Pulumi.dev${extension ?? ".yaml"}`]: stack });
    if (project !== undefined) folder.write(`Pulumi${extension ?? ".yaml"}`, project);
    const { code, stdout, stderr } = await run(["check", folder.path, "--format", "json"]);
    assert.equal(code, 1, stderr);
    const { findings }: { findings: { rule: string; level: string }[] } = JSON.parse(stdout);
    return findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
  }

  const found = ["no-static-provider-credentials"];
  const spelt = (what: string) => KEYS.find((it) => it.what === what) as FileCase;

  it("is found behind an alias", async () => assert.deepEqual(await blocking(spelt("an alias")), found));
  it("is found behind a merge key", async () => assert.deepEqual(await blocking(spelt("a merge key")), found));
  it("is found in base64", async () => assert.deepEqual(await blocking(spelt("a key in base64")), found));
  it("is found behind a path", async () => assert.deepEqual(await blocking(spelt("a path in the project")), found));
  it("is found in the JSON that Pulumi reads instead of YAML", async () =>
    assert.deepEqual(await blocking(spelt("a file in JSON")), found));
});
