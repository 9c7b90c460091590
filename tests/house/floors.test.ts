import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { floors, furtherDoors } from "./doors";
import type { Room } from "./room";
import { rooms } from "./rooms";
import { roomsTable } from "./rooms-table";
import { type Import, importsOf, jsonOf, ROOT, sourceFiles, textOf } from "./sources";

const FLOORS = Object.entries(floors);

function sourcesOfFloors(): string[] {
  return sourceFiles().filter((path) => /^(policypack|cli)\//.test(path));
}

function imports(paths = sourcesOfFloors()): Import[] {
  return paths.flatMap((path) => importsOf(path));
}

function told(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

/** A local import's file, without its ending. */
function fileOf(to: string): string {
  return existsSync(join(ROOT, `${to}.ts`)) ? to : posix.join(to, "index");
}

function roomOf(file: string): Room | undefined {
  return rooms.find(({ folder }) => folder === posix.dirname(file));
}

/** The number of a file's floor; the files at the top of the pack put the host to work, so they stand where it stands. */
function floorOf(path: string): number {
  const floor = FLOORS.findIndex(([, folder]) => path.startsWith(`${folder}/`));
  return floor === -1 && path.startsWith("policypack/") ? FLOORS.findIndex(([name]) => name === "host") : floor;
}

/** How a room is called among the imports of its floor's others. */
function nameOf(folder: string): string {
  if (folder === "policypack" || folder === "cli") return folder;
  const [, within = folder] = FLOORS.find(([, floor]) => folder.startsWith(`${floor}/`)) ?? [];
  return folder === within ? folder : folder.slice(within.length + 1) || folder;
}

/** Whether an import is one that the table of rooms allows. */
function isAllowed({ from, to }: Import, importing = roomOf(from)): boolean {
  const file = fileOf(to);
  const imported = roomOf(file);
  if (importing === undefined || imported === undefined) return false;
  if (importing.folder === imported.folder) return true;
  const [here, there] = [floorOf(from), floorOf(file)];
  if (here === there) {
    const name = FLOORS.find(([, folder]) => folder === imported.folder)?.[0] ?? nameOf(imported.folder);
    return importing.imports.includes(name);
  }
  const [name, folder] = FLOORS[there] ?? ["", ""];
  const isDoor = file === `${folder}/index` || furtherDoors.includes(file);
  return there < here && isDoor && importing.imports.includes(name);
}

/** The first way found from a file back to itself. */
function circleIn(arrows: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of arrows.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of arrows.keys()) {
    const circle = walk(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

describe("rooms", () => {
  it("hold every source, and none is empty", () => {
    const sources = sourcesOfFloors();
    assert.deepEqual(
      sources.filter((path) => roomOf(path) === undefined),
      [],
      "name the folder in tests/house/rooms.ts",
    );
    const used = new Set(sources.map((path) => posix.dirname(path)));
    assert.deepEqual(
      rooms.map(({ folder }) => folder).filter((folder) => !used.has(folder)),
      [],
    );
  });

  it("import what the table in tests/house/rooms.ts allows, floors above by the door alone", () => {
    const wrong = imports().filter((each) => each.local && !each.to.endsWith("package.json") && !isAllowed(each));
    assert.deepEqual(told(wrong), []);
  });

  it("are allowed nothing that they do not use", () => {
    const found = imports().filter(({ local, to }) => local && !to.endsWith("package.json"));
    const unused = rooms.flatMap((room) => {
      const used = found.filter(({ from }) => roomOf(from) === room);
      return room.imports
        .filter((name) => {
          const fewer = { ...room, imports: room.imports.filter((each) => each !== name) };
          return used.every((each) => isAllowed(each, fewer));
        })
        .map((name) => `${room.folder}: ${name}`);
    });
    assert.deepEqual(unused, []);
  });

  it("hold at most sixteen files, or they want to be two", () => {
    const large = rooms.filter(
      ({ folder }) => sourcesOfFloors().filter((p) => posix.dirname(p) === folder).length > 16,
    );
    assert.deepEqual(
      large.map(({ folder }) => folder),
      [],
    );
  });

  it("are the ones that CONTRIBUTING.md lists", () => {
    assert.ok(textOf("CONTRIBUTING.md").includes(roomsTable()), "npm run docs writes the table");
  });

  it("are mirrored by the tests: a room's are in the folder of its name", () => {
    const beside = new Set(["tests/iam/fuzz", "tests/cli/outgoing"]);
    const folders = sourceFiles()
      .filter((path) => /^tests\/(iam|model|rules|host|cli)\/.*\.test\.ts$/.test(path))
      .map((path) => posix.dirname(path));
    const strange = [...new Set(folders)].filter((folder) => {
      const room = folder.replace(/^tests\/(?!cli)/, "policypack/").replace(/^tests\//, "");
      return !rooms.some((each) => each.folder === room) && !beside.has(folder);
    });
    assert.deepEqual(strange, []);
  });

  it("have no circle of files among their imports", () => {
    const arrows = new Map<string, string[]>();
    for (const { from, to, local } of imports()) {
      if (!local || to.endsWith("package.json")) continue;
      const file = from.replace(/\.ts$/, "");
      arrows.set(file, [...(arrows.get(file) ?? []), fileOf(to)]);
    }
    assert.equal(circleIn(arrows), undefined);
  });

  it("let no rule know another", () => {
    const isRule = (file: string) => /\bdefineRule\(/.test(textOf(`${file}.ts`));
    const wrong = imports().filter(
      ({ from, to, local }) =>
        local &&
        from.startsWith("policypack/rules/") &&
        !from.endsWith("/index.ts") &&
        to.startsWith("policypack/rules/") &&
        !to.includes("/authoring/") &&
        isRule(fileOf(to)),
    );
    assert.deepEqual(told(wrong), []);
  });
});

describe("floors", () => {
  it("let the stacks use the IAM core and nothing else of the pack or the command", () => {
    const wrong = imports(sourceFiles()).filter(
      ({ from, to, local }) =>
        local && from.startsWith("stacks/") && !to.startsWith("stacks/") && to !== "policypack/iam",
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
    const wrong = imports(sourceFiles()).filter(
      ({ from, to, local, typeOnly }) =>
        /^(policypack|cli|stacks)\//.test(from) &&
        roomOf(from)?.isBundled !== true &&
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
