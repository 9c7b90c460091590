import assert from "node:assert/strict";
import { mistakeInWords } from "../../../policypack/host/configuration/mistake";
import { readConfig } from "../../../policypack/host/configuration/read-config";
import { type Config, Engine, today } from "../asked";
import { stackUrn } from "../requests";
import { lampDim, lampOn, lampType } from "../rules";

const rules = [lampOn, lampDim];
const lamp = { type: lampType, name: "desk", inputs: {} };

function mistakes(config: unknown): string[] {
  return readConfig(config, rules, today).mistakes.map(mistakeInWords);
}

describe("mistakes in the configuration", () => {
  it("are one advisory finding on the stack", async () => {
    const config: Config = { "lamp-onn": { enforcementLevel: "mandatory" }, "lamp-on": { wats: 60 } };
    const told = await new Engine({ rules, config }).preview([lamp]);
    assert.deepEqual(
      told.map(({ policy, level, urn }) => ({ policy, level, urn })),
      [{ policy: "settings", level: "advisory", urn: stackUrn }],
    );
    const message = told[0]?.message.replace(/\s+/g, " ") ?? "";
    assert.match(message, /- lamp-onn: is no policy of this pack\. Did you mean "lamp-on"\?/);
    assert.match(message, /- lamp-on\.wats: is no option of lamp-on\. Did you mean "watts"\?/);
  });

  it("are told of a single entry of a list, by its index", async () => {
    const config: Config = { settings: { trustedAccounts: ["111122223333", "1111"] } };
    const [told, ...others] = await new Engine({ rules, config }).preview([lamp]);
    assert.deepEqual([told?.policy, told?.level, told?.urn, others], ["settings", "advisory", stackUrn, []]);
    assert.match(
      told?.message.replace(/\s+/g, " ") ?? "",
      /- settings\.trustedAccounts\[1\]: is "1111", which is no account id\. Write its 12 digits/,
    );
  });

  it("stay advisory when all is mandatory", async () => {
    const told = await new Engine({ rules, config: { all: "mandatory", "lamp-on": { wats: 60 } } }).preview([lamp]);
    assert.deepEqual(
      told.map(({ policy, level }) => `${policy} ${level}`),
      ["settings advisory"],
    );
  });

  it("are silenced with the policy, whose values hold all the same", async () => {
    const waiver = { rule: "lamp-on", resource: "desk", reason: "Needed until the move.", expires: "2026-06-20" };
    const config = { settings: { enforcementLevel: "disabled", wavers: [], waivers: [waiver] } };
    const told = await new Engine({ rules, config }).preview([{ ...lamp, inputs: { on: true } }]);
    assert.deepEqual(
      told.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on advisory"],
    );
  });

  it("are none under a sound configuration", async () => {
    const config: Config = { all: "advisory", "lamp-on": { enforcementLevel: "mandatory", watts: 60 } };
    assert.deepEqual(await new Engine({ rules, config }).preview([lamp]), []);
    assert.deepEqual(mistakes(config), []);
  });

  it("do not apply: the default holds", async () => {
    const config = { "lamp-on": { watts: 1000 } };
    const [told] = await new Engine({ rules, config }).preview([{ ...lamp, inputs: { on: true } }]);
    assert.match(told?.message ?? "", /It may use 40 watts/);
  });
});

describe("the validator of a configuration", () => {
  it("accepts levels, objects, all, settings and Pulumi ESC environments", () => {
    assert.deepEqual(
      mistakes({
        all: "advisory",
        "lamp-on": "mandatory",
        "lamp-dim": { enforcementLevel: "disabled", onUnknown: "ignore" },
        settings: { sanctionedGroups: ["admins"], maxSessionSeconds: 1800 },
        environments: ["acme/policies"],
      }),
      [],
    );
  });

  it("refuses what is no object", () => {
    assert.match(mistakes([])[0] ?? "", /^configuration: is not an object\./);
    assert.match(mistakes(null)[0] ?? "", /^configuration: is not an object\./);
  });

  it("refuses an unknown level", () => {
    assert.deepEqual(mistakes({ "lamp-on": "madatory" }), [
      'lamp-on: "madatory" is no enforcement level. Did you mean "mandatory"? Write one of advisory, mandatory, remediate, disabled.',
    ]);
    assert.match(mistakes({ "lamp-on": { enforcementLevel: 1 } })[0] ?? "", /^lamp-on\.enforcementLevel: /);
    assert.match(mistakes({ "lamp-on": true })[0] ?? "", /^lamp-on: is neither a level nor an object\./);
  });

  it("still reads the options beside an unknown level", () => {
    assert.equal(mistakes({ "lamp-on": { enforcementLevel: "madatory", wats: 1 } }).length, 2);
  });

  it("refuses an unknown policy, also without a level, which stops the engine itself", () => {
    assert.match(
      mistakes({ "lamp-onn": { watts: 60 } })[0] ?? "",
      /^lamp-onn: is no policy of this pack\. Did you mean/,
    );
    assert.match(mistakes({ zebra: {} })[0] ?? "", /^zebra: is no policy of this pack\. Use/);
  });

  it("refuses options for all policies at once", () => {
    assert.match(
      mistakes({ all: { enforcementLevel: "advisory", onUnknown: "ignore" } })[0] ?? "",
      /^all\.onUnknown: /,
    );
  });

  it("refuses a value of the wrong type or outside its bounds", () => {
    assert.match(mistakes({ "lamp-on": { watts: "60" } })[0] ?? "", /^lamp-on\.watts: is not a whole number\./);
    assert.match(mistakes({ "lamp-on": { watts: 1.5 } })[0] ?? "", /is not a whole number/);
    assert.match(mistakes({ "lamp-on": { watts: 0 } })[0] ?? "", /is below 1\./);
    assert.match(mistakes({ "lamp-on": { watts: 101 } })[0] ?? "", /is above 100\./);
    assert.match(mistakes({ "lamp-on": { strict: "yes" } })[0] ?? "", /is neither true nor false/);
    assert.match(mistakes({ "lamp-on": { mood: "calmm" } })[0] ?? "", /none of its values\. Did you mean "calm"\?/);
    assert.match(mistakes({ "lamp-on": { owner: 7 } })[0] ?? "", /is not a text/);
    assert.match(mistakes({ "lamp-on": { colours: "red" } })[0] ?? "", /is not a list of texts/);
    assert.match(mistakes({ "lamp-on": { colours: [1] } })[0] ?? "", /^lamp-on\.colours\[0\]: is not a text\./);
    assert.deepEqual(
      mistakes({ "lamp-on": { watts: 100, strict: true, mood: "bright", owner: "me", colours: [] } }),
      [],
    );
  });

  it("suggests the nearest name, and none where nothing is near", () => {
    assert.match(mistakes({ settings: { sanctionedGroup: [] } })[0] ?? "", /Did you mean "sanctionedGroups"\?/);
    assert.match(mistakes({ "lamp-on": { onUnkown: "ignore" } })[0] ?? "", /Did you mean "onUnknown"\?/);
    assert.doesNotMatch(mistakes({ "lamp-on": { qqqqqqqq: 1 } })[0] ?? "", /Did you mean/);
  });
});
