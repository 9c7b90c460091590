import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { notYet } from "../../../policypack/iam/language/document";
import { keysIn as scan } from "../../../policypack/rules/key-scan/key-scan";

// Assembled, so that no scanner takes the tests for a leak.
const key = ["AKIA", "QWERTYUIOPASDF23"].join("");
const temporary = ["ASIA", "QWERTYUIOPASDF23"].join("");
const example = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const secret = "abcdefghijklmnopqrstuvwxyz0123456789+/AB";

function keysIn(properties: Readonly<Record<string, unknown>>) {
  return scan(properties).keys;
}

function base64(text: string | Buffer): string {
  return Buffer.from(text).toString("base64");
}

function times(count: number, change: (text: string) => string, text: string): string {
  return Array.from({ length: count }).reduce<string>((inner) => change(inner), text);
}

describe("scanning inputs for access keys", () => {
  it("finds a key in a plain value", () => {
    assert.deepEqual(keysIn({ value: key }), [{ property: "value", id: key }]);
  });
  it("finds a temporary key as well", () => {
    assert.deepEqual(keysIn({ value: temporary }), [{ property: "value", id: temporary }]);
  });
  it("names the place in nested values", () => {
    assert.deepEqual(keysIn({ environment: { variables: [{ KEY: key }] } }), [
      { property: "environment.variables[0].KEY", id: key },
    ]);
  });
  it("finds a key that is the name of a property", () => {
    assert.deepEqual(keysIn({ tags: { [key]: "x" } }), [{ property: "tags", id: key }]);
  });
  it("finds a key inside JSON text, once", () => {
    assert.deepEqual(keysIn({ definitions: JSON.stringify([{ environment: { KEY: key } }]) }), [
      { property: "definitions", id: key },
    ]);
  });
  it("finds a key that JSON escapes hide", () => {
    assert.deepEqual(keysIn({ definitions: `{"KEY":"\\u0041${key.slice(1)}"}` }), [
      { property: "definitions", id: key },
    ]);
  });
  it("finds a key inside YAML text", () => {
    assert.deepEqual(keysIn({ template: `Parameters:\n  Key: ${key}\n` }), [{ property: "template", id: key }]);
  });
  it("finds a key inside base64", () => {
    assert.deepEqual(keysIn({ userData: Buffer.from(`export KEY=${key}\n`).toString("base64") }), [
      { property: "userData", id: key },
    ]);
  });
  it("finds a key inside zipped base64", () => {
    assert.deepEqual(keysIn({ userData: gzipSync(`export KEY=${key}\n`).toString("base64") }), [
      { property: "userData", id: key },
    ]);
  });
  it("finds a key inside base64 inside YAML", () => {
    const secretManifest = `kind: Secret\ndata:\n  key: ${Buffer.from(`id=${key};`).toString("base64")}\n`;
    assert.deepEqual(keysIn({ manifest: secretManifest }), [{ property: "manifest", id: key }]);
  });
  it("finds a secret key under a telling name, and does not carry it", () => {
    assert.deepEqual(keysIn({ env: { AWS_SECRET_ACCESS_KEY: secret } }), [
      { property: "env.AWS_SECRET_ACCESS_KEY", id: undefined },
    ]);
  });
  it("finds a secret key beside its name in a list of variables", () => {
    assert.deepEqual(keysIn({ env: [{ name: "AWS_SECRET_ACCESS_KEY", value: secret }] }), [
      { property: "env[0].value", id: undefined },
    ]);
  });
  it("leaves the same list alone under another name", () => {
    assert.deepEqual(keysIn({ env: [{ name: "SIGNATURE", value: secret }] }), []);
  });
  it("finds a secret key in JSON text with such a list", () => {
    const containers = JSON.stringify([{ environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: secret }] }]);
    assert.deepEqual(keysIn({ containers }), [{ property: "containers", id: undefined }]);
  });
  it("finds a secret key given to the AWS command line", () => {
    assert.deepEqual(keysIn({ script: `aws configure set aws_secret_access_key ${secret}\n` }), [
      { property: "script", id: undefined },
    ]);
  });
  it("leaves a web framework's secret key alone", () => {
    assert.deepEqual(keysIn({ env: { SECRET_KEY: secret } }), []);
  });
  it("leaves a hash alone, whatever it is called", () => {
    assert.deepEqual(keysIn({ env: { AWS_SECRET_ACCESS_KEY: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12" } }), []);
  });
  it("leaves the same text alone under another name", () => {
    assert.deepEqual(keysIn({ env: { COMMIT: secret } }), []);
  });
  it("finds a secret key in a credentials file", () => {
    assert.deepEqual(keysIn({ content: `[default]\naws_secret_access_key = ${secret}\n` }), [
      { property: "content", id: undefined },
    ]);
  });
  it("leaves AWS's documentation example alone", () => {
    assert.deepEqual(keysIn({ value: example }), []);
  });
  it("leaves a longer word alone", () => {
    assert.deepEqual(keysIn({ value: `X${key}` }), []);
  });
  it("leaves a text that is too short alone", () => {
    assert.deepEqual(keysIn({ value: key.slice(0, -1) }), []);
  });
  it("leaves lower case alone", () => {
    assert.deepEqual(keysIn({ value: key.toLowerCase() }), []);
  });
  it("leaves a placeholder of one letter alone", () => {
    assert.deepEqual(scan({ value: `AKIA${"X".repeat(16)}` }).keys, []);
  });
  it("finds a key of three letters", () => {
    assert.equal(scan({ value: `AKIA${"XYZ".repeat(5)}X` }).keys.length, 1);
  });
  it("passes over what is not known yet", () => {
    assert.deepEqual(keysIn({ value: notYet, list: [notYet] }), []);
  });
});

describe("keys packed in each other", () => {
  const found = [{ property: "value", id: key }];

  it("are found up to five deep, in whatever order", () => {
    const json = (text: string) => JSON.stringify({ inner: text });
    const yaml = (text: string) => `kind: Config\ndata:\n  inner: ${text}\n`;
    const zip = (text: string) => gzipSync(text).toString("base64");
    for (const text of [
      times(2, base64, `id=${key};`),
      times(5, base64, `id=${key};`),
      times(5, json, `id=${key};`),
      times(3, zip, `id=${key};`),
      json(base64(yaml(base64(json(`id=${key};`))))),
      yaml(zip(json(base64(`id=${key};`)))),
    ]) {
      assert.deepEqual(scan({ value: text }), { keys: found, unread: [] });
    }
  });

  it("are found in a docker config within a Kubernetes secret", () => {
    const config = { auths: { registry: { auth: base64(`${key}:${secret}`) } } };
    const properties = { data: { ".dockerconfigjson": base64(JSON.stringify(config)) } };
    assert.deepEqual(keysIn(properties), [{ property: "data..dockerconfigjson", id: key }]);
  });

  it("are found in base64 that is wrapped over lines, and in PowerShell's encoded commands", () => {
    const script = `#!/bin/sh\n${"echo of some length\n".repeat(9)}export KEY=${key}\n`;
    const wrapped = base64(script).replace(/.{76}/g, "$&\n");
    assert.deepEqual(keysIn({ value: `Content-Transfer-Encoding: base64\n\n${wrapped}\n` }), found);
    assert.deepEqual(keysIn({ value: base64(Buffer.from(`$env:KEY="${key}"`, "utf16le")) }), found);
  });

  it("a secret key alone is found under a name that says so, encoded as well", () => {
    const at = (property: string) => [{ property, id: undefined }];
    assert.deepEqual(keysIn({ data: { AWS_SECRET_ACCESS_KEY: base64(secret) } }), at("data.AWS_SECRET_ACCESS_KEY"));
    assert.deepEqual(keysIn({ stringData: { secretAccessKey: secret } }), at("stringData.secretAccessKey"));
    assert.deepEqual(keysIn({ env: { AWS_SECRET: secret } }), at("env.AWS_SECRET"));
    assert.deepEqual(keysIn({ yaml: `env:\n  - name: AWS_SECRET_ACCESS_KEY\n    value: ${secret}\n` }), at("yaml"));
    assert.deepEqual(keysIn({ yaml: `env:\n  - name: SIGNATURE\n    value: ${secret}\n` }), []);
    assert.deepEqual(keysIn({ config: { "aws:secretKey": secret } }), at("config.aws:secretKey"));
    assert.deepEqual(keysIn({ properties: `cloud.aws.credentials.secret-key=${secret}` }), at("properties"));
    assert.deepEqual(
      keysIn({ env: { AWS_SECRET_ACCESS_KEY: { value: secret } } }),
      at("env.AWS_SECRET_ACCESS_KEY.value"),
    );
    assert.deepEqual(keysIn({ env: { SIGNATURE: { value: secret } } }), []);
    assert.deepEqual(keysIn({ config: { "shop:secretKey": secret } }), []);
    assert.deepEqual(keysIn({ text: `{\\"aws_secret_access_key\\":\\"${secret}\\"}` }), at("text"));
  });
});

describe("what only looks like a key", () => {
  it("is left alone", () => {
    for (const text of [
      "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
      "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
      "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
      base64(
        Buffer.from([
          0x89,
          0x50,
          0x4e,
          0x47,
          0x0d,
          0x0a,
          0x1a,
          0x0a,
          ...Array.from({ length: 600 }, (_, i) => i % 251),
        ]),
      ),
      `-----BEGIN CERTIFICATE-----\n${base64(Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 37) % 256)))}\n-----END CERTIFICATE-----`,
      "AKIAisnotakey",
      `AWS_SECRET_NAME=arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-abcdef`,
      base64("just a message of the day, which is long enough to be decoded"),
    ]) {
      assert.deepEqual(scan({ AWS_SECRET: text, value: text }), { keys: [], unread: [] });
    }
  });
});

describe("hostile inputs", () => {
  const within = (milliseconds: number, run: () => void) => {
    const start = process.hrtime.bigint();
    run();
    const taken = Number(process.hrtime.bigint() - start) / 1e6;
    assert.ok(taken < milliseconds, `took ${Math.round(taken)} ms`);
  };
  const unread = { keys: [], unread: ["value"] };

  it("base64 within base64 a hundred deep ends, and is told", () => {
    // Each layer is a third larger, so a hundred layers of the real thing would fill no disk: the inner ones are cut.
    const deep = times(30, (text) => base64(text), "x".repeat(30));
    within(5000, () => assert.deepEqual(scan({ value: deep }), unread));
  });

  it("a gzip bomb ends, and is told", () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20)).toString("base64");
    within(5000, () => assert.deepEqual(scan({ value: bomb }), unread));
  });

  it("two thousand zipped blobs end, and are told", () => {
    const blob = gzipSync(Buffer.alloc(1 << 20, "a")).toString("base64");
    const blobs = Array.from({ length: 2000 }, () => blob);
    within(5000, () => assert.ok(scan({ blobs }).unread.length > 0));
  });

  it("five thousand brackets end, and are told where they may hide something", () => {
    const around = (inside: string) => `${"[".repeat(5000)}${inside}${"]".repeat(5000)}`;
    const escaped = `"${key.replace("A", "\\u0041")}"`;
    within(5000, () => assert.deepEqual(scan({ value: around(escaped) }), unread));
    within(5000, () => assert.deepEqual(scan({ value: around("") }), { keys: [], unread: [] }));
  });

  it("a key whose letters are escaped is found in a document, and no other text is taken for one", () => {
    const escaped = key.replace("A", "\\u0041");
    assert.deepEqual(scan({ value: `{"a": ["${escaped}"]}` }).keys, [{ property: "value", id: key }]);
    assert.deepEqual(scan({ value: `a: ${escaped}` }).keys, []);
  });

  it("a key beside them is found all the same", () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20)).toString("base64");
    assert.deepEqual(scan({ bomb, plain: key }).keys, [{ property: "plain", id: key }]);
  });

  it("long texts of near misses take time in proportion to their length", () => {
    const near = `${"aws_secret_access_key ".repeat(20_000)}${"AKIA".repeat(20_000)}${" ".repeat(200_000)}`;
    within(5000, () => assert.deepEqual(scan({ value: near }).keys, []));
  });
});
