import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  BUILT_PACK,
  buildExecutable,
  buildPack,
  EXECUTABLE_PACK,
  PARTS,
  type PackageUse,
} from "../../tools/build-pack";
import { importsOf, jsonOf, ROOT, sourceFiles, textOf } from "./sources";

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

  it("has the parts that the package takes from it, and no others", () => {
    const entries = ["policypack/policies.ts", "policypack/questions.ts"];
    const outside = sourceFiles().filter((path) => /^(cli|stacks)\//.test(path) || entries.includes(path));
    const taken = outside
      .flatMap((path) => importsOf(path))
      .filter(({ to, local, typeOnly }) => local && !typeOnly && to.startsWith("policypack/"))
      .map(({ to }) => to.slice("policypack/".length));
    assert.deepEqual([...new Set(taken)].sort(), [...PARTS].sort());
  });

  it("is less than 500 KB to download", () => {
    const { length } = gzipSync(readFileSync(join(PACK, BUILT_PACK)));
    assert.ok(length < 500 * 1024, `${length} bytes`);
  });
});

describe("the pack as one file", () => {
  const executable = join(PACK, EXECUTABLE_PACK);
  let use: PackageUse;
  before(async () => {
    use = await buildExecutable(PACK);
  });

  it("holds what the pack's package.json lists, and asks at run time only for what nothing ever loads", () => {
    const listed = Object.keys(jsonOf<Manifest>("policypack/package.json").dependencies);
    assert.deepEqual(
      listed.filter((name) => !use.bundled.includes(name)),
      [],
    );
    assert.deepEqual(use.required, ["@grpc/proto-loader"]);
  });

  it("may be run by everybody", () => {
    assert.equal((statSync(executable).mode & 0o777).toString(8), "755");
  });

  it("passes on the licence of every package in it, which NOTICE names", () => {
    const [, licenses = ""] = readFileSync(executable, "utf8").split("// This file holds these packages,");
    const unnamed = (text: string) => use.bundled.filter((name) => !text.includes(name));
    assert.deepEqual(unnamed(licenses), []);
    assert.deepEqual(unnamed(textOf("NOTICE")), []);
    for (const words of ["Redistribution and use in source and binary forms", "Copyright Eemeli Aro", "MIT License"]) {
      assert.ok(licenses.includes(words), words);
    }
  });

  it("is less than 750 KB to download", () => {
    const { length } = gzipSync(readFileSync(executable));
    assert.ok(length < 750 * 1024, `${length} bytes`);
  });
});
