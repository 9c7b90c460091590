import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { analyzeRequest, analyzeStackRequest } from "../../cli/pack/messages";
import { call } from "../../cli/pulumi/rpc";
import type { Resource } from "../../cli/pulumi/stack";
import { empty, ours } from "./packs";
import { timed } from "./preview";
import { type Row, Rows } from "./rows";
import { serve } from "./served-pack";
import { rolesOf } from "./stack";

const FEW = 400;
const MANY = 1600;

/** Updates and previews of a few and of many roles and role policies: an update is asked at every resource about the stack so far. */
export async function updateRows(rounds: number, until: number): Promise<Row[]> {
  const rows = new Rows();
  for (let round = 0; round < rounds && (round === 0 || performance.now() < until); round++) {
    for (const size of [FEW, MANY]) {
      const resources = rolesOf(size);
      for (const pack of [ours, empty]) {
        rows.add(`update ${size}`, pack.name, await runOf(pack, resources, false));
        rows.add(`preview ${size}`, pack.name, await runOf(pack, resources, true));
      }
    }
  }
  const own = (what: string) => rows.of(what).get(ours.name) ?? [];
  const compared = (first: string, second: string) =>
    new Map([
      [first, own(first)],
      [second, own(second)],
    ]);
  const [few, many] = [`update ${FEW}`, `update ${MANY}`];
  return [
    { what: few, unit: "ms", baseline: empty.name, measured: rows.of(few) },
    { what: many, unit: "ms", baseline: empty.name, measured: rows.of(many) },
    { what: "four times as many", unit: "ms", baseline: few, goal: 4.4, measured: compared(many, few) },
    {
      what: "an update beside its preview",
      unit: "ms",
      baseline: `preview ${MANY}`,
      goal: 1.5,
      measured: compared(many, `preview ${MANY}`),
    },
  ];
}

/** Milliseconds that the engine waits for the pack in one run. */
async function runOf(pack: typeof ours, resources: readonly Resource[], isPreview: boolean): Promise<number> {
  const served = await serve(pack, isPreview);
  try {
    const shown = resources.map(analyzeRequest);
    const stack = analyzeStackRequest(resources);
    return await timed(async () => {
      for (const request of shown) await call(served.client, AnalyzerService.analyze, request);
      await call(served.client, AnalyzerService.analyzeStack, stack);
    });
  } finally {
    served.end();
  }
}
