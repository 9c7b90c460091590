import assert from "node:assert/strict";
import { sourceFiles, textOf } from "./sources";

/** Who may write to the terminal: the door of the command, which hands a stream to the line of progress, and what the process of the pack says before it serves. */
const WRITERS = [
  "cli/door.ts",
  "cli/report/progress.ts",
  "cli/check-command.ts",
  "policypack/executable.ts",
  "policypack/host/server.ts",
];

const WRITES = /\bconsole\.|(?<![#.\w])process\.(stdout|stderr)\b/;

describe("what goes out", () => {
  it("goes through one door", () => {
    const writing = sourceFiles().filter((path) => /^(cli|policypack)\//.test(path) && WRITES.test(textOf(path)));
    assert.deepEqual(
      writing.filter((path) => !WRITERS.includes(path)),
      [],
    );
    assert.deepEqual([...writing].sort(), [...WRITERS].sort());
  });
});
