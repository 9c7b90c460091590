import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkRows } from "./bench/check";
import { empty, installAwsGuard, ours } from "./bench/packs";
import { writeFigures } from "./bench/performance-md";
import { bootRows, type Goals, previewRows } from "./bench/preview";
import { jsonOf, type Row, textOf } from "./bench/rows";
import { sizeRows } from "./bench/sizes";
import { type Share, stackOf } from "./bench/stack";
import { updateRows } from "./bench/update";
import { build } from "./build";

const ROOT = join(__dirname, "..");
const MINUTE = 60_000;
const ROUNDS = 5;

/** When each part ends at the latest, in minutes from the start; what is begun is finished. All of it stays under ten. */
const ENDS = { small: 3.5, updates: 5, check: 7, large: 9 };

const GOALS: Readonly<Record<Share, Goals>> = {
  1: { series: 0.95, parallel: 1, first: 1.2, second: 0.8, memory: 1.05 },
  4: { series: 1.1, parallel: 1.2, first: 2, memory: 1.1 },
};

const words: Readonly<Record<Share, string>> = { 1: "one in ten about identity", 4: "four in ten about identity" };

/** Everything that is measured, in parts that are shown as soon as they are there. */
async function* parts(): AsyncIterable<readonly Row[]> {
  const started = performance.now();
  const until = (minutes: number) => started + minutes * MINUTE;
  const awsGuard = installAwsGuard();
  if ("missing" in awsGuard) console.log(`${awsGuard.missing}\n`);
  const others = "missing" in awsGuard ? [] : [awsGuard.pack];
  try {
    yield await bootRows(others, ROUNDS);
    for (const share of [1, 4] as const) {
      const stack = { title: `2,000 resources, ${words[share]}`, resources: stackOf(2_000, share) };
      const limits = { rounds: ROUNDS, until: until(ENDS.small), goals: GOALS[share] };
      yield await previewRows(stack, [ours, empty, ...others], limits);
    }
    yield await updateRows(ROUNDS, until(ENDS.updates));
    yield await checkRows(ROUNDS, until(ENDS.check));
    yield sizeRows();
    for (const share of [1, 4] as const) {
      const stack = { title: `50,000 resources, ${words[share]}`, resources: stackOf(50_000, share) };
      yield await previewRows(stack, [ours, empty], { rounds: ROUNDS, until: until(ENDS.large) });
    }
  } finally {
    if ("remove" in awsGuard) awsGuard.remove();
  }
}

async function main(): Promise<void> {
  const { json, docs } = parseArgs({ options: { json: { type: "string" }, docs: { type: "boolean" } } }).values;
  await build(ROOT);
  const rows: Row[] = [];
  console.log('Medians of rounds by turns; "empty" is a compiled pack of @pulumi/policy without a policy.\n');
  for await (const part of parts()) {
    rows.push(...part);
    console.log(`${part.map(textOf).join("\n")}\n`);
  }
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ machine, rows: rows.map(jsonOf) }, undefined, 2)}\n`);
  if (docs) writeFigures(rows, `Node.js ${machine.node}, ${machine.processors} processors (${machine.model})`);
}

void main();
