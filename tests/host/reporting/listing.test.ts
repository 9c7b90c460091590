import assert from "node:assert/strict";
import { presentable } from "../../../policypack/host/reporting/listing";
import type { Report } from "../../../policypack/host/reporting/report";
import { Engine } from "../asked";
import { stackUrn, urnOf } from "../requests";
import { lampDim, lampOn, lampType } from "../rules";

const found: Report = {
  policy: "a-rule",
  severity: "medium",
  level: "mandatory",
  urn: "urn:pulumi:dev::shop::t::b",
  about: ["urn:pulumi:dev::shop::t::b"],
  decided: true,
  text: { what: "found" },
  subjects: [],
  witnesses: [],
  statements: [],
  fingerprint: "0",
};

function places(reports: readonly Report[]): string[] {
  return reports.map(({ policy, severity, urn, decided }) =>
    [decided ? "decided" : "undecided", severity, urn.split("::").pop(), policy].join(" "),
  );
}

describe("the order of findings", () => {
  it("is decided first, then severity, subject and rule", () => {
    const reports: Report[] = [
      { ...found, decided: false, severity: "critical" },
      { ...found, severity: "low" },
      { ...found, policy: "b-rule" },
      found,
      { ...found, urn: "urn:pulumi:dev::shop::t::a", policy: "z-rule" },
      { ...found, severity: "critical", level: "advisory" },
      { ...found, severity: "high" },
    ];
    const order = [
      "decided critical b a-rule",
      "decided high b a-rule",
      "decided medium a z-rule",
      "decided medium b a-rule",
      "decided medium b b-rule",
      "decided low b a-rule",
      "undecided critical b a-rule",
    ];
    assert.deepEqual(places(presentable(reports, stackUrn)), order);
    assert.deepEqual(places(presentable([...reports].reverse(), stackUrn)), order);
  });
});

describe("too many findings", () => {
  it("are cut to the most severe, and the rest is counted for each rule and level", () => {
    const shown = presentable(
      [
        { ...found, policy: "minor", severity: "low", level: "advisory", urn: "urn:1" },
        { ...found, policy: "minor", severity: "low", level: "advisory", urn: "urn:2" },
        { ...found, policy: "major", severity: "critical", urn: "urn:3" },
        { ...found, policy: "major", severity: "high", urn: "urn:4" },
      ],
      stackUrn,
      2,
    );
    assert.deepEqual(
      shown.map(({ policy, level, urn, text }) => `${policy} ${level} ${urn} ${text.what}`),
      [
        "major mandatory urn:3 found",
        "major mandatory urn:4 found",
        `minor advisory ${stackUrn} 2 more findings of this rule are not listed.`,
      ],
    );
  });

  it("never lose what blocks to what only advises, however severe that is", () => {
    const shown = presentable(
      [
        { ...found, severity: "critical", level: "advisory" },
        { ...found, severity: "low", level: "mandatory" },
      ],
      stackUrn,
      1,
    );
    assert.deepEqual(
      shown.map(({ level, urn }) => `${level} ${urn}`),
      [`mandatory ${found.urn}`, `advisory ${stackUrn}`],
    );
  });

  it("are not cut while a person can read them", () => {
    const reports = Array.from({ length: 100 }, (_, index) => ({ ...found, urn: `urn:${index}` }));
    assert.equal(presentable(reports, stackUrn).length, 100);
    assert.equal(presentable([...reports, found], stackUrn).length, 101);
  });

  it("still block when they were counted only", () => {
    const reports = Array.from({ length: 150 }, (_, index) => ({ ...found, urn: `urn:${index}` }));
    const last = presentable(reports, stackUrn).at(-1);
    assert.equal(last?.level, "mandatory");
    assert.match(last?.text.what ?? "", /^50 more findings of this rule are not listed\./);
  });
});

describe("too many findings told resource by resource", () => {
  const lamp = (name: string) => ({ type: lampType, name, inputs: { on: true } });
  const many = Array.from({ length: 103 }, (_, index) => lamp(`lamp-${index}`));

  it("are listed up to the limit, and the rest is counted at the end", async () => {
    const told = await new Engine({ rules: [lampOn] }).preview(many);
    assert.equal(told.length, 101);
    const { policy, level, urn, message } = told.at(-1) ?? {};
    assert.deepEqual({ policy, level, urn }, { policy: "lamp-on", level: "mandatory", urn: stackUrn });
    assert.match(message ?? "", /^3 more findings of this rule are not listed\./);
  });

  it("that only advise never hide one that blocks", async () => {
    const dim = many.map((entry) => ({ ...entry, inputs: { dim: true } }));
    const told = await new Engine({ rules: [lampDim, lampOn] }).preview([...dim, lamp("on")]);
    assert.deepEqual(
      told.filter(({ policy }) => policy === "lamp-on").map(({ level, urn }) => `${level} ${urn}`),
      [`mandatory ${urnOf(lampType, "on")}`],
    );
  });

  it("are all told in an update, where each stops its own resource", async () => {
    const engine = new Engine({ rules: [lampOn] });
    await engine.start(false);
    for (const entry of many) assert.equal((await engine.analyze(entry)).length, 1);
  });
});

describe("two runs over the same stack", () => {
  it("tell the same in the same order, whatever order the engine sends", async () => {
    const lamp = (name: string) => ({ type: lampType, name, inputs: { on: true, dim: true } });
    const rules = [lampDim, lampOn].map((rule) => ({ ...rule, phases: ["stack"] as const }));
    const forth = await new Engine({ rules }).preview([lamp("a"), lamp("b"), lamp("c")]);
    const back = await new Engine({ rules }).preview([lamp("c"), lamp("b"), lamp("a")]);
    assert.equal(forth.length, 6);
    assert.deepEqual(back, forth);
  });
});
