import assert from "node:assert/strict";
import { readConfig } from "../../../policypack/host/configuration/read-config";
import { Engine, type Told } from "../asked";
import { lampDim, lampOn, lampType } from "../rules";

const rules = [lampOn, lampDim];
const lamps = [{ type: lampType, name: "desk-lamp", inputs: { on: true } }];
const waiver = {
  rule: "lamp-on",
  resource: "desk-*",
  reason: "Needed until the move.",
  expires: "2026-06-15",
};

function told(now: string, waivers: unknown, settings: Record<string, unknown> = {}): Promise<Told[]> {
  const config = { settings: { ...settings, waivers } };
  return new Engine({ rules, config, now: new Date(now) }).preview(lamps);
}

async function levels(now: string, waivers: unknown): Promise<string[]> {
  return (await told(now, waivers)).map(({ policy, level }) => `${policy} ${level}`);
}

describe("waivers", () => {
  it("lower a finding to advisory and show reason and date", async () => {
    const [finding] = await told("2026-06-01T00:00:00Z", [waiver]);
    assert.equal(finding?.level, "advisory");
    assert.match(finding?.message ?? "", /^Waived until: 2026-06-15: Needed until the move\.$/m);
  });

  it("hold through the end of their last day in UTC", async () => {
    assert.deepEqual(await levels("2026-06-15T23:59:59Z", [waiver]), ["lamp-on advisory"]);
  });

  it("do not hold on the day after, and say so", async () => {
    const findings = await told("2026-06-16T00:00:00Z", [waiver]);
    assert.deepEqual(
      findings.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on mandatory", "settings advisory"],
    );
    assert.match(findings[0]?.message ?? "", /^Waiver expired: 2026-06-15: Needed until the move\.$/m);
    assert.match(findings[1]?.message ?? "", /settings\.waivers\[0\]: The waiver of lamp-on for desk-\* expired on/);
  });

  it("match the URN as well as the logical name", async () => {
    const byUrn = { ...waiver, resource: "urn:pulumi:dev::*::desk-lamp" };
    assert.deepEqual(await levels("2026-06-01T00:00:00Z", [byUrn]), ["lamp-on advisory"]);
  });

  it("do not hold for another resource, rule, project or stack", async () => {
    const now = "2026-06-01T00:00:00Z";
    assert.deepEqual(await levels(now, [{ ...waiver, resource: "floor-*" }]), ["lamp-on mandatory"]);
    assert.deepEqual(await levels(now, [{ ...waiver, rule: "lamp-dim" }]), ["lamp-on mandatory"]);
    assert.deepEqual(await levels(now, [{ ...waiver, project: "bakery" }]), ["lamp-on mandatory"]);
    assert.deepEqual(await levels(now, [{ ...waiver, stack: "prod" }]), ["lamp-on mandatory"]);
    assert.deepEqual(await levels(now, [{ ...waiver, project: "shop", stack: "d*" }]), ["lamp-on advisory"]);
  });
});

/** What is wrong with one waiver on the first of June 2026. */
function mistakes(entry: unknown, settings: Record<string, unknown> = {}): string[] {
  const config = { settings: { ...settings, waivers: [entry] } };
  return readConfig(config, rules, new Date("2026-06-01T00:00:00Z")).mistakes.map(({ message }) => message);
}

describe("a malformed waiver", () => {
  it("does not hold, and says so", async () => {
    const findings = await told("2026-06-01T00:00:00Z", [{ ...waiver, reason: "because" }]);
    assert.deepEqual(
      findings.map(({ policy, level }) => `${policy} ${level}`),
      ["lamp-on mandatory", "settings advisory"],
    );
    assert.match(findings[1]?.message ?? "", /has too short a reason\. The waiver does not hold\./);
  });

  it("is not one with every field right", () => {
    assert.deepEqual(mistakes(waiver), []);
  });

  it("names an unknown rule", () => {
    const [message] = mistakes({ ...waiver, rule: "lamp-onn" });
    assert.equal(message, 'names the unknown rule "lamp-onn". Did you mean "lamp-on"? The waiver does not hold.');
  });

  it("singles no resource out", () => {
    const vague = /singles nothing out/;
    assert.match(mistakes({ ...waiver, resource: "*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "urn:pulumi:*::*::*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "l*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "*:aws:*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "urn:pulumi:*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "*aws:iam/user:User::*" })[0] ?? "", vague);
    assert.match(mistakes({ ...waiver, resource: "*e*" })[0] ?? "", vague);
    assert.deepEqual(mistakes({ ...waiver, resource: "*aws:iam/user:User::legacy-*" }), []);
    assert.deepEqual(mistakes({ ...waiver, resource: "urn:pulumi:sandbox::*" }), []);
    assert.deepEqual(mistakes({ ...waiver, resource: "*-legacy" }), []);
    assert.deepEqual(mistakes({ ...waiver, resource: "legacy-*" }), []);
  });

  it("has no date, or one that is none", () => {
    assert.match(mistakes({ ...waiver, expires: "soon" })[0] ?? "", /is no date/);
    assert.match(mistakes({ ...waiver, expires: "2026-02-30" })[0] ?? "", /is no date/);
    assert.match(mistakes({ ...waiver, expires: "15.06.2026" })[0] ?? "", /is no date/);
    assert.match(mistakes({ ...waiver, expires: 20260615 })[0] ?? "", /has no expires/);
  });

  it("expires too far ahead", () => {
    assert.deepEqual(mistakes({ ...waiver, expires: "2027-06-01" }), []);
    assert.match(mistakes({ ...waiver, expires: "2027-06-02" })[0] ?? "", /more than 365 days ahead/);
    assert.deepEqual(mistakes({ ...waiver, expires: "2026-06-08" }, { maxWaiverDays: 7 }), []);
    assert.match(mistakes({ ...waiver, expires: "2026-06-09" }, { maxWaiverDays: 7 })[0] ?? "", /more than 7 days/);
  });

  it("misspells a field, which could widen it", () => {
    const [message] = mistakes({ ...waiver, stak: "dev" });
    assert.equal(message, 'has the unknown field "stak". Did you mean "stack"? The waiver does not hold.');
  });

  it("lacks a field or is no object", () => {
    assert.match(mistakes({ rule: "lamp-on", resource: "desk-lamp", expires: "2026-06-15" })[0] ?? "", /has no reason/);
    assert.match(mistakes("lamp-on")[0] ?? "", /is not an object/);
  });

  it("that has only expired is told, but nobody wrote it wrong", () => {
    const [mistake] = readConfig({ settings: { waivers: [waiver] } }, rules, new Date("2026-07-01T00:00:00Z")).mistakes;
    assert.equal(mistake?.harmless, true);
  });
});
