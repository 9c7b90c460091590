import assert from "node:assert/strict";
import { isColoured, styled, widthOf, withStyles } from "../../../cli/terminal/style";

describe("styled text", () => {
  it("is coloured where it is to be, and plain elsewhere", () => {
    const text = `a ${styled("red", "b")} c`;
    assert.equal(
      withStyles(text, true, (part) => part),
      "a \u001b[31mb\u001b[39m c",
    );
    assert.equal(
      withStyles(text, false, (part) => part),
      "a b c",
    );
  });

  it("is not styled by what a name holds", () => {
    const shown = withStyles(styled("red", "\u0002x:bold\u0003y"), true, (part) =>
      part.replaceAll("\u0002", "?").replaceAll("\u0003", "?"),
    );
    assert.equal(shown, "\u001b[31m?x:bold?y\u001b[39m");
  });
});

describe("colours", () => {
  const terminal = { isTTY: true };

  it("are for a terminal, and not for a pipe", () => {
    assert.equal(isColoured(terminal, {}), true);
    assert.equal(isColoured({}, {}), false);
    assert.equal(isColoured(terminal, { TERM: "dumb" }), false);
  });

  it("are left out and forced by the environment", () => {
    assert.equal(isColoured(terminal, { NO_COLOR: "1" }), false);
    assert.equal(isColoured(terminal, { NO_COLOR: "" }), true);
    assert.equal(isColoured({}, { FORCE_COLOR: "1" }), true);
    assert.equal(isColoured(terminal, { FORCE_COLOR: "0" }), false);
    assert.equal(isColoured(terminal, { FORCE_COLOR: "1", NO_COLOR: "1" }), false);
  });
});

describe("the width of a report", () => {
  it("is the terminal's, within what can be read", () => {
    assert.equal(widthOf({ columns: 80 }, {}), 80);
    assert.equal(widthOf({ columns: 300 }, {}), 120);
    assert.equal(widthOf({ columns: 20 }, {}), 40);
    assert.equal(widthOf({}, { COLUMNS: "90" }), 90);
    assert.equal(widthOf({}, { COLUMNS: "many" }), 100);
  });
});
