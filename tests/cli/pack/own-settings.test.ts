import assert from "node:assert/strict";
import { Failure } from "../../../cli/failure";
import type { JsonObject } from "../../../cli/offline/wire";
import { requireOwnSettings } from "../../../cli/pack/own-settings";

function refusal(content: JsonObject): Failure {
  try {
    requireOwnSettings("policy.json", content);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error;
  }
  return assert.fail("the configuration was accepted");
}

describe("a configuration of the guardrails themselves", () => {
  it("may set what they know", () => {
    requireOwnSettings("policy.json", {
      all: "advisory",
      "password-policy-strength": { enforcementLevel: "mandatory", maxAgeDays: 60 },
    });
  });

  it("is refused in the guardrails' own words, with the nearest name", () => {
    const { message, fix } = refusal({ "require-user-mfs": "advisory" });
    assert.match(message, /^policy\.json: "require-user-mfs" /);
    assert.match(`${message} ${fix}`, /require-user-mfa/);
  });

  it("is refused with every mistake at once", () => {
    const { message, details } = refusal({
      "require-user-mfs": "advisory",
      "password-policy-strength": { maxAgeDay: 1 },
    });
    assert.match(message, /require-user-mfs/);
    assert.match(details, /"password-policy-strength\.maxAgeDay" /);
  });
});
