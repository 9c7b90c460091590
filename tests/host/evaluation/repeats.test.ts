import assert from "node:assert/strict";
import type { StatementRef } from "../../../policypack/iam/answer/grant";
import { defineRule, type Finding } from "../../../policypack/rules/authoring/rule";
import { type Config, Engine } from "../asked";
import { lampType } from "../rules";

const first: StatementRef = { origin: "policy", path: "$.Statement[0]" };
const second: StatementRef = { origin: "policy", path: "$.Statement[1]" };

/** A rule that finds every lamp by some statements. */
function finds(
  id: string,
  statements: readonly StatementRef[],
  more: { yieldsTo?: string[]; ceiling?: "advisory" } = {},
) {
  const { yieldsTo, ...ceiling } = more;
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
    examples: { fail: [], pass: [], undecided: [] },
    ...(yieldsTo === undefined ? {} : { yieldsTo }),
    *check({ urn, type, name }): Iterable<Finding> {
      if (type !== lampType) return;
      yield { kind: "finding", urn, subject: name, what: id, why: "It is.", fix: "Mend it.", statements, ...ceiling };
    },
  });
}

const strong = finds("strong", [first]);
const weakOnSame = finds("weak", [first], { yieldsTo: ["strong"] });
const weakOnMore = finds("weak", [first, second], { yieldsTo: ["strong"] });
const lamp = { type: lampType, name: "desk", inputs: {} };

async function told(rules: readonly ReturnType<typeof finds>[], config: Config = {}): Promise<string[]> {
  const findings = await new Engine({ rules, config }).preview([lamp]);
  return findings.map(({ policy, level }) => `${policy} ${level}`);
}

describe("one cause", () => {
  it("is told once, by the stronger rule, whatever the order of the list", async () => {
    assert.deepEqual(await told([strong, weakOnSame]), ["strong mandatory"]);
    assert.deepEqual(await told([weakOnSame, strong]), ["strong mandatory"]);
  });

  it("is told again for statements that the stronger rule says nothing of", async () => {
    assert.deepEqual(await told([strong, weakOnMore]), ["strong mandatory", "weak mandatory"]);
  });

  it("is told again by a rule that does not yield", async () => {
    assert.deepEqual(await told([strong, finds("other", [first])]), ["other mandatory", "strong mandatory"]);
  });

  it("is told by the weaker rule when the stronger is disabled", async () => {
    assert.deepEqual(await told([strong, weakOnSame], { strong: "disabled" }), ["weak mandatory"]);
  });

  it("blocks by the weaker rule when the stronger only advises", async () => {
    const advising = finds("strong", [first], { ceiling: "advisory" });
    assert.deepEqual(await told([advising, weakOnSame]), ["strong advisory", "weak mandatory"]);
  });

  it("stays told once when the stronger rule's finding is waived", async () => {
    const waiver = { rule: "strong", resource: "desk", reason: "Accepted for now.", expires: "2026-06-30" };
    assert.deepEqual(await told([strong, weakOnSame], { settings: { waivers: [waiver] } }), ["strong advisory"]);
  });
});
