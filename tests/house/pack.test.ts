import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUILT_PACK, buildPack, type PackageUse } from "../../tools/build-pack";
import { jsonOf, ROOT } from "./sources";

interface Manifest {
  readonly dependencies: Record<string, string>;
}

const PACK = join(ROOT, "policypack");

describe("the built pack", () => {
  let use: PackageUse;
  before(async () => {
    use = await buildPack(PACK);
  });

  it("asks at run time for what its package.json lists, and for nothing else", () => {
    assert.deepEqual(use.required, Object.keys(jsonOf<Manifest>("policypack/package.json").dependencies).sort());
  });

  it("holds no package that is not a dependency of the repository", () => {
    const dependencies = Object.keys(jsonOf<Manifest>("package.json").dependencies);
    assert.deepEqual(
      use.bundled.filter((name) => !dependencies.includes(name)),
      [],
    );
  });

  it("is less than 500 KB to download", () => {
    const { length } = gzipSync(readFileSync(join(PACK, BUILT_PACK)));
    assert.ok(length < 500 * 1024, `${length} bytes`);
  });
});
