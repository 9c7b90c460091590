import assert from "node:assert/strict";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { signatureKey } from "../../../policypack/host/outgoing/secret-envelope";
import { rules } from "../../../policypack/rules";
import { call, Engine, received } from "../asked";
import { analyzeRequest, type Fields, type Registered } from "../requests";
import { lampOn, lampType } from "../rules";

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
    const request = {
      ...received(analyzeRequest({ type: lampType, name: "desk", inputs: {} })),
      get urn(): string {
        throw new TypeError(`cannot read ${password}`);
      },
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

describe("a secret trust policy", () => {
  const role = (external: Fields[string]): Registered => ({
    type: "aws:iam/role:Role",
    name: "partner",
    inputs: {
      name: "partner",
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      assumeRolePolicy: external,
    },
  });
  const document = (value: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": value, "aws:SourceVpc": "vpc-0123planted" } },
      },
    });

  it("is told of by its path: its external id and what it asks of a request are not", async () => {
    const told = await new Engine({ rules }).preview([role(wrapped(document("giraffe-17")))]);
    const text = told.map(({ message }) => message).join("\n");
    assert.ok(told.some(({ policy }) => policy === "no-open-admin-role"));
    assert.equal(/giraffe|0123planted/.test(text), false);
    assert.match(text, /\[secret\]/);
  });

  it("that is none is told of with what it asks, so that the finding can be followed", async () => {
    const told = await new Engine({ rules }).preview([role(document("giraffe-17"))]);
    assert.match(told.map(({ message }) => message).join("\n"), /giraffe-17/);
  });

  it("is masked, too, where only the stack's configuration calls its value a secret", async () => {
    const engine = new Engine({ rules });
    const request = new AnalyzerStackConfigureRequest();
    request.setStack("dev");
    request.setProject("shop");
    request.setDryRun(true);
    request.getConfigMap().set("shop:external", "giraffe-17").set("shop:open", "vpc-0123planted");
    request.setConfigSecretKeysList(["shop:external"]);
    await call(engine.service.configureStack, request);
    await engine.analyze(role(document("giraffe-17")));
    const text = (await engine.analyzeStack([role(document("giraffe-17"))])).map(({ message }) => message).join("\n");
    assert.equal(text.includes("giraffe-17"), false);
    assert.match(text, /0123planted/);
  });
});

describe("a hostile name", () => {
  const hostile = "x\n::error::owned \u001b[31m ##vso[task.setvariable]\u202e";

  it("colours nothing, begins no line and gives no command, in no finding", async () => {
    const told = await new Engine({ rules }).preview([
      { type: "aws:iam/group:Group", name: hostile, inputs: { name: hostile, path: "/" } },
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: `grant ${hostile}`,
        inputs: { group: hostile, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      },
      { type: "aws:iam/groupPolicy:GroupPolicy", name: hostile, inputs: { group: hostile, policy: `{"${hostile}"` } },
    ]);
    assert.ok(told.length > 0);
    for (const { message } of told) {
      assert.equal(/[\p{Cf}]|(?!\n)\p{Cc}/u.test(message), false, JSON.stringify(message));
      assert.equal(/^\s*::|##vso/m.test(message), false, message);
    }
  });

  it("of a megabyte is shown by its ends", async () => {
    const name = "n".repeat(1 << 20);
    const told = await new Engine({ rules }).preview([
      { type: "aws:iam/group:Group", name: "long", inputs: { name, path: "/" } },
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "grant",
        inputs: { group: name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      },
    ]);
    assert.ok(told.some(({ message }) => message.includes("characters left out")));
    for (const { message } of told) assert.ok(message.length < 10_000);
  });
});
