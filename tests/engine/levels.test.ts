import assert from "node:assert/strict";
import { type Example, type ExampleResource, isUnknownFrom } from "../../policypack/rules/authoring/example";
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

/** Rules whose answer another rule's example would change: it names the same group, or an identity that cannot be read. */
const APART = ["require-user-mfa", "no-overbroad-user", "no-privilege-escalation", "time-boxed-admin-role"];

/** The logical name in the common stack of what an example calls `name`. */
function nameIn(id: string, name: string): string {
  return `${id}--${name}`;
}

/** The examples of several rules in one stack: a preview for each rule and level would take minutes. */
function stackOf(examples: ReadonlyMap<string, Example>): Example {
  const all = [...examples];
  return {
    title: "one failing example of each rule",
    resources: all.flatMap(([id, { resources }]) => resources.map((it) => renamed(it, id))),
    settings: Object.assign({}, ...all.map(([, { settings }]) => settings)),
  };
}

function renamed(resource: ExampleResource, id: string): ExampleResource {
  const { name, properties, from = {} } = resource;
  const sources = Object.entries(from).map(([property, names]) => [property, names.map((it) => nameIn(id, it))]);
  return {
    ...resource,
    name: nameIn(id, name),
    properties: JSON.parse(
      JSON.stringify(properties, (_, value) =>
        isUnknownFrom(value) ? { unknownFrom: nameIn(id, value.unknownFrom) } : value,
      ),
    ),
    from: Object.fromEntries(sources),
  };
}

/** What AWS has added in the example, by the resource's name. */
function outputsIn({ resources }: Example): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(resources.flatMap(({ name, outputs }) => (outputs === undefined ? [] : [[name, outputs]])));
}

describe("levels of every rule under the engine", function () {
  needsEngine(this);
  const examples = rules.map((rule) => [rule.id, exampleOf(rule.id, rule.examples.fail)] as const);
  describe("side by side", () => testLevels(new Map(examples.filter(([id]) => !APART.includes(id)))));
  describe("those that others would disturb", () => testLevels(new Map(examples.filter(([id]) => APART.includes(id)))));
});

function testLevels(examples: ReadonlyMap<string, Example>): void {
  const ids = [...examples.keys()];
  const isEven = (id: string) => ids.indexOf(id) % 2 === 0;
  let advisory: Result, disabled: Result, evenMandatory: Result, oddMandatory: Result;

  before(async () => {
    const stack = stackOf(examples);
    const workspace = await Workspace.open(projectOf(stack));
    const outputs = outputsIn(stack);
    if (Object.keys(outputs).length > 0) {
      const up = await workspace.up();
      assert.equal(up.code, 0, up.output);
      await workspace.rewrite(outputs);
    }
    const preview = (name: string, levelOf: (id: string) => string | undefined): Promise<Result> => {
      const own = [...examples].map(([id, { options }]) => {
        const level = levelOf(id);
        return [id, { ...options, ...(level !== undefined && { enforcementLevel: level }) }];
      });
      const configuration = { all: "advisory", settings: stack.settings, ...Object.fromEntries(own) };
      const file = workspace.write(`${name}.json`, JSON.stringify(configuration));
      return workspace.preview("--policy-pack", PACK, "--policy-pack-config", file);
    };
    [advisory, disabled, evenMandatory, oddMandatory] = await Promise.all([
      preview("all", () => undefined),
      preview("disabled", () => "disabled"),
      preview("even", (id) => (isEven(id) ? "mandatory" : undefined)),
      preview("odd", (id) => (isEven(id) ? undefined : "mandatory")),
    ]);
    workspace.dispose();
  });

  it("the preview ends well unless a rule is mandatory", () => {
    assert.equal(advisory.code, 0, advisory.output);
    assert.equal(disabled.code, 0, disabled.output);
    assert.notEqual(evenMandatory.code, 0);
    assert.notEqual(oddMandatory.code, 0);
  });

  for (const id of ids) {
    const levelsIn = (result: Result): string[] => {
      const own = findingsIn(result).filter((it) => it.rule === id && it.name.startsWith(nameIn(id, "")));
      return [...new Set(own.map((it) => it.level))];
    };

    it(id, () => {
      const [mandatory, others] = isEven(id) ? [evenMandatory, oddMandatory] : [oddMandatory, evenMandatory];
      assert.deepEqual(levelsIn(advisory), ["advisory"], "advisory when all rules are");
      assert.deepEqual(levelsIn(disabled), [], "silent when it is disabled");
      assert.deepEqual(levelsIn(others), ["advisory"], "advisory while others are mandatory");
      assert.ok(levelsIn(mandatory).includes("mandatory"), "mandatory when it is");
    });
  }
}
