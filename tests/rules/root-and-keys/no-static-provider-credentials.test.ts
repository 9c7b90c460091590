import assert from "node:assert/strict";
import { toldBy } from "../told";

const longLived = ["AKIA", "QWERTYUIOPASDF23"].join("");
const temporary = ["ASIA", "QWERTYUIOPASDF23"].join("");
const role = { roleArn: "arn:aws:iam::111122223333:role/deploy" };

/** What the rule tells of a provider with these properties. */
function told(properties: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  return toldBy("no-static-provider-credentials", [{ type: "pulumi:providers:aws", name: "production", properties }]);
}

function native(properties: Readonly<Record<string, unknown>>) {
  return { type: "pulumi:providers:aws-native", name: "production", properties };
}

describe("no-static-provider-credentials", () => {
  it("sees a key within an object of the configuration, written out or as JSON in a text", async () => {
    assert.deepEqual(await told({ assumeRoles: [{ ...role, accessKey: longLived }] }), ["mandatory: production"]);
    assert.deepEqual(await told({ assumeRoles: JSON.stringify([{ ...role, accessKey: longLived }]) }), [
      "mandatory: production",
    ]);
    assert.deepEqual(await told({ accessKey: { value: longLived } }), ["mandatory: production"]);
    assert.deepEqual(await told({ accessKey: JSON.stringify({ value: longLived }) }), ["mandatory: production"]);
    assert.deepEqual(await told({ assumeRoles: JSON.stringify([role]) }), []);
    assert.deepEqual(await told({ accessKey: { value: "test" } }), []);
  });

  it("advises of a temporary one there, and tells one key once", async () => {
    assert.deepEqual(await told({ assumeRoles: [{ ...role, accessKey: temporary }] }), ["advisory: production"]);
    assert.deepEqual(await told({ accessKey: longLived, assumeRoles: [{ ...role, accessKey: longLived }] }), [
      "mandatory: production",
    ]);
  });

  it("sees a secret key alone", async () => {
    const secret = "sEcReT".repeat(7).slice(0, 40);
    const blocked = ["mandatory: production"];
    assert.deepEqual(await told({ secretKey: secret }), blocked);
    assert.deepEqual(await told({ secretKey: { value: secret } }), blocked);
    assert.deepEqual(await told({ secretKey: JSON.stringify({ value: secret }) }), blocked);
    assert.deepEqual(await told({ assumeRoles: [{ ...role, secretKey: secret }] }), blocked);
    assert.deepEqual(await told({ assumeRoles: JSON.stringify([{ ...role, secretKey: secret }]) }), blocked);
    assert.deepEqual(await told({ "aws:secretKey": secret }), blocked);
    assert.deepEqual(await toldBy("no-static-provider-credentials", [native({ secretKey: secret })]), blocked);
    assert.deepEqual(
      await toldBy("no-static-provider-credentials", [native({ secretKey: { value: secret } })]),
      blocked,
    );

    assert.deepEqual(await told({ secretKey: { value: "test" } }), []);
    assert.deepEqual(await told({ assumeRoles: [{ ...role, externalId: secret }] }), []);
    assert.deepEqual(await told({ assumeRoles: [{ ...role, accessKey: temporary, secretKey: secret }] }), [
      "advisory: production",
    ]);
    assert.deepEqual(await told({ accessKey: temporary, secretKey: secret, token: "t" }), ["advisory: production"]);
  });

  it("leaves the key of AWS's documentation and look-alikes alone", async () => {
    assert.deepEqual(await told({ assumeRoles: [{ ...role, accessKey: "AKIAIOSFODNN7EXAMPLE" }] }), []);
    assert.deepEqual(await told({ assumeRoles: [{ ...role, externalId: "AKIA-deploy" }] }), []);
  });
});
