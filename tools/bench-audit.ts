import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { type PlantedAccount, plantedAccount } from "./bench/audit/account";
import { type Peer, peers } from "./bench/audit/peers";

/** Bounds for each tool. */
const INSTALL = 15 * 60_000;
const RUN = 5 * 60_000;

/** Node takes as much memory as the machine has to spare; with that it collects garbage in time. */
const HEAP = "--max-old-space-size=350";

/** What a tool said of the account: names of those who can become administrators, as it says. */
interface Told {
  readonly names: readonly string[];
  /** Of processor time. */
  readonly seconds: number;
  readonly megabytes: number;
  readonly note?: string;
}

interface Figures {
  readonly tool: string;
  readonly found: number;
  readonly planted: number;
  /** Of the near misses, how many it takes for ways. */
  readonly false: number;
  /** Of processor time: what else the machine is doing does not count. */
  readonly seconds: number;
  readonly megabytes: number;
  readonly note?: string;
}

interface NotRun {
  readonly tool: string;
  readonly notRun: string;
}

function main(): void {
  const { values } = parseArgs({ options: { json: { type: "string" }, peers: { type: "string" } } });
  const folder = mkdtempSync(join(tmpdir(), "bench-audit-"));
  try {
    const account = plantedAccount();
    const details = join(folder, "details.json");
    writeFileSync(details, JSON.stringify(account.details));
    const rows = [
      ours(folder, details, account),
      ...peers.map((peer) => measured(peer, folder, details, account, values.peers)),
    ];
    for (const row of rows) console.log(lineOf(row));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ours(folder: string, details: string, account: PlantedAccount): Figures | NotRun {
  const program = join(folder, "ours.js");
  buildSync({
    entryPoints: [join(__dirname, "bench/audit/ours.ts")],
    ...{ bundle: true, platform: "node", target: "node20", packages: "external", outfile: program, logLevel: "error" },
  });
  const env = { ...process.env, NODE_PATH: join(__dirname, "../node_modules") };
  return run("aws-identity-guardrails", [process.execPath, HEAP, program], { folder, details, account, env });
}

/** @param installed a folder of virtual environments, by the name of the first package, that are there already */
function measured(
  peer: Peer,
  folder: string,
  details: string,
  account: PlantedAccount,
  installed = folder,
): Figures | NotRun {
  const { name, packages, script } = peer;
  const environment = join(installed, packages[0]?.split("==")[0] ?? name);
  const python = join(environment, "bin/python");
  if (!existsSync(python)) {
    const made = spawnSync("python3", ["-m", "venv", environment], { timeout: INSTALL });
    if (made.status !== 0) return { tool: name, notRun: "no virtual environment of Python can be made here" };
    const pip = spawnSync(python, ["-m", "pip", "-q", "install", ...packages], { timeout: INSTALL, encoding: "utf8" });
    if (pip.status !== 0) {
      const why = pip.signal === null ? (pip.stderr.trim().split("\n").at(-1) ?? "") : "it took longer than 15 minutes";
      return { tool: name, notRun: `pip could not install ${packages.join(" ")}: ${why}` };
    }
  }
  const file = join(folder, "peer.py");
  writeFileSync(file, script);
  return run(name, [python, file], { folder, details, account, env: process.env });
}

interface Run {
  readonly folder: string;
  readonly details: string;
  readonly account: PlantedAccount;
  readonly env: NodeJS.ProcessEnv;
}

function run(
  tool: string,
  [command = "", ...args]: readonly string[],
  { folder, details, account, env }: Run,
): Figures | NotRun {
  const out = join(folder, "told.json");
  rmSync(out, { force: true });
  const { status, signal, stderr } = spawnSync(command, [...args, details, out], {
    timeout: RUN,
    env,
    encoding: "utf8",
  });
  if (status !== 0)
    return { tool, notRun: signal === null ? stderr.trim().slice(-300) : "it took longer than 5 minutes" };
  const { names, seconds, megabytes, note }: Told = JSON.parse(readFileSync(out, "utf8"));
  const told = new Set(names);
  const count = (those: ReadonlyMap<string, string>) => [...those.keys()].filter((name) => told.has(name)).length;
  return {
    ...{ tool, found: count(account.planted), planted: account.planted.size, false: count(account.nearMisses) },
    ...{ seconds: Math.round(seconds * 10) / 10, megabytes: Math.round(megabytes) },
    ...(note === undefined || note === "" ? {} : { note }),
  };
}

function lineOf(row: Figures | NotRun): string {
  if ("notRun" in row) return `${row.tool}: not run: ${row.notRun}`;
  const note = row.note === undefined ? "" : ` (${row.note})`;
  return `${row.tool}: ${row.found} of ${row.planted} found, ${row.false} of 100 near misses taken for ways, ${row.seconds} s of processor time, ${row.megabytes} MB${note}`;
}

main();
