import { equal } from "node:assert/strict";
import { Budget } from "../../../policypack/iam/answer/budget";
import { arnFields, arnPattern, type Pattern, textPattern } from "../../../policypack/iam/language/pattern";
import { parseTemplate } from "../../../policypack/iam/language/template";
import { findText } from "../../../policypack/iam/solver/text-solver";

/** `arn:…` is compared field by field; `(i)` in front ignores letter case. */
function pattern(text: string): Pattern {
  const template = parseTemplate(text.replace(/^\(i\)/, ""), { variables: false, wildcards: true });
  const byField = text.startsWith("arn:") ? arnPattern(arnFields(template)) : undefined;
  return byField ?? textPattern(template, text.startsWith("(i)"));
}

/** A text that matches one of the patterns of every group, and none of the forbidden ones. */
function find(required: readonly (readonly string[])[], ...forbidden: readonly string[]): string | undefined {
  return findText(
    { required: required.map((group) => group.map(pattern)), forbidden: forbidden.map(pattern) },
    new Budget(50_000),
  );
}

describe("a text that a person would write", () => {
  it("has usual words in the fields of an ARN", () => {
    equal(find([["arn:*:s3:*:*:bucket/*"]]), "arn:aws:s3:us-east-1:123456789012:bucket/example");
    equal(find([["arn:aws:iam::????????????:user/*:*"]]), "arn:aws:iam::123456789012:user/example:example");
  });
  it("goes on where a usual word ends", () => equal(find([["????????"]]), "examplex"));
  it("is any word where nothing is asked", () => equal(find([]), "example"));
  it("leaves runs empty where it must be short", () => equal(find([["a*"], ["?"]]), "a"));
  it("is never empty", () => {
    equal(find([[""]]), undefined);
    equal(find([["*"], ["", "b"]]), "b");
  });
});

describe("a text that no single pattern tells", () => {
  it("starts and ends as two patterns ask", () => {
    equal(find([["ab*"], ["*ba"]]), "aba");
    equal(find([["ab*"], ["*ba"]], "aba"), "abba");
    equal(find([["arn:aws:s3:::a*"], ["arn:*:*b"]]), "arn:aws:s3:::ab");
  });
  it("takes another way where one of several is forbidden", () => {
    equal(find([["a*", "b*"], ["*c"]], "a*"), "bc");
    equal(
      find(
        [
          ["a?", "?b"],
          ["?b", "c?"],
        ],
        "ab",
        "a*",
      ),
      "eb",
    );
  });
  it("is none where all ways are forbidden", () => {
    equal(find([["a*"], ["*b"]], "*a*"), undefined);
    equal(find([["a", "b"]], "a", "b"), undefined);
    equal(find([["a*"], ["b*"]]), undefined);
    equal(find([["ab*", "ac*"], ["?d*"]]), undefined);
  });
  it("uses a letter that no pattern names", () => {
    equal(find([["?"]], "e"), "x");
    equal(find([["?"]], "e", "x"), "y");
    equal(find([["?"]], "e", "x", "y", "z"), "\u0100");
  });
  it("minds letter case, or not", () => {
    equal(find([["?"]], "(i)e", "(i)x"), "y");
    equal(find([["(i)ab"]], "ab"), "Ab");
    equal(find([["(i)ab"]], "ab", "aB", "A*"), undefined);
  });
});
