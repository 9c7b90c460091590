import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../tools/build";
import { LIVE_BUNDLE } from "../../tools/build-live";
import { BUILT_PACK, EXECUTABLE_PACK } from "../../tools/build-pack";
import { type Tarball, tarballOf } from "../../tools/publish/tarball";
import { bytesBeyondPulumi } from "./installed";
import { expectNoted } from "./noted";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "policypack");

/** Promised, in bytes. */
const MOST = { npmPackage: 2_000_000, pack: 500_000, installed: 40_000_000 };

describe("what is shipped", () => {
  let npmPackage: Tarball;
  let pack: Tarball;
  before(async () => {
    await build(ROOT);
    npmPackage = tarballOf(ROOT);
    pack = tarballOf(PACK);
  });

  it("is as large as noted", () => {
    const bytes = (path: string): number => statSync(join(ROOT, path)).size;
    expectNoted("bytes", {
      "the npm package": npmPackage.size,
      "the pack for Pulumi Cloud": pack.size,
      "the pack in its folder": statSync(join(PACK, BUILT_PACK)).size,
      "the pack as one file": statSync(join(PACK, EXECUTABLE_PACK)).size,
      "the AWS clients of a live audit": bytes(LIVE_BUNDLE),
      "the script of a report's page": bytes("dist/page/page.js"),
    });
  });

  it("stays under what was promised: two megabytes, and half a megabyte for Pulumi Cloud", () => {
    assert.ok(npmPackage.size < MOST.npmPackage, `the npm package has ${npmPackage.size} bytes`);
    assert.ok(pack.size < MOST.pack, `the pack for Pulumi Cloud has ${pack.size} bytes`);
  });

  it("takes on disk what is noted, beyond @pulumi/pulumi, which every program has", () => {
    const installed = (folder: string, { files }: Tarball): number => {
      const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const own = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
      return own + bytesBeyondPulumi(ROOT, Object.keys(dependencies));
    };
    const costs = {
      "the npm package": installed(ROOT, npmPackage),
      "the pack for Pulumi Cloud": installed(PACK, pack),
    };
    for (const [name, count] of Object.entries(costs))
      assert.ok(count < MOST.installed, `${name} takes ${count} bytes`);
    expectNoted("bytes on disk beyond @pulumi/pulumi", costs);
  });
});
