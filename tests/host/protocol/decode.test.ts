import assert from "node:assert/strict";
import { signatureKey } from "../../../policypack/host/outgoing/secret-envelope";
import { Secrets } from "../../../policypack/host/outgoing/secrets";
import { decodeProperties, decodeValue, resourceOf } from "../../../policypack/host/protocol/decode";
import { notYet } from "../../../policypack/iam/language/document";
import { received, receivedStack } from "../asked";
import { analyzeRequest, stackRequest, unknownText, urnOf } from "../requests";

describe("decoding of the protocol's values", () => {
  it("keeps plain data", () => {
    assert.deepEqual(decodeValue({ a: [1, true, null, "x"], b: {} }), { a: [1, true, null, "x"], b: {} });
  });

  it("knows what is not known yet, of every type", () => {
    assert.equal(decodeValue("1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"), notYet);
    assert.equal(decodeValue("3eeb2bf0-c639-47a8-9e75-3b44932eb421"), notYet);
    assert.equal(decodeValue("04da6b54-80e4-46f7-96ec-b56ff0331ba9"), notYet);
    assert.equal(decodeValue("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"), notYet);
    assert.equal(decodeValue("030794c1-ac77-496b-92df-f27374a8bd58"), notYet);
    assert.equal(decodeValue("e48ece36-62e2-4504-bad9-02848725956a"), notYet);
    assert.equal(decodeValue("dd056dcd-154b-4c76-9bd3-c8f88648b5ff"), notYet);
  });

  it("keeps a text that only contains the mark of an unknown", () => {
    assert.equal(decodeValue(`arn:${unknownText}`), `arn:${unknownText}`);
  });

  it("finds an unknown inside lists and objects", () => {
    assert.deepEqual(decodeValue({ Statement: [{ Resource: unknownText }] }), { Statement: [{ Resource: notYet }] });
  });

  it("unwraps secrets, nested ones too", () => {
    const secret = (value: unknown) => ({ [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value });
    assert.equal(decodeValue(secret("s")), "s");
    assert.deepEqual(decodeValue(secret({ key: secret("s") })), { key: "s" });
    assert.equal(decodeValue(secret(unknownText)), notYet);
  });

  it("unwraps outputs; one without a value is not known yet", () => {
    const output = { [signatureKey]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", secret: true, dependencies: [] };
    assert.equal(decodeValue({ ...output, value: "v" }), "v");
    assert.equal(decodeValue(output), notYet);
  });

  it("reads a resource reference as the resource's id", () => {
    const reference = { [signatureKey]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x" };
    assert.equal(decodeValue({ ...reference, id: "i-1" }), "i-1");
    assert.equal(decodeValue({ ...reference, id: "" }), notYet);
    assert.equal(decodeValue({ ...reference, id: unknownText }), notYet);
    assert.equal(decodeValue(reference), "urn:x");
  });

  it("reads bytes that are no UTF-8 as text, so that what stands beside them is seen", () => {
    const bytes = (value: unknown) => ({ [signatureKey]: "803fd3297a5875dc03ca845dda5d2a98", value });
    const text = Buffer.concat([Buffer.from([0xff]), Buffer.from("AKIA")]).toString("base64");
    assert.equal(decodeValue(bytes(text)), "\ufffdAKIA");
    assert.deepEqual(decodeValue({ script: bytes("/w==") }), { script: "\ufffd" });
    assert.deepEqual(decodeValue(bytes({ not: "text" })), {
      [signatureKey]: "803fd3297a5875dc03ca845dda5d2a98",
      value: { not: "text" },
    });
  });

  it("does not look into files and archives", () => {
    assert.deepEqual(decodeValue({ [signatureKey]: "c44067f5952c0a294b673a41bacd8c17", text: "secret" }), {});
    assert.deepEqual(decodeValue({ [signatureKey]: "0def7320c3a5731c473e5ecbe6d01bc7", assets: {} }), {});
  });

  it("leaves out what providers note for themselves, and properties that are null", () => {
    assert.deepEqual(decodeProperties({ a: 1, b: null, __defaults: ["a"], c: { __defaults: [], d: null } }), {
      a: 1,
      c: { d: null },
    });
  });

  it("keeps a key that names the prototype as data", () => {
    const decoded = decodeProperties(JSON.parse('{"a": {"constructor": "x"}}'));
    assert.deepEqual(decoded, { a: { constructor: "x" } });
  });
});

describe("decoding of what a state and a preview of Pulumi CLI 3.274 hold", () => {
  const secret = "1b47061264138c4ac30d75fd1eb44270";

  it("takes a secret of a state for not known, as it is a cipher text", () => {
    const accessKey = {
      encryptedSecret: "v-id-85a577bb",
      secret: { [signatureKey]: secret, ciphertext: "v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA==" },
      user: "ci-39e2abf",
    };
    assert.deepEqual(decodeProperties(accessKey), {
      encryptedSecret: "v-id-85a577bb",
      secret: notYet,
      user: "ci-39e2abf",
    });
  });

  it("reads a secret that was exported in plain text", () => {
    const exported = (plaintext: string) => decodeValue({ [signatureKey]: secret, plaintext });
    assert.equal(exported('"s"'), "s");
    assert.deepEqual(exported(JSON.stringify({ arn: unknownText })), { arn: notYet });
    assert.equal(exported("no JSON"), notYet);
  });

  it("takes what a provider's inputs say to themselves for nothing", () => {
    assert.deepEqual(decodeProperties({ __internal: {}, version: "7.48.0" }), { version: "7.48.0" });
  });

  it("knows the sentinel of an attachment in the preview of a new stack", () => {
    const inputs = { group: "builders-8740243", policyArn: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    assert.deepEqual(decodeProperties(inputs), { group: "builders-8740243", policyArn: notYet });
  });
});

describe("decoding of resources", () => {
  it("reads a resource to create with its provider and parent", () => {
    const provider = { urn: "urn:p", type: "pulumi:providers:aws", name: "p", inputs: { region: "eu-west-1" } };
    const resource = resourceOf(
      received(
        analyzeRequest({ type: "aws:iam/group:Group", name: "g", inputs: { name: "g", arn: unknownText }, provider }),
      ),
      new Secrets(),
    );
    assert.equal(resource.urn, "urn:pulumi:dev::shop::aws:iam/group:Group::g");
    assert.equal(resource.type, "aws:iam/group:Group");
    assert.equal(resource.name, "g");
    assert.equal(resource.parent, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    assert.deepEqual({ ...resource.properties }, { name: "g", arn: notYet });
    assert.deepEqual(resource.provider?.properties, { region: "eu-west-1" });
    assert.deepEqual(resource.dependencies, []);
  });

  it("reads a resource in the stack with what its properties were made from", () => {
    const from = urnOf("aws:iam/policy:Policy", "p");
    const [, attachment] = receivedStack(
      stackRequest([
        {
          type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
          name: "a",
          inputs: { group: "g", policyArn: unknownText },
          from: { policyArn: [from] },
        },
      ]),
    );
    assert.ok(attachment);
    const resource = resourceOf(attachment, new Secrets());
    assert.deepEqual(resource.propertyDependencies, { policyArn: [from] });
    assert.deepEqual(resource.dependencies, [from]);
    assert.equal(resource.properties.policyArn, notYet);
  });

  it("knows the secrets of a resource and its provider before anybody reads them", () => {
    const secret = (value: string) => ({ [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value });
    const provider = {
      urn: "urn:p",
      type: "pulumi:providers:x",
      name: "p",
      inputs: { token: secret("tOkEn-8371-xyz") },
    };
    const given = { type: "random:index:RandomPassword", name: "p", inputs: {}, provider };
    const secrets = new Secrets();
    for (const message of receivedStack(stackRequest([{ ...given, outputs: { result: secret("hUnTeR-4711-abc") } }])))
      resourceOf(message, secrets);
    assert.equal(secrets.masked("hUnTeR-4711-abc and tOkEn-8371-xyz"), "[secret] and [secret]");
  });

  it("decodes a resource once, and a provider once for all its resources", () => {
    const provider = { urn: "urn:p", type: "pulumi:providers:aws", name: "p", inputs: { region: "eu-west-1" } };
    const [, first, second] = receivedStack(
      stackRequest([
        { type: "aws:iam/group:Group", name: "a", inputs: { name: "a" }, provider },
        { type: "aws:iam/group:Group", name: "b", inputs: { name: "b" }, provider },
      ]),
    );
    assert.ok(first && second);
    const providers = new Map();
    const secrets = new Secrets();
    const one = resourceOf(first, secrets, providers);
    assert.equal(one.properties, one.properties);
    assert.equal(one.provider, resourceOf(second, secrets, providers).provider);
  });
});
