import { spawn } from "node:child_process";
import { join } from "node:path";
import { PACK } from "../../tests/engine/checkout";
import { pulumiCli } from "../../tests/engine/pulumi";
import { type Project, Workspace } from "../../tests/engine/workspace";
import { empty } from "./packs";
import { timed } from "./preview";
import { type Row, Rows } from "./rows";

const CHECKOUT = join(__dirname, "../..");
const MAIN = join(CHECKOUT, "dist/cli/main.js");
/** What `check` loads when it comes to it: for its program, the pack and the report; the command itself last, which ends at once. */
const MODULES = [
  "check/run",
  "check/program-check",
  "check/policies",
  "pack/own-pack",
  "check/result",
  "delivery/rendered",
  "main",
].map((name) => join(CHECKOUT, "dist/cli", name));
const SIZE = 800;

/** A program of that many roles and role policies, in plain JavaScript. */
const PROGRAM = `
const aws = require("@pulumi/aws");
const policy = (name) => JSON.stringify({ Version: "2012-10-17", Statement: [
  { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::" + name + "/*" },
] });
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [
  { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
] });
for (let i = 0; i < ${SIZE / 2}; i++) {
  const role = new aws.iam.Role("service-" + i, { name: "service-" + i, assumeRolePolicy: trust });
  new aws.iam.RolePolicy("service-" + i, { role: role.name, policy: policy("service-" + i) });
}
`;

/**
 * `check` beside the loading of its modules, and beside `pulumi preview` of the same program against a stand-in for the AWS
 * provider: without a pack, with an empty one and with this one.
 */
export async function checkRows(rounds: number, until: number): Promise<Row[]> {
  const rows = new Rows();
  const check = (folder: string, ends: number) => node([MAIN, "check", folder], CHECKOUT, ends);
  const loading = MODULES.map((module) => `require(${JSON.stringify(module)});`).join("");
  const isOver = (round: number) => round > 0 && performance.now() > until;
  for (let round = 0; round < rounds && !isOver(round); round++) {
    // Without a command it says what there is, and ends so.
    rows.add("risky", "loading", await timed(() => node(["-e", loading], CHECKOUT, 2)));
    rows.add("risky", "check", await timed(() => check(join(CHECKOUT, "examples/risky"), 1)));
  }
  const project: Project = { files: { ...JAVASCRIPT, "index.js": PROGRAM } };
  const cli = pulumiCli();
  const workspace = "path" in cli ? await Workspace.open(project) : undefined;
  try {
    for (let round = 0; workspace !== undefined && round < rounds && !isOver(round); round++) {
      rows.add("many", "check", await timed(() => check(workspace.folder, 0)));
      rows.add("many", "preview", await timed(() => previewed(workspace)));
      rows.add("many", "preview, empty pack", await timed(() => previewed(workspace, "--policy-pack", empty.folder)));
      rows.add("many", "preview, our pack", await timed(() => previewed(workspace, "--policy-pack", PACK)));
    }
  } finally {
    workspace?.dispose();
  }
  const many = rows.of("many");
  const only = (...names: string[]) => new Map(names.map((name) => [name, many.get(name) ?? []]));
  const example: Row = {
    what: "check examples/risky",
    unit: "ms",
    baseline: "loading",
    goal: 2,
    measured: new Map([...rows.of("risky")].reverse()),
  };
  if (many.size === 0) return [example];
  return [
    example,
    {
      what: `check of ${SIZE} identity resources beside pulumi preview`,
      unit: "ms",
      baseline: "preview, our pack",
      goal: 0.6,
      measured: only("check", "preview, our pack", "preview"),
    },
    {
      what: `pulumi preview of ${SIZE} identity resources`,
      unit: "ms",
      baseline: "preview, empty pack",
      goal: 1,
      measured: only("preview, our pack", "preview, empty pack"),
    },
  ];
}

const JAVASCRIPT = {
  "Pulumi.yaml": "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  "package.json": '{ "name": "bench", "private": true }\n',
};

/** A preview that was refused, as by a pack that is older than its sources, would look fast. */
async function previewed(workspace: Workspace, ...args: string[]): Promise<void> {
  const { code, output } = await workspace.preview(...args);
  if (code !== 0) throw new Error(`pulumi preview ${args.join(" ")} ended with ${code}\n${output}`);
}

/** Runs to its end, which has to be the one that is given: a check that blocks ends with 1. */
function node(args: readonly string[], cwd: string, ends: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { cwd, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === ends) resolve();
      else reject(new Error(`node ${args.join(" ")} ended with ${code} in place of ${ends}`));
    });
  });
}
