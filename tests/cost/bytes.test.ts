import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../tools/build";
import { LIVE_BUNDLE } from "../../tools/build-live";
import { BUILT_PACK, EXECUTABLE_PACK } from "../../tools/build-pack";
import { tarballOf } from "../../tools/publish/tarball";
import { expectNoted } from "./noted";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "policypack");

describe("what is shipped", () => {
  let costs: { "the npm package": number; "the pack for Pulumi Cloud": number };
  before(async () => {
    await build(ROOT);
    costs = { "the npm package": tarballOf(ROOT).size, "the pack for Pulumi Cloud": tarballOf(PACK).size };
  });

  it("is as large as noted", () => {
    const bytes = (path: string): number => statSync(join(ROOT, path)).size;
    expectNoted("bytes", {
      ...costs,
      "the pack in its folder": statSync(join(PACK, BUILT_PACK)).size,
      "the pack as one file": statSync(join(PACK, EXECUTABLE_PACK)).size,
      "the AWS clients of a live audit": bytes(LIVE_BUNDLE),
      "the script of a report's page": bytes("dist/page/page.js"),
    });
  });

  it("stays under what was promised: two megabytes, and half a megabyte for Pulumi Cloud", () => {
    assert.ok(costs["the npm package"] < 2_000_000, `the npm package has ${costs["the npm package"]} bytes`);
    const pack = costs["the pack for Pulumi Cloud"];
    assert.ok(pack < 500_000, `the pack for Pulumi Cloud has ${pack} bytes`);
  });
});
