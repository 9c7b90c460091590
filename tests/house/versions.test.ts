import assert from "node:assert/strict";
import { parse } from "yaml";
import { jsonOf, textOf } from "./sources";

interface Manifest {
  readonly version: string;
  readonly main?: string;
  readonly files: readonly string[];
  readonly scripts?: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

interface Lock {
  readonly version: string;
  readonly packages: Record<string, { readonly version?: string; readonly resolved?: string }>;
}

const root = jsonOf<Manifest>("package.json");
const pack = jsonOf<Manifest>("policypack/package.json");
const lock = jsonOf<Lock>("package-lock.json");

/** Those that name a range, a tag or an address instead of one version. */
function unpinned(dependencies: Record<string, string> = {}): string[] {
  return Object.entries(dependencies)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`);
}

describe("versions", () => {
  it("of the pack, the package and the lock file are one", () => {
    assert.equal(pack.version, root.version);
    assert.equal(lock.version, root.version);
    assert.equal(lock.packages[""]?.version, root.version);
  });

  it("of dependencies are exact", () => {
    assert.deepEqual(unpinned(root.dependencies), []);
    assert.deepEqual(unpinned(root.devDependencies), []);
    assert.deepEqual(unpinned(pack.dependencies), []);
  });

  it("that the published pack asks for are the ones that it is tested with", () => {
    const locked = Object.keys(pack.dependencies).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
    assert.deepEqual(pack.dependencies, Object.fromEntries(locked));
  });
});

describe("the lock file", () => {
  it("names no registry, so that it can be used with any", () => {
    const named = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    assert.deepEqual(named, []);
  });
});

describe("the published pack", () => {
  it("has no script that npm would run while Pulumi packs it", () => {
    assert.equal(pack.scripts, undefined);
  });

  it("names its entry point in package.json alone, and brings it and what makes it loadable", () => {
    assert.equal(pack.main, "dist/index.js");
    assert.deepEqual(pack.files, ["PulumiPolicy.yaml", "dist/index.js", "npm-shrinkwrap.json", "RULES.md"]);
    const settings: { main?: string; runtime: string } = parse(textOf("policypack/PulumiPolicy.yaml"));
    assert.deepEqual([settings.main, settings.runtime], [undefined, "nodejs"]);
  });
});
