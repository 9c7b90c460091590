import assert from "node:assert/strict";
import { Engine } from "../asked";
import { lampDim, lampThrows, lampType } from "../rules";

const broken = { type: lampType, name: "broken", inputs: { dim: true, password: "hunter2-is-secret" } };
const sound = { type: lampType, name: "sound", inputs: {} };

describe("a rule that throws", () => {
  it("is a finding at its own level for that subject, beside what it said before", async () => {
    const told = (await new Engine({ rules: [lampThrows] }).preview([broken])).map(
      ({ policy, level, urn, message }) => `${policy} ${level} ${urn.split("::").pop()}: ${message.split(":")[0]}`,
    );
    assert.deepEqual(told, [
      'lamp-throws mandatory broken: Looked at "broken".\nWhy',
      "lamp-throws mandatory broken: test",
    ]);
  });

  it("follows the configured level", async () => {
    const told = await new Engine({ rules: [lampThrows], config: { all: "advisory" } }).preview([broken]);
    assert.deepEqual(
      told.map(({ level }) => level),
      ["advisory", "advisory"],
    );
  });

  it("stops neither other rules nor other subjects", async () => {
    const told = await new Engine({ rules: [lampThrows, lampDim] }).preview([broken, sound]);
    assert.ok(told.some(({ policy }) => policy === "lamp-dim"));
    assert.ok(told.some(({ message }) => message.startsWith('Looked at "sound".')));
  });

  it("still judges the subjects after it in the stack", async () => {
    const atTheEnd = { ...lampThrows, phases: ["stack"] as const };
    const told = await new Engine({ rules: [atTheEnd] }).preview([broken, sound]);
    assert.deepEqual(
      told.map(({ urn, message }) => `${urn.split("::").pop()}: ${message.split(/[".]/)[0]?.trim()}`).sort(),
      ["broken: Looked at", "broken: test:index:Lamp", "sound: Looked at"],
    );
  });

  it("says the sort of error and the place, and never the error's own text, which may be a secret", async () => {
    const told = await new Engine({ rules: [lampThrows] }).preview([broken]);
    const crash = told.map(({ message }) => message).find((message) => message.includes("internal error"));
    assert.match(crash ?? "", /TypeError at rules\.ts:\d+:\d+/);
    assert.doesNotMatch(JSON.stringify(told), /hunter2/);
    assert.doesNotMatch(crash ?? "", /\n\s+at /);
  });
});
