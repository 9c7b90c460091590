import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { analyzeRequest, analyzeStackRequest } from "../../cli/pack/messages";
import { call } from "../../cli/pulumi/rpc";
import type { Resource } from "../../cli/pulumi/stack";
import { type BenchPack, empty, ourFile, ours } from "./packs";
import { type Row, Rows } from "./rows";
import { type ServedPack, serve } from "./served-pack";

/** Resources that are shown one by one; what one costs does not depend on how many there are. */
const ONE_BY_ONE = 500;

/** What the engine shows at a time, unless `--parallel` says otherwise. */
const AT_A_TIME = 16;

export interface Stack {
  readonly title: string;
  readonly resources: readonly Resource[];
}

/** Goals for the ratios of one stack. */
export interface Goals {
  readonly series?: number;
  readonly parallel?: number;
  readonly first?: number;
  readonly second?: number;
  readonly memory?: number;
}

/** Boots of every pack, by turns. */
export async function bootRows(others: readonly BenchPack[], rounds: number): Promise<Row[]> {
  const rows = new Rows();
  for (let round = 0; round < rounds; round++) {
    for (const pack of [ours, ourFile, empty, ...others]) {
      const served = await serve(pack);
      rows.add("boot", pack.name, served.boot);
      served.end();
    }
  }
  const all = rows.of("boot");
  const only = (...names: string[]) => new Map([...all].filter(([name]) => names.includes(name)));
  return [
    { what: "boot", unit: "ms", baseline: "empty", goal: 0.75, measured: without(all, ourFile.name) },
    { what: "boot as one file", unit: "ms", baseline: "empty", goal: 0.25, measured: only(ourFile.name, "empty") },
  ];
}

function without<Value>(all: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> {
  return new Map([...all].filter(([key]) => key !== name));
}

/** Previews of one stack by each pack in a fresh process, by turns, until the rounds or the time is over; one round at least. */
export async function previewRows(
  { title, resources }: Stack,
  packs: readonly BenchPack[],
  { rounds, until, goals = {} }: { rounds: number; until: number; goals?: Goals },
): Promise<Row[]> {
  const rows = new Rows();
  for (let round = 0; round < rounds && (round === 0 || performance.now() < until); round++) {
    for (const pack of packs) {
      const served = await serve(pack);
      try {
        await previewOnce(served, resources, (what, value) => rows.add(what, pack.name, value));
      } finally {
        served.end();
      }
    }
  }
  const row = (what: keyof Goals, words: string, unit: Row["unit"] = "ms"): Row => {
    const goal = goals[what];
    const measured = rows.of(what);
    return { what: `${title}: ${words}`, unit, baseline: "empty", measured, ...(goal === undefined ? {} : { goal }) };
  };
  return [
    row("series", "a resource in series"),
    row("parallel", "a resource in parallel"),
    row("first", "the whole stack"),
    row("second", "the whole stack, a second time"),
    row("memory", "peak memory", "MiB"),
  ];
}

async function previewOnce(
  served: ServedPack,
  resources: readonly Resource[],
  measured: (what: keyof Goals, value: number) => void,
): Promise<void> {
  const shown = resources.slice(0, 2 * ONE_BY_ONE).map(analyzeRequest);
  const analyze = (request: (typeof shown)[number]) => call(served.client, AnalyzerService.analyze, request);
  const half = Math.ceil(shown.length / 2);
  const series = await timed(async () => {
    for (const request of shown.slice(0, half)) await analyze(request);
  });
  measured("series", series / half);
  const waiting = shown.slice(half);
  const count = waiting.length;
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await analyze(next);
  };
  const parallel = await timed(() => Promise.all(Array.from({ length: AT_A_TIME }, worker)));
  measured("parallel", parallel / count);
  const stack = () => call(served.client, AnalyzerService.analyzeStack, analyzeStackRequest(resources));
  measured("first", await timed(stack));
  measured("second", await timed(stack));
  const memory = served.peakMemory();
  if (memory !== undefined) measured("memory", memory);
}

/** Milliseconds that it took. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
