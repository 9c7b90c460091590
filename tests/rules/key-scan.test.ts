import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { notYet } from "../../policypack/iam/document";
import { keysIn } from "../../policypack/rules/key-scan";

// Assembled, so that no scanner takes the tests for a leak.
const key = ["AKIA", "QWERTYUIOPASDF23"].join("");
const temporary = ["ASIA", "QWERTYUIOPASDF23"].join("");
const example = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const secret = "abcdefghijklmnopqrstuvwxyz0123456789+/AB";

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
  it("passes over what is not known yet", () => {
    assert.deepEqual(keysIn({ value: notYet, list: [notYet] }), []);
  });
});
