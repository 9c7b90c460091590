import assert from "node:assert/strict";
import { defineRule, type Finding, type Undecided, type Yielded } from "../../../policypack/rules/authoring/rule";
import { type Config, Engine } from "../asked";
import { lampType } from "../rules";

const lamp = { type: lampType, name: "desk", inputs: {} };

/** A rule about lamps that says what it is given, in that order. */
function says(
  id: string,
  said: (urn: string) => readonly (Finding | Undecided | Yielded)[],
  yieldsTo: readonly string[] = [],
) {
  return defineRule({
    id,
    title: "Lamps are off",
    level: "mandatory",
    severity: "high",
    rationale: "Lamps are on by mistake.",
    remediation: "Switch it off.",
    controls: [],
    options: {},
    on: "resource",
    yieldsTo,
    examples: { fail: [], pass: [], undecided: [] },
    *check({ urn, type }): Iterable<Finding | Undecided | Yielded> {
      if (type === lampType) yield* said(urn);
    },
  });
}

function finding(urn: string, what: string): Finding {
  return { kind: "finding", urn, subject: "desk", what, why: "It is.", fix: "Mend it." };
}

const toStrong: Yielded = { kind: "yielded", to: "strong" };
const strong = says("strong", (urn) => [finding(urn, "too bright")]);
const silent = says("strong", () => []);
const weak = says("weak", (urn) => [toStrong, finding(urn, "on")], ["strong"]);

async function told(rules: readonly ReturnType<typeof says>[], config: Config = {}): Promise<string[]> {
  const findings = await new Engine({ rules, config }).preview([lamp]);
  return findings.map(({ policy, level, message }) => `${policy} ${level}: ${message.split("\n")[0]}`);
}

describe("one cause", () => {
  it("is told once, by the rule that the other yields to, whatever the order of the list", async () => {
    assert.deepEqual(await told([strong, weak]), ["strong mandatory: too bright"]);
    assert.deepEqual(await told([weak, strong]), ["strong mandatory: too bright"]);
  });

  it("is told by nobody where the rule that answers for it accepts it", async () => {
    assert.deepEqual(await told([silent, weak]), []);
  });

  it("is told by the yielding rule when the other is disabled", async () => {
    assert.deepEqual(await told([strong, weak], { strong: "disabled" }), ["weak mandatory: on"]);
  });

  it("stays told once when the finding of the rule that answers for it is waived", async () => {
    const waiver = { rule: "strong", resource: "desk", reason: "Accepted for now.", expires: "2026-06-30" };
    assert.deepEqual(await told([strong, weak], { settings: { waivers: [waiver] } }), ["strong advisory: too bright"]);
  });
});

describe("a rule that yields", () => {
  it("has said what it said before, and nothing after", async () => {
    const between = says("weak", (urn) => [finding(urn, "loose"), toStrong, finding(urn, "on")], ["strong"]);
    assert.deepEqual(await told([silent, between]), ["weak mandatory: loose"]);
    assert.deepEqual(await told([silent, between], { strong: "disabled" }), [
      "weak mandatory: loose",
      "weak mandatory: on",
    ]);
  });

  it("declares to whom: else it breaks, rather than let something through", async () => {
    const [broken] = await told([silent, says("weak", () => [toStrong])]);
    assert.match(broken ?? "", /^weak mandatory: .*could not be judged/);
  });

  it("may leave a doubt to be told beside the other rule, which it does not tell where it goes on", async () => {
    const doubt = (urn: string): Undecided => ({
      kind: "undecided",
      urn,
      subject: "desk",
      because: "its switch is not known yet",
      waiting: [],
    });
    const doubting = says("weak", (urn) => [{ ...toStrong, leaving: [doubt(urn)] }, finding(urn, "on")], ["strong"]);
    const config = { weak: { onUnknown: "enforce" } };
    assert.deepEqual(await told([silent, doubting], config), [
      "weak mandatory: Desk cannot be judged yet: its switch is not known yet.",
    ]);
    assert.deepEqual(await told([silent, doubting], { ...config, strong: "disabled" }), ["weak mandatory: on"]);
  });
});
