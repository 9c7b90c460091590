import assert from "node:assert/strict";
import { withoutStack } from "../../../cli/report/frames";

describe("a program's error without its stack", () => {
  it("keeps the message and the first frame of the program", () => {
    const error = [
      "Running program failed with an unhandled exception:",
      "Error: no such bucket",
      "    at bucketOf (/srv/shop/buckets.ts:4:9)",
      "    at Object.<anonymous> (/srv/shop/index.ts:12:1)",
      "    at Module._compile (node:internal/modules/cjs/loader:1521:14)",
      "    at Module.m._compile (/srv/shop/node_modules/ts-node/src/index.ts:1618:23)",
    ].join("\n");
    assert.equal(
      withoutStack(error),
      [
        "Running program failed with an unhandled exception:",
        "Error: no such bucket",
        "    at bucketOf (/srv/shop/buckets.ts:4:9)",
      ].join("\n"),
    );
  });

  it("keeps none where no frame is the program's", () => {
    assert.equal(
      withoutStack("Error: x\n    at node:internal/main:1:1\n    at f (/a/node_modules/b/c.js:1:1)"),
      "Error: x",
    );
  });

  it("keeps an indented text that only speaks of a place", () => {
    assert.equal(withoutStack("Error: x\n  attach it first"), "Error: x\n  attach it first");
  });
});
