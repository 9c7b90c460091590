import assert from "node:assert/strict";
import { rules } from "../../policypack/rules";
import { resourcesOf } from "../examples/example-stack";
import { Engine } from "../host/asked";
import { type Case, cases } from "./labelled";

async function blockedBy({ title, resources, config = {} }: Case): Promise<readonly string[]> {
  const stack = resourcesOf({ title, resources });
  const told = await new Engine({ rules, config }).preview(stack);
  return [...new Set(told.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))];
}

for (const kind of new Set(cases.map((each) => each.kind))) {
  describe(`verdicts: ${kind}`, () => {
    for (const each of cases.filter((other) => other.kind === kind)) {
      if (each.expect === "pass") {
        it(`passes ${each.title}`, async () => {
          assert.deepEqual(await blockedBy(each), []);
        });
      } else {
        it(`blocks ${each.title}`, async () => {
          const blocked = await blockedBy(each);
          const wanted = each.rules ?? blocked;
          assert.ok(
            blocked.some((rule) => wanted.includes(rule)),
            `blocked by: ${blocked.join(", ") || "nothing"}`,
          );
        });
      }
    }
  });
}
