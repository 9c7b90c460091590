import assert from "node:assert/strict";
import { makeRemediateRpcFun } from "@pulumi/policy/server";
import type { RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { signatureKey } from "../../../policypack/host/outgoing/secret-envelope";
import { pulumiPolicies } from "../../../policypack/host/protocol/pulumi-policies";
import { passwordPolicyStrength } from "../../../policypack/rules/organization/password-policy-strength";
import { type Config, call, Engine, today } from "../asked";
import { analyzeRequest, type Registered, unknownText } from "../requests";
import { lampOn, lampType, lampWatts } from "../rules";

const remediate: Config = { "lamp-watts": "remediate" };
const secret = { [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2-is-secret" };
const lamp: Registered = {
  type: lampType,
  name: "desk",
  inputs: { watts: 100, password: secret, colour: unknownText, __defaults: ["watts", "colour"] },
};

async function remedied(config: Config, resource = lamp): Promise<RemediateResponse> {
  const engine = new Engine({ rules: [lampOn, lampWatts], config });
  await engine.start(true);
  return engine.remediate(resource);
}

function properties(response: RemediateResponse) {
  return response.getRemediationsList().map((remediation) => remediation.getProperties()?.toJavaScript());
}

describe("remediation", () => {
  it("changes what the rule would find, and keeps the rest: secrets, unknown values, the provider's notes", async () => {
    assert.deepEqual(properties(await remedied(remediate)), [
      { watts: 40, password: secret, colour: unknownText, __defaults: ["colour"] },
    ]);
  });

  it("uses the rule's options", async () => {
    const config = { "lamp-watts": { enforcementLevel: "remediate", most: 60 } };
    assert.deepEqual(properties(await remedied(config)), [
      { watts: 60, password: secret, colour: unknownText, __defaults: ["colour"] },
    ]);
  });

  it("is off unless the level is remediate, which all: mandatory overrides as well", async () => {
    assert.deepEqual(properties(await remedied({})), []);
    assert.deepEqual(properties(await remedied({ all: "mandatory" })), []);
    assert.deepEqual(properties(await remedied({ all: "remediate" })).length, 1);
  });

  it("leaves a resource alone that has nothing to mend", async () => {
    assert.deepEqual(properties(await remedied(remediate, { ...lamp, inputs: { watts: 40 } })), []);
    assert.deepEqual(properties(await remedied(remediate, { ...lamp, type: "test:index:Socket" })), []);
  });

  it("says of every rule that changed nothing that it had nothing to do, so that nobody counts it as passed", async () => {
    const told = (response: RemediateResponse) => response.getNotApplicableList().map((it) => it.getPolicyName());
    assert.deepEqual(told(await remedied(remediate)), ["lamp-on"]);
    assert.deepEqual(told(await remedied({})), ["lamp-on", "lamp-watts"]);
  });

  it("leaves a waived resource alone", async () => {
    const waiver = { rule: "lamp-watts", resource: "desk", reason: "A reading lamp.", expires: "2026-06-30" };
    assert.deepEqual(properties(await remedied({ ...remediate, settings: { waivers: [waiver] } })), []);
  });

  it("that fails says so and changes nothing; the finding still blocks", async () => {
    const broken = { ...lamp, inputs: { watts: "crash" } };
    const [remediation] = (await remedied(remediate, broken)).getRemediationsList();
    assert.match(remediation?.getDiagnostic() ?? "", /^The remediation failed \(RangeError at rules\.ts:\d+:\d+\);/);
    assert.equal(remediation?.hasProperties(), false);
  });

  it("is followed by a finding where it was not applied", async () => {
    const engine = new Engine({ rules: [lampWatts], config: remediate });
    await engine.start(true);
    assert.deepEqual(
      (await engine.analyze(lamp)).map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-watts mandatory"],
    );
  });

  it("makes a weak password policy pass", async () => {
    const config: Config = { "password-policy-strength": "remediate" };
    const engine = new Engine({ rules: [passwordPolicyStrength], config });
    await engine.start(true);
    const type = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
    const weak = { type, name: "policy", inputs: { minimumPasswordLength: 8, allowUsersToChangePassword: true } };
    const [mended] = (await engine.remediate(weak)).getRemediationsList();
    const inputs = mended?.getProperties()?.toJavaScript() ?? {};
    assert.equal(inputs.minimumPasswordLength, 14);
    assert.equal(inputs.allowUsersToChangePassword, true);
    assert.deepEqual(await engine.analyze({ ...weak, inputs }), []);
  });

  it("makes a weak password policy of the Terraform bridge pass, and leaves a strong one alone", async () => {
    const config: Config = { "password-policy-strength": "remediate" };
    const engine = new Engine({ rules: [passwordPolicyStrength], config });
    await engine.start(true);
    const type = "aws:index/iamAccountPasswordPolicy:IamAccountPasswordPolicy";
    const weak = { type, name: "policy", inputs: { minimumPasswordLength: 8, allowUsersToChangePassword: true } };
    const [mended] = (await engine.remediate(weak)).getRemediationsList();
    const inputs = mended?.getProperties()?.toJavaScript() ?? {};
    assert.deepEqual(inputs, {
      allowUsersToChangePassword: true,
      maxPasswordAge: 90,
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
    });
    assert.deepEqual(await engine.analyze({ ...weak, inputs }), []);
    assert.deepEqual(properties(await engine.remediate({ ...weak, inputs })), []);
  });
});

describe("remediation by Pulumi's own server", () => {
  it("changes the same, and keeps secrets and unknown values", async () => {
    const policies = pulumiPolicies({ rules: [lampWatts], now: () => today }).map((policy) => ({
      ...policy,
      enforcementLevel: "remediate" as const,
    }));
    const handler = makeRemediateRpcFun("pack", "1.2.3", "advisory", policies);
    const [changed] = (await call(handler, analyzeRequest(lamp))).getRemediationsList();
    const { watts, password, colour } = changed?.getProperties()?.toJavaScript() ?? {};
    assert.deepEqual({ watts, password, colour }, { watts: 40, password: secret, colour: unknownText });
  });
});
