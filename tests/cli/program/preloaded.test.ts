import assert from "node:assert/strict";
import { createContext, runInContext } from "node:vm";
import { makeSdkLight } from "../../../cli/program/preloaded-modules";
import { makeStacksCheap } from "../../../cli/program/preloaded-stacks";
import { run } from "../command";
import { temporaryProgram } from "../temporary-program";

/** Packages whose loading took most of the time of a small program. */
const HEAVY = ["typescript", "ts-node", "@npmcli/arborist", "@opentelemetry/sdk-trace-base"];

/** Names the heavy packages that are loaded by now, as a value of the program. */
const LOADED = `${JSON.stringify(HEAVY)}.filter((name) =>
  Object.keys(require.cache).some((file) => file.replaceAll("\\\\", "/").includes("/node_modules/" + name + "/")))`;

async function check(code: string) {
  const program = temporaryProgram(code);
  try {
    return await run(["check", program.path]);
  } finally {
    program.remove();
  }
}

describe("what a JavaScript program loads", () => {
  it("is neither a compiler, nor a package manager, nor tracing, nor a debugger", async () => {
    const { code, stderr } = await check(`
      const aws = require("@pulumi/aws");
      const group = new aws.iam.Group("readers");
      group.name.apply(() => {
        if (${LOADED}.length > 0) throw new Error("loaded: " + ${LOADED});
        if (process.moduleLoadList.includes("NativeModule inspector")) throw new Error("loaded: inspector");
      });
    `);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("is all of that once the program uses it", async () => {
    const { code, stderr } = await check(`
      const pulumi = require("@pulumi/pulumi");
      module.exports = (async () => {
        const { text } = await pulumi.runtime.serializeFunction(() => [1, 2].length);
        if (!text.includes("[1, 2].length")) throw new Error(text);
        await pulumi.runtime.computeCodePaths();
        const missing = ["typescript", "@npmcli/arborist"].filter((name) => !${LOADED}.includes(name));
        if (missing.length > 0) throw new Error("not loaded: " + missing);
      })();
    `);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("tells where a function is that cannot be serialized", async () => {
    const { code, stderr } = await check(`
      const pulumi = require("@pulumi/pulumi");
      const native = [].map.bind([]);
      const caller = () => native();
      module.exports = pulumi.runtime.serializeFunction(() => caller());
    `);
    assert.equal(code, 2);
    assert.match(stderr, /'\(\) => native\(\)': index\.js\(4,21\): which captured/);
  });
});

describe("the SDK's messages for debugging", () => {
  it("are not sent, except where one waits for its resource; other messages are", async () => {
    const sent: unknown[] = [];
    const send = async (...message: unknown[]) => void sent.push(message);
    const log = { debug: send, warn: send };
    const prototype = { require: () => log } as never as NodeJS.Module;
    makeSdkLight(prototype);
    const importer = { filename: "/srv/node_modules/@pulumi/pulumi/runtime/resource.js" };
    const seen: typeof log = prototype.require.call(importer, "../log");
    await seen.debug("registering");
    await seen.debug("registered", "a resource");
    await seen.warn("old");
    assert.deepEqual(sent, [["registered", "a resource"], ["old"]]);
  });

  it("are their own affair in modules of others", () => {
    const log = { debug: () => "sent" };
    const prototype = { require: () => log } as never as NodeJS.Module;
    makeSdkLight(prototype);
    for (const filename of [
      "/srv/node_modules/other/index.js",
      "/srv/node_modules/@pulumi/pulumi/node_modules/other/index.js",
    ]) {
      const seen: typeof log = prototype.require.call({ filename }, "./log");
      assert.equal(seen.debug(), "sent");
    }
  });
});

/** A realm with a tool that maps positions: it counts the frames that it is asked for. */
class Realm {
  readonly #context = createContext({ mapped: 0 });

  constructor(cheapness: string) {
    this.evaluate(cheapness);
    this.evaluate(`
      Error.prepareStackTrace = (error, frames) =>
        error + frames.map((frame) => { mapped += 1; return "\\n    at [" + frame + "]"; }).join("");
    `);
  }

  get mapped(): number {
    return this.evaluate("mapped");
  }

  evaluate(code: string, filename = "/srv/index.js") {
    return runInContext(code, this.#context, { filename });
  }

  /** The traces that a file takes where a program calls it in a loop, and once elsewhere. */
  traces(filename: string): string[] {
    this.evaluate("globalThis.take = function callsites() { return new Error().stack; };", filename);
    const traces = this.evaluate(`
      const traces = [];
      for (let i = 0; i < 100; i++) traces.push(take());
      function elsewhere() { return [0].map(() => take())[0]; }
      JSON.stringify([...traces, elsewhere()]);
    `);
    return JSON.parse(traces);
  }
}

describe("stack traces in a program", () => {
  const RESOURCE = "/srv/node_modules/@pulumi/pulumi/resource.js";
  const PROMISE = "/srv/node_modules/@pulumi/pulumi/runtime/debuggable.js";
  // Without column or frames of this file's own.
  const own = (trace: string) => trace.split("\n").filter((line) => /^Error|srv/.test(line));

  it("of resources are the same as ever, and map each place once", () => {
    const [plain, cheap] = [new Realm(""), new Realm(`(${makeStacksCheap})(false)`)];
    const expected = plain.traces(RESOURCE);
    assert.deepEqual(cheap.traces(RESOURCE).map(own), expected.map(own));
    assert.equal(own(expected[0] ?? "").length, 3);
    assert.equal(own(expected[100] ?? "").length, 5);
    assert.ok(plain.mapped > 600, `${plain.mapped} frames`);
    assert.ok(cheap.mapped < 60, `${cheap.mapped} frames`);
  });

  it("of resources end where the program does", () => {
    const realm = new Realm(`(${makeStacksCheap})(false)`);
    // Without the frames of this file.
    realm.evaluate("Error.stackTraceLimit = 4;");
    const below = (file: string) => {
      realm.evaluate("globalThis.take = function callsites() { return new Error().stack; };", RESOURCE);
      realm.evaluate("globalThis.middle = () => take();", file);
      realm.evaluate("globalThis.run = () => middle();", "/srv/node_modules/@pulumi/pulumi/cmd/run/run.js");
      return [...realm.evaluate("run()", "node:internal/modules/cjs/loader").match(/srv[^:]*|node:[^:]*/g)];
    };
    const resource = RESOURCE.slice(1);
    assert.deepEqual(below("/srv/index.js"), [resource, "srv/index.js"]);
    const library = "srv/node_modules/team/index.js";
    assert.deepEqual(below(`/${library}`).slice(0, 3), [
      resource,
      library,
      "srv/node_modules/@pulumi/pulumi/cmd/run/run.js",
    ]);
  });

  it("of resources are whole where a frame comes to several lines", () => {
    const [plain, cheap] = ["", `(${makeStacksCheap})(false)`].map((code) => {
      const realm = new Realm(code);
      realm.evaluate(
        'Error.prepareStackTrace = (error, frames) => error + frames.map((frame) => "\\n" + frame + "\\n").join("");',
      );
      return realm.traces(RESOURCE).map(own);
    });
    assert.deepEqual(cheap, plain);
  });

  it("stay what they are where nobody may change errors", () => {
    const realm = new Realm("Object.freeze(Error);");
    assert.equal(realm.evaluate(`(${makeStacksCheap})(false); typeof Error.prepareStackTrace`), "undefined");
  });

  it("of promises have no frames, unless promises that never end are sought", () => {
    const [plain, cheap, seeking] = ["", `(${makeStacksCheap})(false)`, `(${makeStacksCheap})(true)`].map(
      (code) => new Realm(code),
    );
    assert.deepEqual(new Set(cheap?.traces(PROMISE)), new Set(["Error"]));
    assert.equal(cheap?.mapped, 0);
    assert.deepEqual(seeking?.traces(PROMISE).map(own), plain?.traces(PROMISE).map(own));
  });

  it("of the program itself are untouched", () => {
    const [plain, cheap] = [new Realm(""), new Realm(`(${makeStacksCheap})(false)`)];
    assert.deepEqual(cheap.traces("/srv/own.js").map(own), plain.traces("/srv/own.js").map(own));
    assert.equal(cheap.mapped, plain.mapped);
  });

  it("are what a tool makes of them that gives something else than lines, and are its own again when it puts back what it found", () => {
    const realm = new Realm(`(${makeStacksCheap})(false)`);
    const sites = realm.evaluate(
      `
      const found = Error.prepareStackTrace;
      Error.prepareStackTrace = (_, frames) => frames;
      globalThis.frames = () => new Error().stack;
      Array.isArray(frames())
    `,
      RESOURCE,
    );
    assert.equal(sites, true);
    realm.evaluate("Error.prepareStackTrace = found;");
    assert.match(realm.evaluate("new Error('x').stack"), /^Error: x\n {4}at \[/);
    assert.equal(realm.evaluate("Error.prepareStackTrace === found"), true);
    realm.evaluate("Error.prepareStackTrace = undefined;");
    assert.match(realm.evaluate("new Error('x').stack"), /^Error: x\n {4}at \/srv/);
  });
});
