import assert from "node:assert/strict";
import { timingText } from "../../../cli/check/timing";
import { WaitedFor } from "../../../cli/offline/waited-for";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";

const EXPORT = JSON.stringify({
  version: 3,
  deployment: {
    resources: [
      { urn: "urn:pulumi:dev::shop::aws:iam/group:Group::g", type: "aws:iam/group:Group", custom: true, inputs: {} },
    ],
  },
});

describe("check --timing", () => {
  it("says on standard error what check took beside the program, and leaves the report alone", async () => {
    const program = temporaryProgram('const aws = require("@pulumi/aws"); new aws.iam.Group("readers");');
    const args = ["check", program.path, "--format", "json"];
    const [timed, plain] = [await run([...args, "--timing"]), await run(args)];
    program.remove();
    assert.match(
      timed.stderr,
      /^timing: \d+\.\d\d s: \d+\.\d\d s before the program, \d+\.\d\d s in it, \d+\.\d\d s after it\ntiming: check itself \d+\.\d\d s, with \d+\.\d\d s of answers that the program waited for\n$/,
    );
    assert.equal(timed.stdout, plain.stdout);
    assert.equal(plain.stderr, "");
  });

  it("says it of a program that fails as well, behind its error", async () => {
    const program = temporaryProgram('throw new Error("planned");');
    const { code, stderr } = await run(["check", program.path, "--timing"]);
    program.remove();
    assert.equal(code, 2);
    assert.match(stderr, /^error: [\s\S]*planned[\s\S]*\ntiming: [^\n]*\ntiming: [^\n]*\n$/);
  });

  it("knows no program where a file is checked", async () => {
    const folder = new TemporaryFolder({ "export.json": EXPORT });
    const { stderr } = await run(["check", `${folder.path}/export.json`, "--timing"]);
    folder.remove();
    assert.match(stderr, /^timing: \d+\.\d\d s, all of it check itself\n$/);
  });

  it("adds up to the whole", () => {
    assert.equal(
      timingText(1500, [{ started: 200, ended: 1200, answering: 100 }]),
      "timing: 1.50 s: 0.20 s before the program, 1.00 s in it, 0.30 s after it\n" +
        "timing: check itself 0.60 s, with 0.10 s of answers that the program waited for\n",
    );
    const two = [
      { started: 200, ended: 1200, answering: 100 },
      { started: 1300, ended: 2300, answering: 50 },
    ];
    assert.equal(
      timingText(2500, two),
      "timing: 2.50 s: 2.00 s in 2 programs, 0.50 s beside them\n" +
        "timing: check itself 0.65 s, with 0.15 s of answers that the program waited for\n",
    );
  });
});

describe("the time of answers that somebody waited for", () => {
  it("is what was worked while any answer was owed, once where several were", () => {
    let worked = 0;
    const waitedFor = new WaitedFor(() => worked);
    const answers: (() => void)[] = [];
    const { method } = waitedFor.watched({
      method: (_: unknown, callback: (error: null) => void) => answers.push(() => callback(null)),
    });
    const told: string[] = [];
    const ask = (name: string) =>
      (method as unknown as (call: object, done: () => void) => void)({}, () => told.push(name));
    worked = 10;
    ask("first");
    worked = 15;
    ask("second");
    worked = 20;
    answers[0]?.();
    assert.equal(waitedFor.milliseconds, 0);
    worked = 30;
    answers[1]?.();
    assert.equal(waitedFor.milliseconds, 20);
    worked = 100;
    ask("third");
    worked = 101;
    answers[2]?.();
    assert.equal(waitedFor.milliseconds, 21);
    assert.deepEqual(told, ["first", "second", "third"]);
  });
});
