import assert from "node:assert/strict";
import { fingerprintOf } from "../../../policypack/host/reporting/fingerprint";

describe("a fingerprint", () => {
  it("is the same for a name that Pulumi has made unique", () => {
    assert.equal(fingerprintOf("no-x", 'user "anna-0942f3b"'), fingerprintOf("no-x", 'user "anna"'));
    assert.notEqual(fingerprintOf("no-x", 'user "anna-0942f3"'), fingerprintOf("no-x", 'user "anna"'));
  });

  it("differs by rule, kind, name and aspect", () => {
    const all = [
      fingerprintOf("no-x", 'user "anna"'),
      fingerprintOf("no-y", 'user "anna"'),
      fingerprintOf("no-x", 'role "anna"'),
      fingerprintOf("no-x", 'user "ben"'),
      fingerprintOf("no-x", 'user "anna"', "gate"),
    ];
    assert.equal(new Set(all).size, all.length);
  });

  it("stays what it was in earlier versions, as baselines rest on it", () => {
    assert.equal(fingerprintOf("no-overbroad-group", 'group "admins"'), "b10b77e87d4e2395460c4ec326a4cada");
  });
});
