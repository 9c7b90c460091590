import assert from "node:assert/strict";
import { ConfigureAnalyzerRequest, EnforcementLevel, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Config, call, Engine, type Told } from "../asked";
import { lampAdvice, lampDim, lampOn, lampType } from "../rules";

const rules = [lampOn, lampDim, lampAdvice];
const lamp = { type: lampType, name: "desk", inputs: { on: true, dim: true } };

async function levelsUnder(config: Config): Promise<Record<string, string>> {
  const told = await new Engine({ rules, config }).preview([lamp]);
  return Object.fromEntries(told.map(({ policy, level }) => [policy, level]));
}

describe("levels", () => {
  it("are the rules' own without a configuration", async () => {
    assert.deepEqual(await levelsUnder({}), {
      "lamp-on": "mandatory",
      "lamp-dim": "advisory",
      "lamp-advice": "advisory",
    });
  });

  it("are lowered by all", async () => {
    assert.deepEqual(await levelsUnder({ all: "advisory" }), {
      "lamp-on": "advisory",
      "lamp-dim": "advisory",
      "lamp-advice": "advisory",
    });
  });

  it("are raised by all, but not above a finding's ceiling", async () => {
    assert.deepEqual(await levelsUnder({ all: "mandatory" }), {
      "lamp-on": "mandatory",
      "lamp-dim": "mandatory",
      "lamp-advice": "advisory",
    });
  });

  it("of a rule beat all", async () => {
    assert.deepEqual(await levelsUnder({ all: "disabled", "lamp-dim": "mandatory" }), { "lamp-dim": "mandatory" });
    assert.deepEqual(await levelsUnder({ all: "mandatory", "lamp-on": "advisory", "lamp-advice": "disabled" }), {
      "lamp-on": "advisory",
      "lamp-dim": "mandatory",
    });
  });

  it("stay when only options are configured", async () => {
    const levels = await levelsUnder({ "lamp-on": { watts: 60 } });
    assert.equal(levels["lamp-on"], "mandatory");
  });

  it("silence a disabled rule", async () => {
    assert.deepEqual(await levelsUnder({ "lamp-on": "disabled" }), {
      "lamp-dim": "advisory",
      "lamp-advice": "advisory",
    });
  });

  it("count remediate as mandatory", async () => {
    assert.equal((await levelsUnder({ "lamp-on": "remediate" }))["lamp-on"], "mandatory");
    assert.equal((await levelsUnder({ "lamp-dim": "remediate" }))["lamp-dim"], "mandatory");
  });

  it("hold for policies that a configuration leaves out, as a client other than the engine may", async () => {
    const engine = new Engine({ rules });
    const request = new ConfigureAnalyzerRequest();
    const entry = new PolicyConfig();
    entry.setEnforcementlevel(EnforcementLevel.DISABLED);
    request.getPolicyconfigMap().set("lamp-dim", entry);
    await call(engine.service.configure, request);
    const told: Told[] = await engine.analyze(lamp);
    assert.deepEqual(
      told.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on mandatory", "lamp-advice advisory"],
    );
  });

  it("hold without any call to Configure", async () => {
    const told = await new Engine({ rules: [lampOn] }).analyze(lamp);
    assert.deepEqual(
      told.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on mandatory"],
    );
  });
});

describe("options", () => {
  it("reach the rule, with defaults for what is left out", async () => {
    const config = { "lamp-on": { watts: 60, colours: ["red", "blue"] } };
    const [told] = await new Engine({ rules: [lampOn], config }).preview([lamp]);
    assert.match(told?.message ?? "", /It may use 60 watts in red and blue, calm\./);
  });
});
