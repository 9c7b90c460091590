import assert from "node:assert/strict";
import type { Resource } from "../../../policypack/model/resources/resource";
import type { Outcome } from "../../../policypack/rules/authoring/rule";
import { type Config, Engine, type Told } from "../asked";
import { stackUrn, unknownText, urnOf } from "../requests";
import { lampDim, lampHot, lampOn, lampType } from "../rules";

const desk = { type: lampType, name: "desk", inputs: { on: unknownText } };
const floor = { ...desk, name: "floor" };

/** Waits for the same property as `lampOn`. */
const lampGlows = { ...lampOn, id: "lamp-glows" };

function told(rules: readonly (typeof lampOn)[], resources: readonly (typeof desk)[], config: Config = {}) {
  return new Engine({ rules, config }).preview(resources);
}

function headline({ policy, level, message }: Told): string {
  return `${policy} ${level}: ${message.split("\n", 1)[0]}`;
}

function lines({ message }: Told): readonly string[] {
  return message.split("\n");
}

/** Lamps that all wait for one switch. */
function waitingForSwitch(): typeof lampOn {
  const check = function* (lamp: Resource): Iterable<Outcome> {
    if (lamp.type !== lampType) return;
    const on = [urnOf("test:index:Switch", "wall")];
    const waiting = [{ urn: lamp.urn, property: "on", on }];
    yield { kind: "undecided", urn: lamp.urn, subject: `lamp "${lamp.name}"`, because: "on is not known yet", waiting };
  };
  return { ...lampOn, phases: ["stack"], check };
}

describe("what a stack leaves undecided", () => {
  it("is one advisory finding on the stack, whatever the subjects and rules", async () => {
    const all = await told([lampOn, lampGlows], [desk, floor]);
    assert.deepEqual(all.map(headline), ["undecided advisory: 2 identities cannot be judged yet:"]);
    assert.equal(all[0]?.urn, stackUrn);
    assert.ok(all[0]?.message.includes("\nRules that wait: lamp-glows, lamp-on.\n"));
  });

  it("names the subjects by what they wait for", async () => {
    const [finding] = await told([waitingForSwitch()], [desk, floor]);
    assert.ok(finding !== undefined);
    assert.equal(lines(finding)[1], '- Lamp "desk", lamp "floor" wait for test:index:Switch "wall".');
  });

  it("names the property of a single subject, and where that comes from", async () => {
    const [finding] = await told([waitingForSwitch()], [desk]);
    assert.ok(finding !== undefined);
    assert.deepEqual(lines(finding).slice(0, 3), [
      "1 identity cannot be judged yet:",
      '- Lamp "desk" waits for on of test:index:Lamp "desk", which comes from test:index:Switch',
      '  "wall".',
    ]);
  });

  it("names at most ten and counts the rest", async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ ...desk, name: `lamp-${index + 10}` }));
    const [finding, ...others] = await told([waitingForSwitch()], many);
    assert.deepEqual(others, []);
    const message = finding?.message ?? "";
    assert.match(message, /^12 identities cannot be judged yet:\n/);
    assert.equal(message.match(/"lamp-\d+"/g)?.length, 10);
    assert.match(message, /^- 2 more\.$/m);
  });

  it("is said together with what happens next", async () => {
    const preview = new Engine({ rules: [lampOn] });
    assert.match((await preview.preview([desk]))[0]?.message ?? "", /^Next: the update judges them again/m);
    const update = new Engine({ rules: [lampOn] });
    await update.start(false);
    assert.deepEqual(await update.analyze(desk), []);
    assert.match((await update.analyzeStack([desk]))[0]?.message ?? "", /^Next: .* in the next preview\.$/m);
  });

  it("blocks where the policy `undecided` is mandatory, and is silent where it is disabled", async () => {
    assert.deepEqual((await told([lampOn], [desk], { undecided: "mandatory" })).map(headline), [
      "undecided mandatory: 1 identity cannot be judged yet:",
    ]);
    assert.deepEqual(await told([lampOn], [desk], { undecided: "disabled" }), []);
  });

  it("is not told where it would be advice once it is decided", async () => {
    assert.deepEqual(await told([lampOn], [desk], { "lamp-on": "advisory" }), []);
    assert.deepEqual(await told([lampDim], [{ ...desk, inputs: { dim: unknownText } } as never]), []);
    const advises = {
      ...lampOn,
      *check(lamp: Resource, context: never): Iterable<Outcome> {
        for (const outcome of lampOn.check(lamp, context)) {
          if (outcome.kind !== "yielded") yield { ...outcome, ceiling: "advisory" };
        }
      },
    };
    assert.deepEqual(await told([advises], [desk]), []);
  });

  it("comes after what is decided and mutes none of it", async () => {
    const both = { ...desk, inputs: { hot: unknownText, on: true } } as never;
    const all = await told([lampHot, lampOn] as never, [both]);
    assert.deepEqual(all.map(headline), [
      'lamp-on mandatory: The lamp "desk" is on.',
      "undecided advisory: 1 identity cannot be judged yet:",
    ]);
  });

  it("is not lost among more findings than a person reads", async () => {
    const rules = [{ ...lampOn, phases: ["stack"] as const }];
    const many = Array.from({ length: 130 }, (_, index) => ({
      ...desk,
      name: `${index}`,
      inputs: { on: true } as never,
    }));
    const all = await told(rules, [...many, desk]);
    assert.equal(all.at(-1)?.policy, "undecided");
  });
});

describe("onUnknown of a rule", () => {
  it("enforce: its doubts are findings of its own at its level, and no part of the others'", async () => {
    const config: Config = { "lamp-on": { onUnknown: "enforce" } };
    const all = await told([lampOn, lampGlows], [desk], config);
    assert.deepEqual(all.map(headline), [
      'lamp-on mandatory: Lamp "desk" cannot be judged yet: on is not known yet.',
      "undecided advisory: 1 identity cannot be judged yet:",
    ]);
    assert.match(all[1]?.message ?? "", /^Rules that wait: lamp-glows\.$/m);
    assert.deepEqual(
      (await told([lampOn], [desk], { all: "advisory", ...config })).map(({ level }) => level),
      ["advisory"],
    );
  });

  it("ignore: its doubts are not told", async () => {
    assert.deepEqual(await told([lampOn], [desk], { "lamp-on": { onUnknown: "ignore" } }), []);
  });
});

describe("a waiver", () => {
  const waiver = (rule: string) => ({
    rule,
    resource: "desk",
    reason: "Needed until the move.",
    expires: "2026-06-20",
  });

  it("of a rule takes its subject's doubt away, which would be advice", async () => {
    const config = { undecided: "mandatory", settings: { waivers: [waiver("lamp-on")] } } as const;
    assert.deepEqual(await told([lampOn], [desk], config), []);
    const [finding] = await told([lampOn], [desk, floor], config);
    assert.match(finding?.message ?? "", /^1 identity cannot be judged yet:\n- Lamp "floor"/);
  });

  it("of `undecided` leaves its subject advisory, with reason and date", async () => {
    const config = { undecided: "mandatory", settings: { waivers: [waiver("undecided")] } } as const;
    const all = await told([lampOn], [desk, floor], config);
    assert.deepEqual(all.map(({ level, message }) => [level, /Lamp "(\w+)"/.exec(message)?.[1]]).sort(), [
      ["advisory", "desk"],
      ["mandatory", "floor"],
    ]);
    const waived = all.find(({ level }) => level === "advisory");
    assert.match(waived?.message ?? "", /^Waived until: 2026-06-20: Needed until the move\.$/m);
  });
});
