import assert from "node:assert/strict";
import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfig,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { policyConfiguration, readPolicySettings, requireKnown } from "../../../cli/policies/configuration";
import { readPolicyFile } from "../../../cli/policies/policy-file";
import { fromStruct, toStruct } from "../../../cli/pulumi/values";
import { Failure } from "../../../cli/terminal/failure";
import { TemporaryFolder } from "../temporary-folder";

const AGE = { type: "integer", minimum: 1, maximum: 1095, default: 90 };

function pack(): AnalyzerInfo {
  const schema = new PolicyConfigSchema();
  schema.setProperties(
    toStruct({
      maxAgeDays: AGE,
      mode: { type: "string", enum: ["effective", "robust"] },
      groups: { type: "array", items: { type: "string", minLength: 1 } },
    }),
  );
  const strength = new PolicyInfo().setName("password-strength").setEnforcementlevel(EnforcementLevel.MANDATORY);
  const keys = new PolicyInfo().setName("no-keys").setEnforcementlevel(EnforcementLevel.ADVISORY);
  return new AnalyzerInfo().setPoliciesList([strength.setConfigschema(schema), keys]);
}

function configured(text: string, info = pack()) {
  const folder = new TemporaryFolder({ "policy.json": text });
  const file = `${folder.path}/policy.json`;
  try {
    const { settings } = readPolicySettings(readPolicyFile(file));
    requireKnown(info, settings, "policy.json");
    const config = policyConfiguration(info, settings);
    const levels = [...config].map(([name, one]) => [name, one.getEnforcementlevel()] as const);
    const options = [...config].map(([name, one]) => [name, fromStruct(one.getProperties())] as const);
    return { levels: Object.fromEntries(levels), options: Object.fromEntries(options) };
  } finally {
    folder.remove();
  }
}

function refusal(text: string): string {
  try {
    configured(text);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return `${error.message.replace(/^.*policy\.json/, "policy.json")} | ${error.fix}`;
  }
  return assert.fail("the configuration was accepted");
}

const { ADVISORY, DISABLED, MANDATORY } = EnforcementLevel;

describe("a policy configuration file", () => {
  it("that is empty leaves the pack's own levels and defaults", () => {
    const { levels, options } = configured("");
    assert.deepEqual(levels, { "password-strength": MANDATORY, "no-keys": ADVISORY });
    assert.deepEqual(options, { "password-strength": { maxAgeDays: 90 }, "no-keys": {} });
  });

  it("sets every policy with all, and one by its name over it", () => {
    const { levels } = configured('{"all": "disabled", "no-keys": "mandatory"}');
    assert.deepEqual(levels, { "password-strength": DISABLED, "no-keys": MANDATORY });
  });

  it("sets options, and a level beside them", () => {
    const text = '{"password-strength": {"enforcementLevel": "advisory", "maxAgeDays": 60, "groups": ["a"]}}';
    const { levels, options } = configured(text);
    assert.equal(levels["password-strength"], ADVISORY);
    assert.deepEqual(options["password-strength"], { maxAgeDays: 60, groups: ["a"] });
  });

  it("may use the bounds of a range", () => {
    assert.deepEqual(configured('{"password-strength": {"maxAgeDays": 1}}').options["password-strength"], {
      maxAgeDays: 1,
    });
    assert.deepEqual(configured('{"password-strength": {"maxAgeDays": 1095}}').options["password-strength"], {
      maxAgeDays: 1095,
    });
  });

  it("goes over what the pack configures itself with", () => {
    const info = pack();
    const initial = new PolicyConfig()
      .setEnforcementlevel(ADVISORY)
      .setProperties(toStruct({ maxAgeDays: 30, mode: "robust" }));
    info.getInitialconfigMap().set("password-strength", initial);
    const { levels, options } = configured('{"password-strength": {"maxAgeDays": 45}}', info);
    assert.equal(levels["password-strength"], ADVISORY);
    assert.deepEqual(options["password-strength"], { maxAgeDays: 45, mode: "robust" });
  });

  it("may name environments, which are the engine's business", () => {
    assert.equal(configured('{"environments": ["shared"], "no-keys": "disabled"}').levels["no-keys"], DISABLED);
  });
});

describe("a mistake in a policy configuration file", () => {
  it("in a policy's name gets the nearest one", () => {
    const said = 'policy.json: "pasword-strength" is no rule of this policy pack | Did you mean "password-strength"?';
    assert.equal(refusal('{"pasword-strength": "mandatory"}'), said);
  });

  it("in an option's name gets the nearest one", () => {
    const said =
      'policy.json: "password-strength.maxAgeDay" is no option of this policy pack | Did you mean "maxAgeDays"?';
    assert.equal(refusal('{"password-strength": {"maxAgeDay": 60}}'), said);
  });

  it("in a name that is like nothing is to be removed", () => {
    assert.match(refusal('{"xyz": "mandatory"}'), /is no rule of this policy pack \| Remove it\./);
  });

  it("in a level lists the levels", () => {
    const said = '"no-keys" has the enforcement level "strict", which does not exist';
    assert.equal(
      refusal('{"no-keys": "strict"}'),
      `policy.json: ${said} | Use one of advisory, mandatory, disabled, remediate.`,
    );
  });

  it("in a value's type says what it must be", () => {
    assert.match(
      refusal('{"password-strength": {"maxAgeDays": "60"}}'),
      /"password-strength.maxAgeDays" must be an integer, not "60"/,
    );
  });

  it("in a value's range says the bound", () => {
    assert.match(refusal('{"password-strength": {"maxAgeDays": 0}}'), /must be at least 1, not 0/);
  });

  it("in an enumeration lists its values", () => {
    assert.match(refusal('{"password-strength": {"mode": "x"}}'), /must be one of "effective", "robust", not "x"/);
  });

  it("inside a list says where", () => {
    assert.match(
      refusal('{"password-strength": {"groups": ["a", 1]}}'),
      /"password-strength.groups.1" must be a string/,
    );
  });

  it("in the JSON says what JSON says", () => {
    assert.match(refusal('{"no-keys": }'), /^policy.json:1:13: at \$\["no-keys"\]: not JSON: /);
  });

  it("that puts a list at the top is named", () => {
    assert.match(refusal("[]"), /^policy.json is not a JSON object/);
  });

  it("that gives a number for a policy is named", () => {
    assert.match(refusal('{"no-keys": 1}'), /"no-keys" must be a level or an object/);
  });
});
