import assert from "node:assert/strict";
import {
  bounded,
  shownJson,
  shownLine,
  shownLines,
  withBoundedWords,
} from "../../../policypack/host/outgoing/outgoing";

describe("a text that goes out", () => {
  it("moves no cursor, colours nothing, hides nothing and reorders nothing", () => {
    assert.equal(shownLines("a\u001b[31mb\u0007\u009b2K\u007f"), "a\\u001b[31mb\\u0007\\u009b2K\\u007f");
    assert.equal(shownLines("\u202eabc\u2066\u200b\u00ad\ufeff"), "\\u202eabc\\u2066\\u200b\\u00ad\\ufeff");
    assert.equal(shownLines("a\u2028b\u0085c\u{e0041}\ud800"), "a\\u2028b\\u0085c\\u{e0041}\\ud800");
    assert.equal(shownLines("über 漢字 🎉 a\tb\nc\r\nd"), "über 漢字 🎉 a\tb\nc\nd");
    assert.equal(shownLines("over\rwritten"), "over\\u000dwritten");
  });

  it("gives no command to a CI system", () => {
    assert.equal(shownLines("::error::x\n  ::stop-commands::y"), "\\u003a:error::x\n  \\u003a:stop-commands::y");
    assert.equal(
      shownLines("a ##vso[task.x] ##[group]b ##teamcity[c]"),
      "a #\\u0023vso[task.x] #\\u0023[group]b #\\u0023teamcity[c]",
    );
    assert.equal(shownLines("section_start:1:x\r\u001b[0K"), "section_start:1:x\\u000d\\u001b[0K");
    assert.equal(
      shownLines("urn:pulumi:dev::shop::aws:iam/user:User::a, std::vector, ## Title, C##"),
      "urn:pulumi:dev::shop::aws:iam/user:User::a, std::vector, ## Title, C##",
    );
  });

  it("begins no second line as a name", () => {
    assert.equal(shownLine("a\nPassed: 0\r"), "a\\u000aPassed: 0\\u000d");
  });

  it("says the same to a parser of JSON", () => {
    const hostile = { a: "\u001b[31m\u2028##vso[x]\u{e0041}\u202e", b: 'ü"\n' };
    const json = shownJson(JSON.stringify(hostile, undefined, 2));
    assert.deepEqual(JSON.parse(json), hostile);
    assert.equal(/[^\x20-\x7eü\n]|##vso/u.test(json), false);
  });

  it("is as long as a person reads, and says what is left out", () => {
    assert.equal(bounded("x".repeat(6_000)), "x".repeat(6_000));
    assert.match(bounded("x".repeat(1_000_000)), /^x{4000} … \[994000 characters left out\] … x{2000}$/);
    assert.equal(withBoundedWords(`a ${"x".repeat(600)} b`), `a ${"x".repeat(600)} b`);
    assert.match(withBoundedWords(`a ${"x".repeat(700)} b`), /^a x{400} … \[100 characters left out\] … x{200} b$/);
  });
});
