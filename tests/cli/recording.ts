import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../cli/check/check";
import type { CheckResult } from "../../cli/report/check-result";
import { bundled } from "../engine/bundle";
import type { SeenResource } from "../engine/record";

export const PROGRAMS = join(__dirname, "programs");

interface Recorded {
  readonly config?: Readonly<Record<string, string>>;
  readonly unknownOutputs?: boolean;
}

/** What `check` shows to a policy pack for one of the programs here, and what it reports. */
export async function recordCheck(program: string, { config = {}, unknownOutputs = false }: Recorded = {}) {
  const folder = mkdtempSync(join(tmpdir(), "check-"));
  const recording = join(folder, "seen.jsonl");
  const [main, file] = [bundled("recorder/main.ts"), recording].map((path) => JSON.stringify(path));
  writeFileSync(recording, "");
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "recorder", "version": "1.0.0", "main": "index.js" }\n');
  writeFileSync(join(folder, "index.js"), `require(${main}).record(${file});\n`);
  try {
    const result: CheckResult = await check({
      path: join(PROGRAMS, program),
      stack: undefined,
      config: Object.entries(config).map(([key, value]) => `${key}=${value}`),
      policyConfig: undefined,
      answers: undefined,
      account: undefined,
      unknownOutputs,
      region: undefined,
      timeoutSeconds: 120,
      packDirectory: folder,
    });
    if (result.failure !== undefined) throw result.failure;
    const lines = readFileSync(recording, "utf8").split("\n").filter(Boolean);
    return { result, seen: lines.map((line): SeenResource => JSON.parse(line)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
