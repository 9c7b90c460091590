import { deepEqual, equal, throws } from "node:assert/strict";
import { childPath, JsonError, parseJson } from "../../../policypack/iam/language/json";

/** The value, through ordinary objects. */
function parsedFrom(text: string): unknown {
  return JSON.parse(JSON.stringify(parseJson(text).value));
}

/** `message at path, line:column` of a text that is no JSON. */
function faultOf(text: string): string {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return `${error.message} at ${error.path}, ${error.position.line}:${error.position.column}`;
  }
  return "none";
}

describe("reading JSON", () => {
  it("takes every kind of value", () => {
    deepEqual(parsedFrom('{"a": [1, -2.5, 1e3, 1E-2, 0], "b": true, "c": false, "d": null, "e": "x"}'), {
      a: [1, -2.5, 1000, 0.01, 0],
      b: true,
      c: false,
      d: null,
      e: "x",
    });
    deepEqual(parsedFrom("[]"), []);
    deepEqual(parsedFrom("{}"), {});
    deepEqual(parsedFrom("[[], {}]"), [[], {}]);
  });

  it("takes every escape of a string", () => {
    equal(parsedFrom('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9"'), '"\\/\b\f\n\r\tAé');
    equal(parsedFrom('"é ]["'), "é ][");
  });

  it("takes blanks, tabs and line ends between values, and a byte order mark", () => {
    deepEqual(parsedFrom('\uFEFF \t\r\n{ "a" : [ 1 , 2 ] } \n'), { a: [1, 2] });
  });

  it("takes a key named __proto__ for a key", () => {
    deepEqual(Object.keys(parseJson('{"__proto__": 1}').value as object), ["__proto__"]);
  });

  it("counts lines from the first, empty or not", () => {
    deepEqual(parseJson("\n[\n1]").positions.get("$"), { line: 2, column: 1 });
    deepEqual(parseJson("\n[\n1]").positions.get("$[0]"), { line: 3, column: 1 });
  });

  it("reads a string of megabytes, plain or all of escapes", () => {
    equal(parseJson(JSON.stringify("a".repeat(12_000_000))).value, "a".repeat(12_000_000));
    equal(parseJson(JSON.stringify("\n".repeat(12_000_000))).value, "\n".repeat(12_000_000));
  });

  it("refuses objects that are nested without end", () => {
    equal(faultOf(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`).startsWith("nested deeper than 64 levels at $.a.a"), true);
    equal(faultOf(`${'{"a":'.repeat(64)}1${"}".repeat(64)}`), "none");
  });

  it("knows where each value stands", () => {
    const { positions } = parseJson('{\n  "a": [1,\n    {"b-c": 2}]\n}');
    deepEqual(
      [...positions],
      [
        ["$", { line: 1, column: 1 }],
        ["$.a", { line: 2, column: 8 }],
        ["$.a[0]", { line: 2, column: 9 }],
        ["$.a[1]", { line: 3, column: 5 }],
        ['$.a[1]["b-c"]', { line: 3, column: 13 }],
      ],
    );
  });

  it("tells keys that stand twice, and the last one counts", () => {
    const { duplicates } = parseJson('{"a": 1,\n "a": 2, "b": {"a": 3}}');
    deepEqual(duplicates, [{ path: "$.a", position: { line: 2, column: 2 } }]);
    deepEqual(parsedFrom('{"a": 1, "a": 2}'), { a: 2 });
  });
});

describe("text that is no JSON", () => {
  it("is told with its place", () => {
    equal(faultOf(""), "a JSON value is expected here at $, 1:1");
    equal(faultOf("{"), "a string in double quotes is expected here at $, 1:2");
    equal(faultOf('{"a"}'), '":" is expected after the key "a" at $, 1:5');
    equal(faultOf('{"a": }'), "a JSON value is expected here at $.a, 1:7");
    equal(faultOf('{"a": 1'), '"," or "}" is expected here at $, 1:8');
    equal(faultOf('{"a": 1,}'), "a string in double quotes is expected here at $, 1:9");
    equal(faultOf("[1,\n 2"), '"," or "]" is expected here at $, 2:3');
    equal(faultOf("[1,]"), "a JSON value is expected here at $[1], 1:4");
    equal(faultOf("{} x"), "unexpected text after the end of the JSON value at $, 1:4");
    equal(faultOf("'a'"), "a JSON value is expected here at $, 1:1");
    equal(faultOf("-"), "a JSON value is expected here at $, 1:1");
    equal(faultOf("tru"), "a JSON value is expected here at $, 1:1");
  });

  it("is a string with a line end or an unknown escape, and a number with a leading zero", () => {
    equal(faultOf('"a\nb"'), "a string in double quotes is expected here at $, 1:1");
    equal(faultOf('"\\x"'), "a string in double quotes is expected here at $, 1:1");
    equal(faultOf('"\\u12g4"'), "a string in double quotes is expected here at $, 1:1");
    equal(faultOf("01"), "unexpected text after the end of the JSON value at $, 1:2");
    equal(faultOf("1.x"), "unexpected text after the end of the JSON value at $, 1:2");
  });

  it("is nested deeper than 64 levels", () => {
    equal(faultOf(`${"[".repeat(64)}1${"]".repeat(64)}`), "none");
    throws(() => parseJson(`${"[".repeat(65)}1${"]".repeat(65)}`), /^Error: nested deeper than 64 levels$/);
  });
});

describe("paths", () => {
  it("use brackets for indices and for keys that are no plain words", () => {
    equal(childPath("$", "Statement"), "$.Statement");
    equal(childPath("$.Statement", 0), "$.Statement[0]");
    equal(childPath("$", "_a1"), "$._a1");
    equal(childPath("$", "1a"), '$["1a"]');
    equal(childPath("$", "aws:username"), '$["aws:username"]');
    equal(childPath("$", 'a"b'), '$["a\\"b"]');
  });
});
