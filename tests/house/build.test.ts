import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "../../tools/build";

const ROOT = join(__dirname, "..", "..");
const RUN_POLICY_PACK = join(ROOT, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");

/** A repository of the same shape as this one, small enough to be built in a moment. */
function smallRepository(): string {
  const root = mkdtempSync(join(tmpdir(), "build-"));
  const files = {
    "policypack/pack.ts": 'import { rules } from "./rules/index";\nconsole.log("serving", ...rules);\n',
    "policypack/executable.ts": 'import "./pack";\n',
    "policypack/policies.ts": 'export { rules as policies } from "./rules/index";\n',
    "policypack/questions.ts": 'export { rules as questions } from "./rules/index";\n',
    "policypack/rules/index.ts": 'export const rules: string[] = ["first"];\n',
    "policypack/package.json": '{ "version": "1.0.0", "main": "dist/index.js", "dependencies": {} }\n',
    "cli/main.ts":
      '#!/usr/bin/env node\nimport { rules } from "../policypack/rules/index";\nconsole.log(rules.length);\n',
    "cli/library.ts": 'export { rules } from "../policypack/rules/index";\n',
    "cli/audit/live/read-account.ts": "export const live = true;\n",
    "cli/report/html/browser/main.ts": "document.title = 'A page';\n",
    "cli/report/html/browser/style.css": "p {\n  margin: 0;\n}\n",
    "stacks/components/index.ts": "export interface Args {\n  readonly days: number;\n}\n",
    "package.json": "{}\n",
    "package-lock.json": "{}\n",
  };
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  for (const path of ["tsconfig.json", "tsconfig.build.json"]) cpSync(join(ROOT, path), join(root, path));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function serveFile(root: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(join(root, "policypack/dist/aws-identity-guardrails"), { encoding: "utf8" });
}

function serve(root: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [join(root, "policypack")], { encoding: "utf8" });
}

describe("build", () => {
  let root: string;
  beforeEach(async () => {
    root = smallRepository();
    await build(root);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("makes a pack that runs", () => {
    assert.deepEqual(serve(root).stdout, "serving first\n");
  });

  it("makes the same pack as one file that runs by itself", () => {
    assert.deepEqual(serveFile(root).stdout, "serving first\n");
  });

  it("makes the command, with its first line, and the types of what is exported", () => {
    const command = readFileSync(join(root, "dist/cli/main.js"), "utf8");
    assert.match(command, /^#!\/usr\/bin\/env node\n/);
    assert.equal(spawnSync(process.execPath, [join(root, "dist/cli/main.js")], { encoding: "utf8" }).stdout, "1\n");
    assert.match(readFileSync(join(root, "dist/stacks/components/index.d.ts"), "utf8"), /readonly days: number/);
    assert.match(readFileSync(join(root, "dist/policypack/policies.d.ts"), "utf8"), /rules as policies/);
  });

  it("ships the pack's code once: the command takes it from the built pack, which then serves nothing", () => {
    const compiled = readdirSync(join(root, "dist/policypack"), { recursive: true, encoding: "utf8" });
    assert.deepEqual(compiled.filter((path) => path.endsWith(".js")).sort(), [
      "parts.js",
      "policies.js",
      "questions.js",
      "rules/index.js",
    ]);
    for (const path of compiled.filter((path) => path.endsWith(".js")))
      assert.doesNotMatch(readFileSync(join(root, "dist/policypack", path), "utf8"), /first/);
    const taken = 'console.log(require("./dist/policypack/policies").policies);';
    const { stdout } = spawnSync(process.execPath, ["-e", taken], { cwd: root, encoding: "utf8" });
    assert.equal(stdout, "[ 'first' ]\n");
  });

  it("leaves out comments, and types that no entry point leads to", async () => {
    write(root, "stacks/components/within.ts", "// Why it is two.\nexport const two = 2;\n");
    write(root, "stacks/components/typed.ts", "export interface Typed {\n  readonly two: 2;\n}\n");
    const index = 'import { two } from "./within";\nexport type { Typed } from "./typed";\nconsole.log(two);\n';
    write(root, "stacks/components/index.ts", index);
    await build(root);
    const made = readdirSync(join(root, "dist/stacks/components"));
    assert.deepEqual(made.sort(), ["index.d.ts", "index.js", "typed.d.ts", "typed.js", "within.js"]);
    assert.doesNotMatch(readFileSync(join(root, "dist/stacks/components/within.js"), "utf8"), /Why/);
  });

  it("does nothing when nothing changed", async () => {
    const before = statSync(join(root, "policypack/dist/index.js")).mtimeMs;
    assert.equal(await build(root), false);
    assert.equal(statSync(join(root, "policypack/dist/index.js")).mtimeMs, before);
  });

  it("builds again when a source changed", async () => {
    write(root, "policypack/rules/index.ts", 'export const rules: string[] = ["second"];\n');
    assert.equal(await build(root), true);
    assert.equal(serve(root).stdout, "serving second\n");
  });

  it("builds again when the built pack is gone", async () => {
    for (const path of ["dist", "dist/index.js", "dist/aws-identity-guardrails"]) {
      rmSync(join(root, "policypack", path), { recursive: true });
      assert.equal(await build(root), true);
      assert.equal(serve(root).stdout, "serving first\n");
      assert.equal(serveFile(root).stdout, "serving first\n");
    }
  });

  it("removes from the package what no source makes any more", async () => {
    write(root, "cli/report.ts", "export const width = 100;\n");
    write(root, "cli/main.ts", 'import { width } from "./report";\nconsole.log(width);\n');
    await build(root);
    assert.equal(existsSync(join(root, "dist/cli/report.js")), true);
    write(root, "cli/main.ts", "console.log(100);\n");
    await build(root);
    assert.equal(existsSync(join(root, "dist/cli/report.js")), false);
    assert.equal(existsSync(join(root, "dist/cli/main.js")), true);
  });

  it("names file and line of a source that is no TypeScript", async () => {
    write(root, "policypack/rules/index.ts", "export const rules = [;\n");
    await assert.rejects(build(root), /rules\/index\.ts:1:22/);
    write(root, "policypack/rules/index.ts", "export const rules: string[] = [];\n");
    write(root, "cli/main.ts", "const = 1;\n");
    await assert.rejects(build(root), /cli\/main\.ts\(1,7\)/);
  });
});

describe("a built pack", () => {
  let root: string;
  beforeEach(async () => {
    root = smallRepository();
    await build(root);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("refuses to serve when a source beside it has changed, before it prints anything on standard output", () => {
    write(root, "policypack/rules/index.ts", "export const rules = [];\n");
    const { stdout, stderr, status } = serve(root);
    assert.deepEqual({ stdout, status }, { stdout: "", status: 1 });
    assert.match(
      stderr,
      /^aws-identity-guardrails: the built policy pack is older than its sources in .*: run npm run build\n$/,
    );
  });

  it("refuses to serve when a source was added beside it", () => {
    write(root, "policypack/rules/another.ts", "export const another = 1;\n");
    assert.equal(serve(root).status, 1);
    assert.equal(serveFile(root).status, 1);
  });

  it("refuses to serve when the version beside it has changed", () => {
    write(root, "policypack/package.json", '{ "version": "1.0.1", "main": "dist/index.js", "dependencies": {} }\n');
    assert.equal(serve(root).status, 1);
  });

  it("serves where there are no sources to compare with", () => {
    rmSync(join(root, "policypack/rules"), { recursive: true });
    rmSync(join(root, "policypack/pack.ts"));
    rmSync(join(root, "policypack/policies.ts"));
    rmSync(join(root, "policypack/questions.ts"));
    assert.equal(serve(root).stdout, "serving first\n");
    assert.equal(serveFile(root).stdout, "serving first\n");
  });

  it("is refused by Pulumi when it is missing, instead of running the sources", () => {
    rmSync(join(root, "policypack/dist"), { recursive: true });
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [RUN_POLICY_PACK, "127.0.0.1:1", join(root, "policypack")],
      { encoding: "utf8" },
    );
    assert.equal(stdout, "");
    assert.notEqual(status, 0);
    assert.match(stderr, /Cannot find module '.*\/policypack\/dist\/index\.js'/);
  });
});
