import assert from "node:assert/strict";
import { signatureKey } from "../../policypack/host/decode";
import { rules } from "../../policypack/rules";
import { call, Engine } from "./engine";
import { analyzeRequest, type Fields, type Registered } from "./requests";
import { lampOn, lampType } from "./rules";

const keyId = ["AKIA", "PLANTEDPLANTED12"].join("");
const secretKey = `planted${"Secret0123".repeat(4)}`.slice(0, 40);
const password = "planted-password-9";
const wrapped = (value: string): Fields => ({ [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value });

const resources: readonly Registered[] = [
  { type: "pulumi:providers:aws", name: "plain", inputs: { accessKey: keyId, secretKey } },
  {
    type: "pulumi:providers:aws",
    name: "secret",
    inputs: { accessKey: wrapped(keyId), secretKey: wrapped(secretKey) },
  },
  {
    type: "aws:lambda/function:Function",
    name: "function",
    inputs: { environment: { variables: { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey } } },
  },
  {
    type: "aws:iam/groupPolicy:GroupPolicy",
    name: "no-json",
    inputs: { group: "g", policy: `{"Statement": ${password} ${secretKey}}` },
  },
  {
    type: "aws:iam/groupPolicy:GroupPolicy",
    name: "no-policy",
    inputs: { group: "g", policy: wrapped(JSON.stringify({ Statement: [{ Effect: password, [keyId]: secretKey }] })) },
  },
  { type: "aws:iam/user:User", name: "odd", inputs: { name: { password }, path: password } },
  { type: "aws:iam/user:User", name: "bounded", inputs: { name: "bounded", permissionsBoundary: secretKey } },
  {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    name: "a",
    inputs: { group: "g", policyArn: password },
  },
  { type: "aws:organizations/organization:Organization", name: "acme", inputs: { featureSet: password } },
  { type: "aws:organizations/policy:Policy", name: "scp", inputs: { content: "{}" } },
];

describe("secrets", () => {
  it("that are planted in every input never come back in a finding; of a key id only the first letters do", async () => {
    const told = await new Engine({ rules, ambientKeyId: keyId }).preview(resources);
    const text = JSON.stringify(told).replace(/\s+/g, "");
    assert.ok(told.length >= 4, "there are findings to search");
    assert.equal(text.includes(keyId), false);
    assert.equal(text.includes(secretKey), false);
    assert.equal(text.includes(password), false);
    assert.match(text, /AKIA…/);
  });

  it("do not come back in the error of a request that fails", async () => {
    const engine = new Engine({ rules: [lampOn] });
    const request = analyzeRequest({ type: lampType, name: "desk", inputs: {} });
    request.getProperties = () => {
      throw new TypeError(`cannot read ${password}`);
    };
    await assert.rejects(call(engine.service.analyze, request), (error: Error) => {
      assert.match(
        error.message,
        /^The policy pack failed \(TypeError at secrets\.test\.ts:\d+:\d+\); please report it\.$/,
      );
      return true;
    });
    assert.deepEqual(await engine.analyze({ type: lampType, name: "desk", inputs: {} }), []);
  });
});
