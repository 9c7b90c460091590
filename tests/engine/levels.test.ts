import assert from "node:assert/strict";
import type { Example } from "../../policypack/rules/authoring/example";
import { rules } from "../../policypack/rules/index";
import { PACK } from "./checkout";
import { projectOf } from "./example-project";
import { findingsIn } from "./findings";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

/** The first failing example that shows a rule's own level. */
function exampleOf(id: string, examples: readonly Example[]): Example {
  const example = examples.find((it) => it.level !== "advisory");
  assert.ok(example, `${id} has a failing example at its own level`);
  return example;
}

/** What AWS has added in the example, by the resource's name; undefined where nothing in it exists already. */
function outputsIn({ resources }: Example): Record<string, Readonly<Record<string, string>>> | undefined {
  const existing = resources.flatMap(({ name, outputs }) => (outputs === undefined ? [] : [[name, outputs] as const]));
  return existing.length === 0 ? undefined : Object.fromEntries(existing);
}

describe("levels of every rule under the engine", function () {
  needsEngine(this);

  for (const rule of rules) {
    describe(rule.id, () => {
      let [advisory, disabled, mandatory]: (Result | undefined)[] = [];

      before(async () => {
        const example = exampleOf(rule.id, rule.examples.fail);
        const workspace = await Workspace.open(projectOf(example));
        const outputs = outputsIn(example);
        if (outputs !== undefined) {
          const { code, output } = await workspace.up();
          assert.equal(code, 0, output);
          await workspace.rewrite(outputs);
        }
        const preview = (level?: string): Promise<Result> => {
          const own = { ...example.options, ...(level !== undefined && { enforcementLevel: level }) };
          const configuration = { all: "advisory", settings: { ...example.settings }, [rule.id]: own };
          const file = workspace.write(`${level ?? "all"}.json`, JSON.stringify(configuration));
          return workspace.preview("--policy-pack", PACK, "--policy-pack-config", file);
        };
        [advisory, disabled, mandatory] = await Promise.all([preview(), preview("disabled"), preview("mandatory")]);
        workspace.dispose();
      });

      function levelsIn(result: Result | undefined): string[] {
        assert.ok(result);
        const own = findingsIn(result).filter((it) => it.rule === rule.id);
        return [...new Set(own.map((it) => it.level))];
      }

      it("is advisory and lets the preview through when all rules are", () => {
        assert.deepEqual(levelsIn(advisory), ["advisory"]);
        assert.equal(advisory?.code, 0, advisory?.output);
      });

      it("says nothing when it is disabled", () => {
        assert.deepEqual(levelsIn(disabled), []);
      });

      it("stops the preview when it alone is mandatory", () => {
        assert.ok(levelsIn(mandatory).includes("mandatory"), mandatory?.output);
        assert.notEqual(mandatory?.code, 0);
      });
    });
  }
});
