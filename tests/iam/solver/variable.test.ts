import { deepEqual, equal, notEqual } from "node:assert/strict";
import {
  keyOfAll,
  keyOfStep,
  meaningOf,
  resourceOfStep,
  sharedResource,
} from "../../../policypack/iam/solver/variable";

describe("a variable of a request", () => {
  it("says what it stands for", () => {
    deepEqual(meaningOf(keyOfStep("s3:prefix", 12)), { kind: "key", key: "s3:prefix", step: 12 });
    deepEqual(meaningOf(keyOfAll("aws:sourceip")), { kind: "key of all", key: "aws:sourceip" });
    deepEqual(meaningOf(resourceOfStep(0)), { kind: "resource", step: 0 });
    deepEqual(meaningOf(sharedResource("role")), { kind: "shared resource", name: "role" });
  });

  it("keeps names that look like its own marks, and those of several lines", () => {
    deepEqual(meaningOf(keyOfAll("aws:principaltag/3|a=b\nc")), {
      kind: "key of all",
      key: "aws:principaltag/3|a=b\nc",
    });
    deepEqual(meaningOf(sharedResource("*|x")), { kind: "shared resource", name: "*|x" });
  });

  it("is another one for each step, and the same for the same", () => {
    equal(keyOfStep("s3:prefix", 1), keyOfStep("s3:prefix", 1));
    notEqual(keyOfStep("s3:prefix", 1), keyOfStep("s3:prefix", 2));
    notEqual(keyOfStep("1|a", 1), keyOfAll("1|a"));
  });
});
