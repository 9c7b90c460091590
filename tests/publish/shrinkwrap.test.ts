import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shrinkwrapOf } from "../../tools/publish/shrinkwrap";

const ROOT = join(__dirname, "..", "..");

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
}

interface Lock {
  readonly packages: Record<string, Locked>;
}

describe("the lock file of the published pack", () => {
  let pinned: [string, Locked][];
  const tested: Lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));

  before(function () {
    this.timeout(120_000);
    const { packages }: Lock = JSON.parse(shrinkwrapOf(ROOT));
    pinned = Object.entries(packages).filter(([path]) => path !== "");
  });

  it("pins the dependencies and what they need", () => {
    const names = pinned.map(([path]) => path);
    assert.ok(names.includes("node_modules/@pulumi/pulumi"));
    assert.ok(names.includes("node_modules/@grpc/grpc-js"));
    assert.ok(names.includes("node_modules/google-protobuf"));
    assert.ok(names.includes("node_modules/@grpc/proto-loader"));
  });

  it("leaves out what only the repository needs", () => {
    assert.deepEqual(
      pinned.filter(
        ([path, { dev }]) => dev === true || /node_modules\/(esbuild|mocha|typescript|@biomejs)$/.test(path),
      ),
      [],
    );
  });

  it("has the very versions that the tests ran with, and their checksums", () => {
    const other = pinned.filter(([path, { version, integrity }]) => {
      const locked = tested.packages[path];
      return version !== locked?.version || integrity === undefined || integrity !== locked.integrity;
    });
    assert.deepEqual(other, []);
  });

  it("names no registry", () => {
    assert.deepEqual(
      pinned.filter(([, { resolved }]) => resolved !== undefined),
      [],
    );
  });

  it("is refused where the repository's lock file does not hold what the pack asks for", function () {
    this.timeout(120_000);
    const root = mkdtempSync(join(tmpdir(), "other-pack-"));
    try {
      mkdirSync(join(root, "policypack"));
      cpSync(join(ROOT, "package-lock.json"), join(root, "package-lock.json"));
      const manifest = { name: "other", version: "1.0.0", dependencies: { "never-locked-anywhere": "1.0.0" } };
      writeFileSync(join(root, "policypack", "package.json"), JSON.stringify(manifest));
      assert.throws(
        () => shrinkwrapOf(root),
        /^Error: npm cannot pin the pack's dependencies from package-lock\.json: /,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
