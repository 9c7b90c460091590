import assert from "node:assert/strict";
import { PACK } from "./checkout";
import type { Result } from "./workspace";

/** A finding as the CLI lists it under "Policies". */
export interface PrintedFinding {
  level: string;
  rule: string;
  type: string;
  /** The logical name of the resource. */
  name: string;
}

const LINE = /^ +- \[(?<level>\w+)\](?: \[severity: \w+\])? +(?<rule>\S+) +\((?<type>\S+): (?<name>[^)]+)\)$/gm;

/** What our pack reported in a run, in the order of the output. Throws where the pack did not run to its end. */
export function findingsIn({ output }: Result): PrintedFinding[] {
  assert.ok(output.includes(`aws-identity-guardrails@`) && output.includes(`(local: ${PACK})`), output);
  return printedFindings(output);
}

/** What policy packs reported, wherever they came from. */
export function printedFindings(output: string): PrintedFinding[] {
  return [...output.matchAll(LINE)].map(({ groups }) => ({
    level: groups?.level ?? "",
    rule: groups?.rule ?? "",
    type: groups?.type ?? "",
    name: groups?.name ?? "",
  }));
}

/** `LEVEL RULE NAME`, sorted and without repetition: enough for most assertions. */
export function summaryOf(result: Result): string[] {
  return [...new Set(findingsIn(result).map((it) => `${it.level} ${it.rule} ${it.name}`))].sort();
}
