import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { build } from "../../tools/build";
import { TemporaryFolder } from "../cli/temporary-folder";
import { CHECKOUT } from "../engine/checkout";
import { Clone, type Ended, type Files } from "./repository";

const PROGRAM: Files = {
  "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
  "package.json": "{}\n",
  "index.js": `
const aws = require("@pulumi/aws");
const group = new aws.iam.Group("admins", { name: "admins" });
new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`,
};
const STRICT = '{ "no-overbroad-group": "mandatory" }\n';
const LENIENT = '{ "no-overbroad-group": "advisory" }\n';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

const action: Action = parse(readFileSync(join(CHECKOUT, "action.yml"), "utf8"));
const [hook]: [{ readonly entry: string }] = parse(readFileSync(join(CHECKOUT, ".pre-commit-hooks.yaml"), "utf8"));

describe("what CI and commits run", function () {
  this.timeout(60_000);
  const scratch = new TemporaryFolder();
  const clones: Clone[] = [];

  before(async function () {
    this.timeout(120_000);
    await build(CHECKOUT);
    const installed = scratch.write(
      "aws-identity-guardrails",
      `#!/bin/sh\nexec node "${join(CHECKOUT, "dist/cli/main.js")}" "$@"\n`,
    );
    chmodSync(installed, 0o755);
  });
  after(() => {
    for (const clone of clones) clone.remove();
    scratch.remove();
  });

  function cloneOf(merged: Files, proposed: Files): Clone {
    const clone = new Clone(merged, proposed);
    clones.push(clone);
    return clone;
  }

  /** The check of the action in a pull request to a branch, or after a push where none is named. */
  function actionIn(clone: Clone, inputs: Readonly<Record<string, string>>, branch = "main"): Ended {
    const step = action.runs.steps.at(-1);
    const environment = Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
      return [name, input === undefined ? branch : (inputs[input] ?? action.inputs[input]?.default ?? "")];
    });
    const summary = join(scratch.path, "summary.md");
    writeFileSync(summary, "");
    return clone.bash(step?.run ?? "", {
      ...Object.fromEntries(environment),
      GITHUB_ACTION_PATH: CHECKOUT,
      GITHUB_STEP_SUMMARY: summary,
    });
  }

  function hookIn(clone: Clone, args: string): Ended {
    return clone.bash(`${hook.entry} ${args}`, { PATH: `${scratch.path}:${process.env.PATH}` });
  }

  it("the action judges a change by the configuration that is merged, whatever the change says", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": STRICT }, { "guardrails.json": LENIENT });
    const { code, output } = actionIn(clone, { "policy-config": "guardrails.json" });
    assert.equal(code, 1, output);
    assert.match(output, /^BLOCKED {2}no-overbroad-group/m);
    assert.match(readFileSync(join(scratch.path, "summary.md"), "utf8"), /no-overbroad-group/);
  });

  it("the action lets pass what the merged configuration lets pass", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": LENIENT }, { "guardrails.json": STRICT });
    const { code, output } = actionIn(clone, { "policy-config": "guardrails.json" });
    assert.equal(code, 0, output);
  });

  it("the action fetches the branch where the clone has only the change", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": STRICT }, { "guardrails.json": LENIENT });
    clone.git("update-ref", "-d", "refs/remotes/origin/main");
    assert.equal(actionIn(clone, { "policy-config": "guardrails.json" }).code, 1);
  });

  it("the action takes no baseline that a change brings, and says what to do", () => {
    const clone = cloneOf(PROGRAM, { "baseline.json": '{ "version": 1, "findings": [] }\n' });
    const { code, output } = actionIn(clone, { baseline: "baseline.json" });
    assert.equal(code, 2, output);
    assert.match(output, /baseline\.json is not in refs\/remotes\/origin\/main\n[\s\S]*Merge the file there first/);
  });

  it("the action reads files as they lie there after a push, where all is merged", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": STRICT }, { "guardrails.json": LENIENT });
    assert.equal(actionIn(clone, { "policy-config": "guardrails.json" }, "").code, 0);
  });

  it("the action takes its inputs as words, not as a script or as options", () => {
    const clone = cloneOf(PROGRAM, {});
    const { output } = actionIn(clone, { path: "--skip=no-overbroad-group", stack: "dev; echo was run >&2" });
    assert.doesNotMatch(output, /^was run/m);
    assert.match(output, /--skip=no-overbroad-group/);
    assert.equal(actionIn(clone, { path: "--skip=no-overbroad-group" }).code, 2);
  });

  it("the hook judges by the default branch, and refuses to leave a rule out", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": STRICT }, { "guardrails.json": LENIENT });
    assert.equal(hookIn(clone, "--policy-config guardrails.json").code, 1);
    const { code, output } = hookIn(clone, "--skip no-overbroad-group");
    assert.equal(code, 2, output);
    assert.match(output, /--base and --skip exclude each other/);
  });

  it("the hook says what to fetch where the default branch is not known", () => {
    const clone = cloneOf({ ...PROGRAM, "guardrails.json": STRICT }, {});
    clone.git("remote", "set-head", "origin", "--delete");
    const { code, output } = hookIn(clone, "--policy-config guardrails.json");
    assert.equal(code, 2, output);
    assert.match(output, /--base: origin\/HEAD is no commit here/);
  });

  it("the hook judges a file that the change deleted as it was merged", () => {
    const clone = cloneOf({ ...PROGRAM, "rules/guardrails.json": STRICT }, {});
    clone.git("rm", "--quiet", "-r", "rules");
    assert.equal(hookIn(clone, "--policy-config rules/guardrails.json").code, 1);
  });
});
