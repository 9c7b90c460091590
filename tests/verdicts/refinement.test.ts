import { ok } from "node:assert/strict";
import fc from "fast-check";
import { rules } from "../../policypack/rules";
import { type Config, Engine } from "../host/asked";
import type { Registered } from "../host/requests";
import { stack } from "./stacks";

// Fixed, so that the run is repeatable.
const SEED = 20261127;
const RUNS = 250;

/**
 * Doubts are findings at the level of their rule. One rule asks about a service's roles too, all of which wait for an ARN:
 * hardly a stack would be left.
 */
const doubtsCount: Config = {
  ...Object.fromEntries(rules.map(({ id }) => [id, { onUnknown: "enforce" }])),
  "no-assume-root-grant": "disabled",
};

async function blocking(resources: readonly Registered[], config: Config = {}): Promise<readonly string[]> {
  const told = await new Engine({ rules, config }).preview(resources);
  return [...new Set(told.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))];
}

describe("what a preview says of a stack and what is true of it in the end", () => {
  it("a block stays one when everything is known", async function () {
    this.timeout(300_000);
    let blocked = 0;
    await fc.assert(
      fc.asyncProperty(stack, async ({ known, preview }) => {
        const before = await blocking(preview);
        if (before.length === 0) return;
        blocked++;
        ok((await blocking(known)).length > 0, `blocked by ${before.join(", ")} in preview, passed once known`);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    ok(blocked > RUNS / 4, `only ${blocked} of ${RUNS} stacks are blocked`);
  });

  it("a stack about which there is not even a doubt is not blocked later", async function () {
    this.timeout(300_000);
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(stack, async ({ known, preview }) => {
        if ((await blocking(preview, doubtsCount)).length > 0) return;
        passed++;
        const after = await blocking(known);
        ok(after.length === 0, `passed in preview, blocked by ${after.join(", ")} once known`);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    ok(passed > RUNS / 10, `only ${passed} of ${RUNS} stacks pass without a doubt`);
  });
});
