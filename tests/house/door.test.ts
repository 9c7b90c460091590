import assert from "node:assert/strict";
import { sourceFiles, textOf } from "./sources";

/** Who may write to the terminal: the command's door, and the pack before it serves. */
const WRITERS = ["cli/terminal/door.ts", "policypack/executable.ts", "policypack/host/protocol/server.ts"];

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
