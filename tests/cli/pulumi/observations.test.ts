import assert from "node:assert/strict";
import { Observations } from "../../../cli/pulumi/observations";
import { secret, secretTexts, UNKNOWN } from "../../../cli/pulumi/values";

describe("secrets", () => {
  it("are found in every envelope, lists and maps inside included", () => {
    const properties = { open: "a", token: secret("one"), nested: [secret({ deep: ["two", UNKNOWN] })] };
    assert.deepEqual(secretTexts(properties), ["one", "two"]);
  });

  it("are masked in text, the longest first", () => {
    const observations = new Observations();
    observations.keepSecret(["hunter2", "hunter2-and-more"]);
    assert.equal(observations.masked("x hunter2-and-more y hunter2"), "x [secret] y [secret]");
  });

  it("that are very short stay, because masking them would garble every text", () => {
    const observations = new Observations();
    observations.keepSecret(["a", "dev"]);
    assert.equal(observations.masked("stack dev"), "stack dev");
  });
});
