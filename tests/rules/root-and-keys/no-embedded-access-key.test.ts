import assert from "node:assert/strict";
import { toldBy } from "../told";

const id = ["AKIA", "QWERTYUIOPASDF23"].join("");

function toldOf(type: string, properties: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  return toldBy("no-embedded-access-key", [{ type, name: "place", properties }]);
}

describe("the storage that is meant for keys", () => {
  it("is Secrets Manager by the Terraform bridge", async () => {
    const type = "aws:index/secretsmanagerSecretVersion:SecretsmanagerSecretVersion";
    assert.deepEqual(await toldOf(type, { secretString: id }), []);
  });
  it("is not the policy of a secret", async () => {
    const type = "aws:index/secretsmanagerSecretPolicy:SecretsmanagerSecretPolicy";
    assert.deepEqual(await toldOf(type, { policy: id }), ["mandatory: place"]);
  });
  it("is Secrets Manager by AWS's Cloud Control provider of Terraform", async () => {
    const type = "awscc:index/secretsmanagerSecret:SecretsmanagerSecret";
    assert.deepEqual(await toldOf(type, { secretString: id }), []);
  });
  it("is a SecureString by the Terraform bridge", async () => {
    const type = "aws:index/ssmParameter:SsmParameter";
    assert.deepEqual(await toldOf(type, { type: "SecureString", value: id }), []);
  });
  it("is not a String by the Terraform bridge", async () => {
    const type = "aws:index/ssmParameter:SsmParameter";
    assert.deepEqual(await toldOf(type, { type: "String", value: id }), ["mandatory: place"]);
  });
  it("is Secrets Manager by Cloud Control", async () => {
    const desiredState = JSON.stringify({ SecretString: id });
    const type = "aws:cloudcontrol/resource:Resource";
    assert.deepEqual(await toldOf(type, { typeName: "AWS::SecretsManager::Secret", desiredState }), []);
  });
  it("is not a function by Cloud Control", async () => {
    const desiredState = JSON.stringify({ Environment: { Variables: { KEY: id } } });
    const type = "aws:cloudcontrol/resource:Resource";
    assert.deepEqual(await toldOf(type, { typeName: "AWS::Lambda::Function", desiredState }), ["mandatory: place"]);
  });
});
