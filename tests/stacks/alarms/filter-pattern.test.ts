import assert from "node:assert/strict";
import { filterMatches } from "./filter-pattern";

const event = {
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [{ name: "a", id: 1 }],
  SomeObject: null,
  cluster: { enabled: true },
  latency: 250,
};

describe("the evaluator of filter patterns", () => {
  it("compares texts, with * at either end", () => {
    assert.equal(filterMatches('{ $.eventType = "UpdateTrail" }', event), true);
    assert.equal(filterMatches('{ $.eventType = "updateTrail" }', event), false);
    assert.equal(filterMatches("{ $.sourceIPAddress = 111.111.* }", event), true);
    assert.equal(filterMatches("{ $.sourceIPAddress != 123.123.* }", event), true);
    assert.equal(filterMatches('{ $.eventType = "*Trail" }', event), true);
    assert.equal(filterMatches('{ $.eventType = "*Trails" }', event), false);
  });

  it("finds what stands in objects and lists", () => {
    assert.equal(filterMatches('{ $.arrayKey[0] = "value" }', event), true);
    assert.equal(filterMatches('{ $.arrayKey[1] = "value" }', event), false);
    assert.equal(filterMatches("{ $.objectList[0].id = 1 }", event), true);
  });

  it("tells true, false and null from what is not there", () => {
    assert.equal(filterMatches("{ $.cluster.enabled IS TRUE }", event), true);
    assert.equal(filterMatches("{ $.cluster.enabled IS FALSE }", event), false);
    assert.equal(filterMatches("{ $.SomeObject IS NULL }", event), true);
    assert.equal(filterMatches("{ $.SomeObject NOT EXISTS }", event), false);
    assert.equal(filterMatches("{ $.SomeOtherObject NOT EXISTS }", event), true);
    assert.equal(filterMatches("{ $.SomeOtherObject IS NULL }", event), false);
  });

  it("compares numbers", () => {
    assert.equal(filterMatches("{ $.latency > 200 }", event), true);
    assert.equal(filterMatches("{ $.latency > 250 }", event), false);
  });

  it("puts && before ||, and parentheses before both", () => {
    const [no, yes] = ["$.latency = 1", "$.latency = 250"];
    assert.equal(filterMatches(`{ ${yes} || ${no} && ${no} }`, event), true);
    assert.equal(filterMatches(`{ (${yes} || ${no}) && ${no} }`, event), false);
  });

  it("guesses nothing that the guide leaves open", () => {
    assert.throws(() => filterMatches('{ $.missing != "a" }', event), /does not say/);
    assert.throws(() => filterMatches('{ $.cluster.enabled = "true" }', event), /does not compare/);
    assert.throws(() => filterMatches('{ $.eventType = "Update*Trail" }', event), /at the ends only/);
    assert.throws(() => filterMatches('{ $.eventType == "a" }', event), SyntaxError);
    assert.throws(() => filterMatches('{ ($.eventType = "a" }', event), SyntaxError);
  });
});
