import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policypack/rules";
import type { ExampleResource } from "../../policypack/rules/authoring/example";
import { resourcesOf } from "../examples/example-stack";
import { type Config, Engine } from "../host/asked";

/** A stack and whether it may pass, decided by reading AWS's documentation, not by what the pack says. */
interface Case {
  readonly kind: string;
  readonly title: string;
  readonly expect: "block" | "pass";
  /** Rules of which one must block; any will do when left out. */
  readonly rules?: readonly string[];
  readonly why?: string;
  readonly config?: Config;
  /** Policies stand as `{json: …}`, which becomes their text. */
  readonly resources: readonly ExampleResource[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(join(__dirname, "cases.json"), "utf8"));

function withTexts(resource: ExampleResource): ExampleResource {
  const properties = Object.entries(resource.properties).map(([name, value]) => [name, textOf(value)]);
  return { ...resource, properties: Object.fromEntries(properties) };
}

function textOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "json" in value ? JSON.stringify(value.json) : value;
}

async function blockedBy({ title, resources, config = {} }: Case): Promise<readonly string[]> {
  const stack = resourcesOf({ title, resources: resources.map(withTexts) });
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
