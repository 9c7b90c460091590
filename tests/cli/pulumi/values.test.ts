import assert from "node:assert/strict";
import { asOutputs, normalizedObject, secret, secretTexts, UNKNOWN } from "../../../cli/pulumi/values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

describe("a secret that is not known yet", () => {
  const value = secret(UNKNOWN);

  it("stays both", () => {
    assert.deepEqual(normalizedObject({ password: value }), { password: value });
  });

  it("comes back as both from a transform", () => {
    assert.deepEqual(normalizedObject(asOutputs({ password: value }, new Map())), { password: value });
  });

  it("has no text to mask", () => {
    assert.deepEqual(secretTexts({ password: value }), []);
  });
});

describe("bytes in their envelope", () => {
  const bytes = (value: Buffer) => ({
    [SIGNATURE]: "803fd3297a5875dc03ca845dda5d2a98",
    value: value.toString("base64"),
  });

  it("are the text that they spell", () => {
    assert.deepEqual(normalizedObject({ script: bytes(Buffer.from("grüß Gott")) }), { script: "grüß Gott" });
    assert.deepEqual(normalizedObject({ arn: bytes(Buffer.from(UNKNOWN)) }), { arn: UNKNOWN });
  });

  it("stay bytes where they are no UTF-8", () => {
    const binary = bytes(Buffer.from([0xff, 0x41]));
    assert.deepEqual(normalizedObject({ script: binary }), { script: binary });
  });

  it("are masked as the text that a report would show", () => {
    assert.deepEqual(secretTexts({ script: secret(bytes(Buffer.from([0xff, 0x41]))) }), ["\ufffdA"]);
  });
});
