import assert from "node:assert/strict";
import { Engine } from "./engine";
import { unknownText, urnOf } from "./requests";
import { lampDim, lampHot, lampOn, lampOnAtNight, lampType } from "./rules";

const waiting = { type: lampType, name: "desk", inputs: { on: unknownText } };

function headline({ policy, level, message }: { policy: string; level: string; message: string }): string {
  return `${policy} ${level}: ${message.split("\n", 1)[0]}`;
}

describe("what cannot be decided yet", () => {
  it("is one advisory finding", async () => {
    const told = await new Engine({ rules: [lampOn] }).preview([waiting]);
    assert.deepEqual(told.map(headline), ['lamp-on advisory: Lamp "desk" cannot be judged yet: on is not known yet.']);
    assert.equal(told[0]?.urn, urnOf(lampType, "desk"));
  });

  it("is told once for all rules that wait for the same value, by the most severe", async () => {
    const told = await new Engine({ rules: [lampOn, lampOnAtNight] }).preview([waiting]);
    assert.deepEqual(told.map(headline), [
      'lamp-on-at-night advisory: Lamp "desk" cannot be judged yet: on is not known yet.',
    ]);
    assert.match(told[0]?.message ?? "", /^Also waiting: lamp-on$/m);
    assert.match(told[0]?.message ?? "", /^Waits for: on of test:index:Lamp "desk"\.$/m);
  });

  it("is told apart for each missing property", async () => {
    const inputs = { on: unknownText, hot: unknownText };
    const told = await new Engine({ rules: [lampOn, lampHot] }).preview([{ ...waiting, inputs }]);
    assert.deepEqual(told.map(headline), [
      'lamp-hot advisory: Lamp "desk" cannot be judged yet: hot is not known yet.',
      'lamp-on advisory: Lamp "desk" cannot be judged yet: on is not known yet.',
    ]);
  });

  it("is told apart for each subject", async () => {
    const told = await new Engine({ rules: [lampOn] }).preview([waiting, { ...waiting, name: "floor" }]);
    assert.deepEqual(
      told.map(({ urn }) => urn),
      [urnOf(lampType, "desk"), urnOf(lampType, "floor")],
    );
  });

  it("is told apart for each subject also where all wait for the same value", async () => {
    const urn = urnOf("test:index:Switch", "wall");
    const check: typeof lampOn.check = function* (lamp) {
      if (lamp.type !== lampType) return;
      const waiting = [{ urn, property: "position", on: [] }];
      yield { kind: "undecided", urn: lamp.urn, subject: lamp.name, because: "the switch is not known", waiting };
    };
    const told = await new Engine({ rules: [{ ...lampOn, moments: ["stack"], check }] }).preview([
      waiting,
      { ...waiting, name: "floor" },
    ]);
    assert.equal(told.length, 2);
  });

  it("blocks where the rule's onUnknown is enforce, and leaves the others' line advisory", async () => {
    const config = { "lamp-on": { onUnknown: "enforce" } };
    const told = await new Engine({ rules: [lampOn, lampOnAtNight], config }).preview([waiting]);
    assert.deepEqual(
      told.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on-at-night advisory", "lamp-on mandatory"],
    );
  });

  it("under enforce stays at the configured level", async () => {
    const config = { all: "advisory", "lamp-on": { onUnknown: "enforce" } } as const;
    const told = await new Engine({ rules: [lampOn], config }).preview([waiting]);
    assert.deepEqual(
      told.map(({ level }) => level),
      ["advisory"],
    );
  });

  it("is not told where onUnknown is ignore", async () => {
    const config = { "lamp-on": { onUnknown: "ignore" } };
    assert.deepEqual(await new Engine({ rules: [lampOn], config }).preview([waiting]), []);
  });

  it("does not mute what is decided, and comes after it", async () => {
    const inputs = { hot: unknownText, dim: true };
    const told = await new Engine({ rules: [lampHot, lampDim] }).preview([{ ...waiting, inputs }]);
    assert.deepEqual(told.map(headline), [
      'lamp-dim advisory: The lamp "desk" is dim.',
      'lamp-hot advisory: Lamp "desk" cannot be judged yet: hot is not known yet.',
    ]);
  });
});
