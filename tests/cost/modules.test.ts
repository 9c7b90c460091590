import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchPack, ourFile, ours } from "../../tools/bench/packs";
import { build } from "../../tools/build";
import { expectNoted } from "./noted";

const ROOT = join(__dirname, "../..");

/**
 * Loaded before a process's program: writes down which files and modules of Node it had loaded when it first printed something, or when it
 * first started another process.
 */
const COUNTING = `
const { writeFileSync } = require("node:fs");
const processes = require("node:child_process");
const Module = require("node:module");
const builtIn = new Set();
const load = Module._load;
Module._load = function (request, ...rest) {
  if (Module.isBuiltin(request)) builtIn.add(request.replace(/^node:/, ""));
  return load.call(this, request, ...rest);
};
function countAt(object, name) {
  const call = object[name];
  object[name] = function (...all) {
    object[name] = call;
    const files = Object.keys(require.cache).filter((path) => path !== __filename);
    writeFileSync(process.env.COUNTED, JSON.stringify({ files: files.length, "modules of Node": builtIn.size }));
    return call.apply(this, all);
  };
}
if (process.env.COUNTED_AT === "start") countAt(processes, "spawn");
else countAt(process.stdout, "write");
`;

describe("modules that are loaded", () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  before(async () => {
    await build(ROOT);
    folder = mkdtempSync(join(tmpdir(), "modules-"));
    const counting = join(folder, "counting.cjs");
    writeFileSync(counting, COUNTING);
    environment = { ...process.env, NODE_OPTIONS: `--require ${counting}`, COUNTED: join(folder, "counted.json") };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const counted = (): Record<string, number> => JSON.parse(readFileSync(join(folder, "counted.json"), "utf8"));

  /** What a pack has loaded when it says where it can be asked. */
  async function atBoot({ command: [file = "", ...args], folder: cwd }: BenchPack): Promise<Record<string, number>> {
    const child = spawn(file, args, { cwd, env: environment, stdio: ["pipe", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill();
    await once(child, "exit");
    return counted();
  }

  it("at the boot of the pack in its folder are as many as noted", async () => {
    expectNoted("modules at the boot of the pack in its folder", await atBoot(ours));
  });

  it("at the boot of the pack as one file are as many as noted", async () => {
    expectNoted("modules at the boot of the pack as one file", await atBoot(ourFile));
  });

  for (const command of [["rules"], ["check", "examples/safe"]]) {
    it(`by the command ${command.join(" ")} are as many as noted`, () => {
      const main = join(ROOT, "dist/cli/main.js");
      spawnSync(process.execPath, [main, ...command], { cwd: ROOT, env: environment });
      expectNoted(`modules of the command ${command.join(" ")}`, counted());
    });
  }

  it("by check before it starts the program are as many as noted", () => {
    const main = join(ROOT, "dist/cli/main.js");
    spawnSync(process.execPath, [main, "check", "examples/safe"], {
      cwd: ROOT,
      env: { ...environment, COUNTED_AT: "start" },
    });
    expectNoted("modules of the command check before it starts the program", counted());
  });
});
