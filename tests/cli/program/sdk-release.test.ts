import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareReleases, NEWEST_SDK, OLDEST_SDK, sdkRemarks } from "../../../cli/program/sdk-release";
import { TemporaryFolder } from "../temporary-folder";

const ROOT = join(__dirname, "..", "..", "..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

function remarks(sdk: unknown, node = "24.1.0"): string[] {
  const folder = new TemporaryFolder({ "package.json": JSON.stringify(sdk) });
  try {
    return sdkRemarks(folder.path, node);
  } finally {
    folder.remove();
  }
}

describe("the SDK that a program brings", () => {
  it("is passed over where it was tried, and between", () => {
    assert.deepEqual(remarks({ version: OLDEST_SDK }), []);
    assert.deepEqual(remarks({ version: "3.230.0" }), []);
    assert.deepEqual(remarks({ version: NEWEST_SDK }), []);
  });

  it("is named where it is older than the oldest", () => {
    assert.deepEqual(remarks({ version: "3.203.9" }), [
      `@pulumi/pulumi 3.203.9 is older than ${OLDEST_SDK}, the oldest that check is tried with`,
    ]);
  });

  it("is named where it is newer than the newest", () => {
    assert.deepEqual(remarks({ version: "3.1000.0" }), [
      `@pulumi/pulumi 3.1000.0 is newer than ${NEWEST_SDK}, the newest that check is tried with`,
    ]);
    assert.deepEqual(remarks({ version: "4.0.0-alpha.1" }), [
      `@pulumi/pulumi 4.0.0-alpha.1 is newer than ${NEWEST_SDK}, the newest that check is tried with`,
    ]);
  });

  it("is named where it is made for a newer Node.js", () => {
    const sdk = { version: NEWEST_SDK, engines: { node: ">=22" } };
    assert.deepEqual(remarks(sdk, "20.20.2"), [
      `@pulumi/pulumi ${NEWEST_SDK} is made for Node.js 22 or later, and this is 20.20.2`,
    ]);
    assert.deepEqual(remarks(sdk, "22.0.0"), []);
    assert.deepEqual(remarks({ version: OLDEST_SDK, engines: { node: ">=18" } }, "20.20.2"), []);
  });
});

describe("the releases that are tried", () => {
  it("begin where the package's peer range does, hold the one that is developed with, and stand in the README", () => {
    assert.equal(manifest.peerDependencies["@pulumi/pulumi"], `^${OLDEST_SDK}`);
    const pinned: string = manifest.devDependencies["@pulumi/pulumi"];
    const requirements = readFileSync(join(ROOT, "README.md"), "utf8");
    for (const release of [OLDEST_SDK, pinned, NEWEST_SDK]) assert.ok(requirements.includes(release), release);
    assert.ok(compareReleases(OLDEST_SDK, pinned) <= 0 && compareReleases(pinned, NEWEST_SDK) <= 0);
  });
});
