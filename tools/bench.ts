import { join } from "node:path";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { analyzeRequest, analyzeStackRequest } from "../cli/pack/messages";
import { call } from "../cli/pulumi/rpc";
import type { Resource } from "../cli/pulumi/stack";
import { median } from "./bench/measure";
import { type ServedPack, serve } from "./bench/served-pack";
import { stackOf } from "./bench/stack";
import { build } from "./build";

const ROOT = join(__dirname, "..");
const RUNS = 3;

/** Resources that are shown one by one; what one costs does not depend on how many there are. */
const ONE_BY_ONE = 500;

/** Milliseconds of one preview, as the engine waits for it: resources one by one, then the whole stack. */
interface Preview {
  readonly resources: number;
  readonly stack: number;
}

async function preview({ client }: ServedPack, resources: readonly Resource[]): Promise<Preview> {
  const questions = resources.slice(0, ONE_BY_ONE).map(analyzeRequest);
  const whole = analyzeStackRequest(resources);
  const started = performance.now();
  for (const question of questions) await call(client, AnalyzerService.analyze, question);
  const between = performance.now();
  await call(client, AnalyzerService.analyzeStack, whole);
  return { resources: between - started, stack: performance.now() - between };
}

/** Both packs by turns, so that what else the machine does meets both alike. */
async function compare(size: number): Promise<void> {
  const resources = stackOf(size);
  const ours: Preview[] = [];
  const empty: Preview[] = [];
  const packs = [await serve(join(ROOT, "policypack")), await serve(join(__dirname, "bench/empty-pack"))] as const;
  try {
    for (let run = 0; run < RUNS; run++) {
      ours.push(await preview(packs[0], resources));
      empty.push(await preview(packs[1], resources));
    }
  } finally {
    for (const pack of packs) pack.end();
  }
  line(
    `${ONE_BY_ONE} of ${size} resources, one by one`,
    ours.map((each) => each.resources),
    empty.map((each) => each.resources),
  );
  line(
    `${size} resources, the whole stack`,
    ours.map((each) => each.stack),
    empty.map((each) => each.stack),
  );
}

function line(what: string, ours: readonly number[], empty: readonly number[]): void {
  const [mine, theirs] = [median(ours), median(empty)];
  const columns = [
    mine.toFixed(0).padStart(8),
    theirs.toFixed(0).padStart(8),
    `${(mine / theirs).toFixed(2)} x`.padStart(10),
  ];
  console.log(`${what.padEnd(36)}${columns.join("")}`);
}

async function main(): Promise<void> {
  await build(ROOT);
  console.log(`Milliseconds, median of ${RUNS} previews, beside a pack of @pulumi/policy without policies.\n`);
  console.log(`${"".padEnd(36)}${["pack", "empty"].map((word) => word.padStart(8)).join("")}${"ratio".padStart(10)}`);
  for (const size of [2_000, 20_000]) await compare(size);
}

void main();
