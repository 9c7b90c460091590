import assert from "node:assert/strict";
import { eventMatches } from "./event-pattern";

const event = {
  detail: { eventName: "AttachRolePolicy", readOnly: false, requestParameters: { roleName: "team/ops" } },
};

describe("the evaluator of event patterns", () => {
  it("wants one of the values of each field", () => {
    assert.equal(eventMatches({ detail: { eventName: ["A", "AttachRolePolicy"], readOnly: [false] } }, event), true);
    assert.equal(eventMatches({ detail: { eventName: ["AttachRolePolicy"], readOnly: [true] } }, event), false);
  });

  it("knows wildcards", () => {
    const role = (wildcard: string) => ({ detail: { requestParameters: { roleName: [{ wildcard }] } } });
    assert.equal(eventMatches(role("*/ops"), event), true);
    assert.equal(eventMatches(role("t*/o*s"), event), true);
    assert.equal(eventMatches(role("*/op"), event), false);
  });

  it("tells a field that is not there from one with another value", () => {
    const code = (matcher: object) => ({ detail: { errorCode: [matcher] } });
    assert.equal(eventMatches(code({ exists: false }), event), true);
    assert.equal(eventMatches(code({ "anything-but": "AccessDenied" }), event), false);
    assert.equal(eventMatches({ detail: { eventName: [{ "anything-but": "X" }] } }, event), true);
    assert.equal(eventMatches({ detail: { eventName: [{ "anything-but": { wildcard: "Attach*" } }] } }, event), false);
  });

  it("wants one alternative of $or", () => {
    assert.equal(eventMatches({ detail: { $or: [{ eventName: ["X"] }, { readOnly: [false] }] } }, event), true);
    assert.equal(eventMatches({ detail: { $or: [{ eventName: ["X"] }, { readOnly: [true] }] } }, event), false);
  });
});
