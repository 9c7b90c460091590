import assert from "node:assert/strict";
import { type Import, importsOf, jsonOf, sourceFiles } from "./sources";

/** From the lowest floor up: a file imports its own floor and those below. */
const FLOORS = ["policypack/iam", "policypack/model", "policypack/rules", "policypack/host", "cli"];

/** The files at the top of the pack put the host to work, so they stand where it stands. */
function floorOf(path: string): number {
  const floor = FLOORS.findIndex((folder) => path.startsWith(`${folder}/`) || path === folder);
  return floor === -1 && path.startsWith("policypack/") ? FLOORS.indexOf("policypack/host") : floor;
}

function imports(): Import[] {
  return sourceFiles().flatMap((path) => importsOf(path));
}

function told(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

describe("floors", () => {
  it("are found where they should be", () => {
    const counts = FLOORS.map((_, floor) => sourceFiles().filter((path) => floorOf(path) === floor).length);
    assert.deepEqual(
      counts.map((count) => count > 0),
      [true, true, true, true, true],
    );
  });

  it("import only downwards", () => {
    const upwards = imports().filter(
      ({ from, to, local }) => local && floorOf(from) !== -1 && floorOf(to) > floorOf(from),
    );
    assert.deepEqual(told(upwards), []);
  });

  it("import nothing of the repository but each other", () => {
    const outside = imports().filter(
      ({ from, to, local }) => local && floorOf(from) !== -1 && floorOf(to) === -1 && !to.endsWith("package.json"),
    );
    assert.deepEqual(told(outside), []);
  });

  it("let the stacks use the IAM core and nothing else of the pack or the command", () => {
    const wrong = imports().filter(
      ({ from, to, local }) =>
        local && from.startsWith("stacks/") && !to.startsWith("stacks/") && !to.startsWith("policypack/iam"),
    );
    assert.deepEqual(told(wrong), []);
  });

  it("keep the IAM core free of everything but decompression", () => {
    const outside = imports().filter(
      ({ from, to, local }) => from.startsWith("policypack/iam/") && !local && to !== "node:zlib",
    );
    assert.deepEqual(told(outside), []);
  });

  it("leave Pulumi and its protocol to the host and the command", () => {
    const wrong = imports().filter(
      ({ from, to }) =>
        /^policypack\/(iam|model|rules)\//.test(from) && /^(@pulumi\/|@grpc\/|google-protobuf)/.test(to),
    );
    assert.deepEqual(told(wrong), []);
  });

  it("never load the AWS SDK of Pulumi", () => {
    const wrong = imports().filter(
      ({ from, to, typeOnly }) => /^(policypack|cli)\//.test(from) && to === "@pulumi/aws" && !typeOnly,
    );
    assert.deepEqual(told(wrong), []);
  });

  it("load only packages that those who install this one get", () => {
    const { dependencies, peerDependencies } = jsonOf<Required<Manifest>>("package.json");
    const wrong = imports().filter(
      ({ from, to, local, typeOnly }) =>
        /^(policypack|cli|stacks)\//.test(from) &&
        !local &&
        !typeOnly &&
        !to.startsWith("node:") &&
        !(to in dependencies) &&
        !(to in peerDependencies),
    );
    assert.deepEqual(told(wrong), []);
  });
});

describe("reading imports", () => {
  const found = (text: string) => importsOf("cli/a.ts", text).map(({ to, typeOnly }) => [to, typeOnly]);

  it("knows every form that loads a module", () => {
    assert.deepEqual(found('import { a } from "../policypack/host/server";'), [["policypack/host/server", false]]);
    assert.deepEqual(found('import "./b";'), [["cli/b", false]]);
    assert.deepEqual(found('export * from "./b";'), [["cli/b", false]]);
    assert.deepEqual(found('import a = require("@pulumi/aws/iam");'), [["@pulumi/aws", false]]);
    assert.deepEqual(found('const a = require("yaml");'), [["yaml", false]]);
    assert.deepEqual(found('await import("yaml/util");'), [["yaml", false]]);
    assert.deepEqual(found('import a, { type B } from "node:fs";'), [["node:fs", false]]);
  });

  it("knows the forms that load nothing", () => {
    assert.deepEqual(found('import type { A } from "@pulumi/aws";'), [["@pulumi/aws", true]]);
    assert.deepEqual(found('import { type A, type B } from "@pulumi/aws";'), [["@pulumi/aws", true]]);
    assert.deepEqual(found('export type { A } from "./b";'), [["cli/b", true]]);
    assert.deepEqual(found('let a: typeof import("./b");'), [["cli/b", true]]);
  });
});
