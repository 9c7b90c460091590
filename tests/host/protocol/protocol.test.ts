import assert from "node:assert/strict";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { rules } from "../../../policypack/rules";
import { call, Engine, receivedStack, reconciled, type Told } from "../asked";
import { type Registered, stackRequest, urnOf } from "../requests";

const group: Registered = { type: "aws:iam/group:Group", name: "admins", inputs: { name: "admins", path: "/" } };
const grant: Registered = {
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  name: "all",
  inputs: { group: "admins", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
};
const deny: Registered = {
  type: "aws:iam/groupPolicy:GroupPolicy",
  name: "none",
  inputs: {
    name: "none",
    group: "admins",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } }),
  },
};
const keyHolder: Registered = {
  type: "aws:lambda/function:Function",
  name: "report",
  inputs: { environment: { variables: { AWS_ACCESS_KEY_ID: ["AKIA", "QWERTYUIOPASDF23"].join("") } } },
};
const adminsFound = `no-overbroad-group mandatory ${urnOf(group.type, "admins")}`;
const keyFound = `no-embedded-access-key mandatory ${urnOf(keyHolder.type, "report")}`;
const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

function lines(told: readonly Told[]): readonly string[] {
  return told.map(({ policy, level, urn }) => `${policy} ${level} ${urn}`);
}

async function started(isPreview: boolean): Promise<Engine> {
  const engine = new Engine({ rules });
  await engine.start(isPreview);
  return engine;
}

async function switchOff(engine: Engine): Promise<void> {
  await call(engine.service.configure, reconciled(await engine.info(), { all: "disabled" }));
}

function announce(engine: Engine, isPreview: boolean): Promise<unknown> {
  const request = new AnalyzerStackConfigureRequest();
  request.setStack("dev");
  request.setProject("shop");
  request.setDryRun(isPreview);
  return call(engine.service.configureStack, request);
}

describe("a second configuration", () => {
  it("is refused before the first resource, changes nothing and is told at the next one of an update", async () => {
    const engine = await started(false);
    await assert.rejects(switchOff(engine), { code: 9, details: /^Configure came a second time/ });
    const [told, ...others] = await engine.analyze(group);
    assert.deepEqual(lines([told as Told]), [`settings mandatory ${stack}`]);
    assert.equal(told?.severity, "critical");
    assert.match(
      told?.message ?? "",
      /^Somebody else than the engine called this policy pack: Configure came a second time\.\n/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(lines(await engine.analyze(grant)), [adminsFound]);
  });

  it("is told at the end of a preview, beside what the stack is blocked for", async () => {
    const engine = await started(true);
    await assert.rejects(switchOff(engine));
    assert.deepEqual(await engine.analyze(group), []);
    assert.deepEqual(await engine.analyze(grant), []);
    assert.deepEqual([...lines(await engine.analyzeStack([group, grant]))].sort(), [
      adminsFound,
      `settings mandatory ${stack}`,
    ]);
  });

  it("is refused after resources too, and counted", async () => {
    const engine = await started(false);
    await engine.analyze(group);
    await assert.rejects(switchOff(engine));
    await assert.rejects(switchOff(engine));
    const [told] = await engine.analyze(deny);
    assert.match(told?.message ?? "", /Configure came a second time \(2\s+times\)/);
  });

  it("is a first one that comes late, where nobody gave one before", async () => {
    const engine = new Engine({ rules });
    await engine.analyze(group);
    await assert.rejects(switchOff(engine), { details: /^Configure came after the first resource/ });
    assert.ok(lines(await engine.analyzeStack([group, grant])).includes(adminsFound));
  });

  it("only advises where the configuration says so of settings, and is silent where it is disabled", async () => {
    for (const [level, expected] of [
      ["advisory", [`settings advisory ${stack}`]],
      ["disabled", []],
    ] as const) {
      const engine = new Engine({ rules, config: { settings: level } });
      await engine.start(true);
      await assert.rejects(switchOff(engine));
      assert.deepEqual(lines(await engine.analyzeStack([group])), expected);
    }
  });
});

describe("a second ConfigureStack", () => {
  it("is refused: an update stays one, and what was shown stays shown", async () => {
    const engine = await started(false);
    await engine.analyze(group);
    await assert.rejects(announce(engine, true), { code: 9, details: /^ConfigureStack came a second time/ });
    assert.deepEqual(
      [...lines(await engine.analyze(grant))].sort(),
      [adminsFound, `settings mandatory ${stack}`].sort(),
    );
  });

  it("is refused after resources of an unannounced analysis of a state", async () => {
    const engine = new Engine({ rules });
    await engine.analyze(group);
    await assert.rejects(announce(engine, false), { details: /^ConfigureStack came after the first resource/ });
  });
});

describe("a resource that somebody else shows", () => {
  it("counts for nothing at the end: a Deny that the stack does not have", async () => {
    const engine = await started(true);
    for (const resource of [deny, group, grant]) await engine.analyze(resource);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [adminsFound]);
  });

  it("takes nothing from the end of an update in which it was stopped before the engine's own was shown", async () => {
    const engine = await started(false);
    await engine.analyze(group);
    assert.deepEqual(lines(await engine.analyze({ ...grant, name: "forged" })), [adminsFound]);
    await engine.analyze(grant);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [adminsFound]);
  });

  it("with the URN of a resource of the stack is told, and what was found there before is told again", async () => {
    const engine = await started(true);
    assert.deepEqual(lines(await engine.analyze(keyHolder)), [keyFound]);
    assert.deepEqual(await engine.analyze({ ...keyHolder, inputs: {} }), []);
    const told = await engine.analyzeStack([keyHolder]);
    assert.deepEqual(lines(told), [`settings mandatory ${stack}`]);
    assert.match(told[0]?.message ?? "", /Analyze showed a resource again,\s+with other inputs/);
  });

  it("is no dispute where the engine shows a resource again as it was", async () => {
    const engine = await started(true);
    await engine.analyze(group);
    assert.deepEqual(await engine.analyze(group), []);
    assert.deepEqual(await engine.analyzeStack([group]), []);
  });
});

describe("an end that somebody else asks for", () => {
  it("takes nothing from the engine's own: the same is told again", async () => {
    const engine = await started(true);
    for (const resource of [group, grant]) await engine.analyze(resource);
    await call(engine.service.analyzeStack, receivedStack(stackRequest([])));
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [adminsFound]);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [adminsFound]);
  });

  it("forgets no inputs, from which a key is known whose finding waits for the end", async () => {
    const engine = await started(true);
    const made: Registered = { type: "aws:iam/accessKey:AccessKey", name: "ci", inputs: { user: "ci" } };
    await engine.analyze(made);
    await engine.analyze(keyHolder);
    await engine.analyzeStack([]);
    assert.ok(lines(await engine.analyzeStack([made, keyHolder])).includes(keyFound));
  });

  it("ends no update", async () => {
    const engine = await started(false);
    await engine.analyze(group);
    await engine.analyzeStack([]);
    assert.deepEqual(lines(await engine.analyze(grant)), [adminsFound]);
  });
});

describe("calls that only ask", () => {
  it("change nothing: Cancel, Handshake, the pack's information, a remediation", async () => {
    const engine = await started(true);
    await engine.analyze(group);
    await call(engine.service.cancel, new Empty());
    await engine.remediate(deny);
    await engine.info();
    await engine.analyze(grant);
    assert.deepEqual(lines(await engine.analyzeStack([group, grant])), [adminsFound]);
  });
});
