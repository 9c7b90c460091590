import assert from "node:assert/strict";
import { faultsOf, type Manifest, type Tarball } from "../../tools/publish/tarball";

const FILES = ["PulumiPolicy.yaml", "RULES.md", "dist/index.js", "npm-shrinkwrap.json", "package.json"];
const TARBALL: Tarball = { size: 400_000, files: FILES };
const MANIFEST: Manifest = { dependencies: { "@pulumi/pulumi": "3.248.0" } };

describe("what may be published", () => {
  it("is the pack as it is", () => assert.deepEqual(faultsOf(TARBALL, MANIFEST), []));

  it("has 512,000 bytes", () => assert.deepEqual(faultsOf({ ...TARBALL, size: 512_000 }, MANIFEST), []));

  it("has no byte more", () => {
    assert.deepEqual(faultsOf({ ...TARBALL, size: 512_001 }, MANIFEST), [
      "the tarball has 512001 bytes; 512000 are the most",
    ]);
  });

  it("has the file without which no consumer could load it", () => {
    const files = ["RULES.md", "dist/index.js", "npm-shrinkwrap.json", "package.json"];
    assert.deepEqual(faultsOf({ ...TARBALL, files }, MANIFEST), ["the tarball lacks PulumiPolicy.yaml"]);
  });

  it("pins what its consumers install", () => {
    const files = ["PulumiPolicy.yaml", "dist/index.js", "package.json"];
    assert.deepEqual(faultsOf({ ...TARBALL, files }, MANIFEST), ["the tarball lacks npm-shrinkwrap.json"]);
  });

  it("holds no second JavaScript file", () => {
    assert.deepEqual(faultsOf({ ...TARBALL, files: [...FILES, "dist/rules.js"] }, MANIFEST), [
      "the tarball holds dist/rules.js, which the pack does not need",
    ]);
  });

  it("runs nothing while it is packed or installed", () => {
    assert.deepEqual(faultsOf(TARBALL, { ...MANIFEST, scripts: { prepack: "tsc" } }), [
      "package.json has the script prepack: what npm prints for it breaks publishing or runs at consumers",
    ]);
  });

  it("has no devDependencies", () => {
    assert.deepEqual(faultsOf(TARBALL, { ...MANIFEST, devDependencies: { typescript: "5.9.3" } }), [
      "package.json has devDependencies",
    ]);
  });

  it("asks for exact versions", () => {
    assert.deepEqual(faultsOf(TARBALL, { dependencies: { "@pulumi/pulumi": "^3.248.0" } }), [
      "package.json asks for @pulumi/pulumi@^3.248.0, which is no exact version",
    ]);
  });
});
