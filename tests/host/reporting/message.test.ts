import assert from "node:assert/strict";
import { findingText } from "../../../policypack/host/reporting/finding-text";
import { messageOf } from "../../../policypack/host/reporting/message";
import type { Finding } from "../../../policypack/rules";
import { Engine } from "../asked";
import { unknownText, urnOf } from "../requests";
import { lampOn, lampType } from "../rules";

const finding = {
  kind: "finding",
  urn: urnOf(lampType, "desk"),
  subject: 'lamp "desk"',
  what: 'The lamp "desk" is on.',
  why: "It may use 40 watts.",
  fix: "Set on: false.",
} as const;

function messageAbout(change: Partial<Finding> = {}, creating?: string): string {
  const text = findingText({ ...finding, ...change }, {}, creating);
  const rest = { severity: "low", level: "mandatory", about: [], decided: true, subjects: [], witnesses: [] } as const;
  return messageOf({ policy: "lamp-on", urn: finding.urn, text, statements: [], fingerprint: "", ...rest });
}

describe("a finding's message", () => {
  it("says what, why, what to do and where to read on", () => {
    assert.equal(
      messageAbout(),
      [
        'The lamp "desk" is on.',
        "Why: It may use 40 watts.",
        "Fix: Set on: false.",
        "More: npx aws-identity-guardrails rules lamp-on",
      ].join("\n"),
    );
  });

  it("fits a terminal of 100 columns under the CLI's indentation of ten", () => {
    const why = `${"word ".repeat(60)}end.`;
    const lines = messageAbout({ why, what: why, fix: why }).split("\n");
    assert.ok(lines.every((line) => line.length <= 90));
    assert.ok(lines.length > 12);
  });

  it("does not break an ARN", () => {
    const arn = `arn:aws:iam::123456789012:policy/${"x".repeat(120)}`;
    assert.ok(messageAbout({ why: `See ${arn} there.` }).includes(arn));
  });

  it("names resources as people know them, not by URN", () => {
    const urn = "urn:pulumi:dev::shop::acme:index:Team$aws:iam/groupPolicy:GroupPolicy::all";
    const why = `By $.Statement[0] of ${urn}#inlinePolicies[0].policy, and ${urn}.`;
    assert.match(
      messageAbout({ why }).replace(/\s+/g, " "),
      /By \$\.Statement\[0\] of inlinePolicies\[0\]\.policy of aws:iam\/groupPolicy:GroupPolicy "all", and aws:iam\/groupPolicy:GroupPolicy "all"\. Fix/,
    );
  });

  it("says before which resource a run was stopped", () => {
    const message = messageAbout({}, urnOf("test:index:Socket", "wall"));
    assert.match(message, /^When: stopped before test:index:Socket "wall" is made\.$/m);
  });
});

describe("an undecided finding's message", () => {
  it("says what is waited for, where that comes from, and what to do", async () => {
    const rule = { ...lampOn, phases: ["stack"] as const };
    const check: typeof rule.check = function* ({ urn, name }) {
      if (name !== "desk") return;
      const waiting = [{ urn, property: "on", on: [urnOf("test:index:Switch", "wall")] }];
      yield { kind: "undecided", urn, subject: 'lamp "desk"', because: "on is not known yet", waiting };
    };
    const lamp = { type: lampType, name: "desk", inputs: { on: unknownText } };
    const config = { "lamp-on": { onUnknown: "enforce" } };
    const [told] = await new Engine({ rules: [{ ...rule, check }], config }).preview([lamp]);
    assert.equal(
      told?.message,
      [
        'Lamp "desk" cannot be judged yet: on is not known yet.',
        "Fix: It is decided once the value is known. To have it decided in preview, build it from",
        "     what is known there: names are, ARNs of new resources are not.",
        'Waits for: on of test:index:Lamp "desk", which comes from test:index:Switch "wall".',
        "More: npx aws-identity-guardrails rules lamp-on",
      ].join("\n"),
    );
  });
});
