import { deepEqual, equal } from "node:assert/strict";
import { remembering } from "../../../policypack/iam/shared/remembering";

describe("a function that remembers", () => {
  it("reads a text once", () => {
    const read: string[] = [];
    const length = remembering((text) => read.push(text) && text.length);
    equal(length("ab"), 2);
    equal(length("ab"), 2);
    equal(length("c"), 1);
    deepEqual(read, ["ab", "c"]);
  });

  it("forgets before it holds more than a few thousand", () => {
    const read: string[] = [];
    const length = remembering((text) => read.push(text) && text.length);
    for (let i = 0; i < 4096; i++) length(String(i));
    length("0");
    equal(read.length, 4096);
    length("one more");
    length("0");
    equal(read.length, 4098);
  });
});
