import assert from "node:assert/strict";
import { EnforcementLevel, PolicySeverity, PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { rules } from "../../../policypack/rules";
import { noOverbroadGroup } from "../../../policypack/rules/administrators/no-overbroad-group";
import { Engine } from "../asked";
import { lampDim, lampOn } from "../rules";

async function policyNamed(name: string) {
  const info = await new Engine({ rules: [lampOn, lampDim, noOverbroadGroup] }).info();
  const policy = info.getPoliciesList().find((candidate) => candidate.getName() === name);
  assert.ok(policy);
  return policy;
}

describe("what the pack tells about itself", () => {
  it("is its name, version and that it can be configured", async () => {
    const info = await new Engine({ rules: [lampOn] }).info();
    assert.equal(info.getName(), "pack");
    assert.equal(info.getVersion(), "1.2.3");
    assert.equal(info.getDescription(), "A pack.");
    assert.equal(info.getSupportsconfig(), true);
    assert.match(info.getReadme(), /^# About the pack$/);
  });

  it("has no initial configuration, which could make a policy advisory by leaving its level out", async () => {
    const info = await new Engine({ rules: [lampOn] }).info();
    assert.equal(info.getInitialconfigMap().getLength(), 0);
  });

  it("describes a rule", async () => {
    const policy = await policyNamed("lamp-on");
    assert.equal(policy.getDisplayname(), "Lamps are not on");
    assert.equal(policy.getDescription(), "Lamps are not on");
    assert.equal(policy.getMessage(), "Lamps are on by mistake.");
    assert.equal(policy.getRemediationSteps(), "Switch it off.");
    assert.equal(policy.getUrl(), "docs/rules/lamp-on.md");
    assert.equal(policy.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    assert.equal(policy.getSeverity(), PolicySeverity.POLICY_SEVERITY_HIGH);
    assert.equal(policy.getPolicyType(), PolicyType.POLICY_TYPE_RESOURCE);
    const framework = policy.getFramework();
    assert.equal(framework?.getName(), "Lamp Code");
    assert.equal(framework?.getVersion(), "2");
    assert.equal(framework?.getReference(), "L-1");
    assert.equal(framework?.getSpecification(), "Lamps are not on");
    assert.deepEqual(policy.getTagsList(), ["House Rules 3 H-7"]);
  });

  it("gives an advisory rule its level, and a rule about the whole stack its type", async () => {
    assert.equal((await policyNamed("lamp-dim")).getEnforcementlevel(), EnforcementLevel.ADVISORY);
    assert.equal((await policyNamed("no-overbroad-group")).getPolicyType(), PolicyType.POLICY_TYPE_STACK);
  });

  it("has a schema of every option, with defaults, bounds and descriptions", async () => {
    const schema = (await policyNamed("lamp-on")).getConfigschema()?.getProperties()?.toJavaScript();
    assert.deepEqual(schema, {
      watts: { type: "integer", description: "Most watts.", default: 40, minimum: 1, maximum: 100 },
      colours: { type: "array", items: { type: "string" }, description: "Colours allowed.", default: ["white"] },
      mood: { type: "string", description: "Mood.", enum: ["calm", "bright"], default: "calm" },
      owner: { type: "string", description: "Whose lamp it is." },
      strict: { type: "boolean", description: "Whether dim counts.", default: false },
      onUnknown: {
        type: "string",
        description:
          "What becomes of what this rule cannot decide yet: told with all else that is undecided (advisory), a finding of the rule itself at its level (enforce), or nothing (ignore).",
        enum: ["advisory", "enforce", "ignore"],
        default: "advisory",
      },
    });
  });

  it("has the policy settings, whose waivers no schema can reject for what they lack", async () => {
    const settings = await policyNamed("settings");
    assert.equal(settings.getEnforcementlevel(), EnforcementLevel.MANDATORY);
    const schema = settings.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
    assert.deepEqual(schema.sanctionedGroups, {
      type: "array",
      items: { type: "string" },
      description: "Groups that may hold admin power, as name globs; each must be gated by MFA.",
      default: [],
    });
    const { items } = schema.waivers as { items: object };
    assert.deepEqual(Object.keys(items).sort(), ["properties", "type"]);
  });

  it("leaves no rule of the pack without a description, a level that is meant, and steps to take", async () => {
    const info = await new Engine({ rules }).info();
    const thin = info
      .getPoliciesList()
      .filter((policy) => !policy.getDescription() || !policy.getMessage() || !policy.getRemediationSteps())
      .map((policy) => policy.getName());
    assert.deepEqual(thin, []);
    assert.equal(info.getPoliciesList().length, rules.length + 2);
  });
});
