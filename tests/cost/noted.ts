import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** By what is looked at and what is counted there. */
type Costs = Record<string, Record<string, number>>;

const FILE = join(__dirname, "costs.json");

/** Nobody asks about a few bytes or steps more, nor about a module that one version of Node has and another has not. */
const mostOf = (noted: number): number => noted * 1.03 + 2;

/**
 * Holds costs that are the same on every machine to those noted in costs.json: each may be a little more. `UPDATE_COSTS=1` notes them
 * anew, after something became cheaper or is worth what it costs.
 */
export function expectNoted(what: string, costs: Readonly<Record<string, number>>): void {
  const all: Costs = JSON.parse(readFileSync(FILE, "utf8"));
  if (process.env.UPDATE_COSTS !== undefined) {
    all[what] = costs;
    writeFileSync(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
  }
  const noted = all[what] ?? {};
  assert.deepEqual(Object.keys(costs).sort(), Object.keys(noted).sort(), `what is noted of "${what}" in ${FILE}`);
  const silent = Object.keys(costs).filter((name) => costs[name] === 0 && noted[name] !== 0);
  assert.deepEqual(silent, [], `"${what}" counts nothing any more`);
  const grown = Object.entries(costs).filter(([name, count]) => count > mostOf(noted[name] ?? 0));
  const told = grown.map(([name, count]) => {
    const before = noted[name] ?? 0;
    const part = before === 0 ? "" : `, ${((count / before - 1) * 100).toFixed(0)} % more`;
    return `${what}: ${name} grew from ${before} to ${count}${part}.`;
  });
  const advice =
    "Find what it comes from; if it is worth that, note it and say why in the commit: UPDATE_COSTS=1 npx mocha 'tests/cost/**/*.test.ts'";
  if (grown.length > 0) assert.fail([...told, advice].join("\n"));
}
