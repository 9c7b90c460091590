import assert from "node:assert/strict";
import { unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  ownAccount,
  role,
  trust,
  withMfa,
} from "../../../policypack/rules/authoring/example-resources";
import { toldBy } from "../told";

const id = "time-boxed-admin-role";
const blocking = { [id]: "mandatory" } as const;
const alice = { AWS: "arn:aws:iam::111122223333:user/alice" };

function admin(assumeRolePolicy: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const { properties, ...rest } = role("ops", "", { managedPolicyArns: [administratorAccess], ...more });
  return { ...rest, properties: { ...properties, assumeRolePolicy } };
}

describe("time-boxed-admin-role", () => {
  it("people are whoever the trust policy means, by name or by account", async () => {
    assert.deepEqual(await toldBy(id, [admin(trust(ownAccount))]), ["advisory: ops"]);
    assert.deepEqual(await toldBy(id, [admin(trust(alice))]), ["advisory: ops"]);
    assert.deepEqual(await toldBy(id, [admin(trust(alice, withMfa))]), []);
    assert.deepEqual(await toldBy(id, [admin(trust({ AWS: "arn:aws:iam::111122223333:role/ci" }))]), []);
  });

  it("a session whose length is not known yet may be too long", async () => {
    const length = (maxSessionDuration: unknown) => [admin(trust(ownAccount, withMfa), { maxSessionDuration })];
    assert.deepEqual(await toldBy(id, length(7200), blocking), ["mandatory: ops"]);
    assert.deepEqual(await toldBy(id, length(3600), blocking), []);
    assert.deepEqual(await toldBy(id, length(unknownFrom("hours")), blocking), ["advisory?: ops"]);
    assert.deepEqual(await toldBy(id, length(unknownFrom("hours"))), ["unsaid?: ops"]);
  });

  it("a trust policy that is not known yet may let people in without MFA", async () => {
    assert.deepEqual(await toldBy(id, [admin(unknownFrom("later"))], blocking), ["advisory?: ops"]);
    assert.deepEqual(await toldBy(id, [admin(unknownFrom("later"))]), ["unsaid?: ops"]);
  });
});
