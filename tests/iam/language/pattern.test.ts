import { deepEqual, equal } from "node:assert/strict";
import { matchesWildcards } from "../../../policypack/iam/language/glob";
import {
  advance,
  anyOne,
  anyOneInField,
  anyRun,
  anyRunInField,
  arnFields,
  arnPattern,
  covers,
  isLiteral,
  literal,
  matches,
  mayMeet,
  resourcePatterns,
  start,
  textPattern,
} from "../../../policypack/iam/language/pattern";
import { parseTemplate, resolve, variablesOf } from "../../../policypack/iam/language/template";

const written = (text: string) => parseTemplate(text, { variables: true, wildcards: true });
const like = (text: string) => textPattern(written(text));
const arn = (text: string) => arnPattern(arnFields(written(text)));

function arnMatches(pattern: string, text: string): boolean {
  const found = arn(pattern);
  return found !== undefined && matches(found, text);
}

function resourceMatches(element: string, text: string, reading: "wide" | "narrow" = "wide"): boolean {
  return resourcePatterns(arnFields(written(element)), reading).some((pattern) => matches(pattern, text));
}

describe("text with wildcards", () => {
  it("? is exactly one character", () => {
    equal(matches(like("a?c"), "abc"), true);
    equal(matches(like("a?c"), "ac"), false);
    equal(matches(like("a?c"), "abbc"), false);
    equal(matches(like("a?"), "a"), false);
    equal(matches(like("?"), ":"), true);
  });

  it("* is any run, an empty one too", () => {
    equal(matches(like("a*c"), "ac"), true);
    equal(matches(like("a*c"), "abcbc"), true);
    equal(matches(like("a*c"), "abcb"), false);
    equal(matches(like("*"), ""), true);
    equal(matches(like("a*"), "b"), false);
    equal(matches(like("*a"), "ba"), true);
    equal(matches(like("**a**"), "xax"), true);
  });

  it("the whole text has to match", () => {
    equal(matches(like("ab"), "ab"), true);
    equal(matches(like("ab"), "abc"), false);
    equal(matches(like("ab"), "xab"), false);
    equal(matches(like(""), ""), true);
    equal(matches(like(""), "a"), false);
  });

  it("letter case counts unless it is to be ignored", () => {
    equal(matches(textPattern(written("Ab"), true), "aB"), true);
    equal(matches(textPattern(written("Ab"), true), "ac"), false);
    equal(matches(textPattern(written("Ab")), "ab"), false);
  });
});

describe("ARNs with wildcards", () => {
  it("a wildcard stays inside its field", () => {
    equal(arnMatches("arn:aws:iam::*:role/a", "arn:aws:iam::111122223333:role/a"), true);
    equal(arnMatches("arn:aws:iam:*:role/a", "arn:aws:iam::111122223333:role/a"), false);
    equal(arnMatches("arn:aws:s?:::b", "arn:aws:s3:::b"), true);
    equal(arnMatches("arn:aws:s3?::b", "arn:aws:s3:::b"), false);
    equal(arnMatches("arn:*:s3:::b", "arn:aws:x:s3:::b"), false);
  });

  it("in the sixth field a colon is a character like any other", () => {
    equal(arnMatches("arn:aws:logs:r:1:log-group:*", "arn:aws:logs:r:1:log-group:a:b"), true);
    equal(arnMatches("arn:aws:logs:r:1:a?b", "arn:aws:logs:r:1:a:b"), true);
  });

  it("a lone * is every ARN, and fewer than six fields are nothing that AWS explains", () => {
    equal(arnMatches("*", "arn:aws:s3:::b"), true);
    equal(arn("arn:aws:s3"), undefined);
    equal(arn("a*"), undefined);
    equal(arn("**"), undefined);
    equal(arn("arn:aws:s3::b"), undefined);
  });

  it("a ? in a field is no colon", () => {
    equal(arnMatches("arn:aws:iam:?:1:role/a", "arn:aws:iam:::1:role/a"), false);
    equal(arnMatches("arn:aws:iam:?:1:role/a", "arn:aws:iam:x:1:role/a"), true);
  });

  it("a * in the first of six fields is no ARN by itself", () => {
    equal(arnMatches("*:aws:s3:::b", "arn:aws:s3:::b"), true);
    equal(arnMatches("*:aws:s3:::b", "arn:aws:s3:::c"), false);
    equal(arn("?"), undefined);
  });

  it("fields may be empty, and the sixth keeps its colons", () => {
    const text = (value: string) => ({ kind: "text", text: value });
    deepEqual(arnFields(written("a::b:")), [[text("a")], [], [text("b")], []]);
    deepEqual(arnFields(written("a:b:c:d:e:f:g")).at(-1), [text("f:g")]);
  });

  it("a variable's value separates no fields", () => {
    const fields = arnFields(written("arn:aws:iam::1:user/${aws:username}"));
    equal(fields.length, 6);
    deepEqual(fields.at(-1), [
      { kind: "text", text: "user/" },
      { kind: "variable", key: "aws:username", fallback: undefined },
    ]);
  });
});

describe("Resource elements", () => {
  it("a * that ends its field may run past the colon", () => {
    equal(resourceMatches("arn:aws:s3:*:b", "arn:aws:s3:::b"), true);
    equal(resourceMatches("arn:aws:iam::*:role/a", "arn:aws:iam::1:x:role/a"), true);
    equal(resourceMatches("arn:aws:iam::*1:role/a", "arn:aws:iam::1:x1:role/a"), false);
    equal(resourceMatches("arn:aws:iam::?:role/a", "arn:aws:iam:::role/a"), false);
  });

  it("the same in the narrow reading, where no field is missing", () => {
    equal(resourceMatches("arn:aws:iam::*:role/a", "arn:aws:iam::1:x:role/a", "narrow"), true);
  });

  it("letter case counts", () => {
    equal(resourceMatches("arn:aws:s3:::a", "arn:aws:s3:::A"), false);
  });

  it("missing fields count as *", () => {
    equal(resourceMatches("arn:aws:iam", "arn:aws:iam::1:role/a:b"), true);
    equal(resourceMatches("arn:aws:iam", "arn:aws:iam::1:role/a:b", "narrow"), true);
    equal(resourceMatches("arn:aws:i", "arn:aws:iam::1:role/a"), false);
    equal(resourceMatches("arn:aws:s3::", "arn:aws:s3:::b"), true);
    equal(resourceMatches("arn:aws", "arn:aws:s3:::b"), true);
    equal(resourceMatches("arn:aws:s3:::", "arn:aws:s3:::b"), false);
  });

  it("of an ARN with missing fields the narrow reading only completes", () => {
    equal(resourceMatches("arn:aws:s*", "arn:aws:s3:::b", "narrow"), true);
    equal(resourceMatches("arn:aws:*a", "arn:aws:s3:::a"), false);
    equal(resourceMatches("arn:aws:s3*", "arn:aws:s3:x", "wide"), true);
    equal(resourceMatches("arn:aws:s3*", "arn:aws:s3:x", "narrow"), false);
  });

  it("what is no ARN is plain text", () => {
    equal(resourceMatches("a*", "a:b:c"), true);
    equal(resourceMatches("arn*:s3:::b", "arn:aws:s3:::b", "narrow"), true);
    equal(resourceMatches("arns:a", "arns:a"), true);
    equal(resourceMatches("arns:a", "arns:a:b:c:d:e"), false);
    equal(resourceMatches("ar*:aws:s3:::b", "ar:x:aws:s3:::b"), true);
  });
});

describe("what a pattern says before it is held against a text", () => {
  it("the tokens of a wildcard depend on the field", () => {
    deepEqual(arn("a?*:b:c:d:e:f?*")?.tokens, [
      97,
      anyOneInField,
      anyRunInField,
      58,
      98,
      58,
      99,
      58,
      100,
      58,
      101,
      58,
      102,
      anyOne,
      anyRun,
    ]);
  });

  it("a literal has no wildcard and no other spelling", () => {
    equal(isLiteral(literal("a*")), true);
    equal(isLiteral(like("a*")), false);
    equal(isLiteral(like("a?")), false);
    equal(isLiteral(textPattern(written("a"), true)), false);
  });

  it("the positions start before and after leading runs", () => {
    deepEqual(start(like("a")), [0]);
    deepEqual(start(like("**a")), [1, 2]);
    deepEqual(advance(like("*ab"), [0, 1], "a".charCodeAt(0)), [0, 1, 2]);
    deepEqual(advance(like("ab"), [0], "b".charCodeAt(0)), []);
  });
});

describe("patterns that cover others", () => {
  it("* covers everything, a text only itself", () => {
    equal(covers(like("*"), like("a?b*")), true);
    equal(covers(like("ab"), like("ab")), true);
    equal(covers(like("ab"), like("ac")), false);
    equal(covers(like("ab"), like("abc")), false);
    equal(covers(like("abc"), like("ab")), false);
    equal(covers(like("ab"), like("a*")), false);
    equal(covers(like("ab"), like("a?")), false);
  });

  it("a prefix covers a longer prefix", () => {
    equal(covers(like("a*"), like("ab*")), true);
    equal(covers(like("ab*"), like("a*")), false);
    equal(covers(like("*b"), like("a*b")), true);
    equal(covers(like("*b"), like("*a")), false);
  });

  it("? covers one character, and no run", () => {
    equal(covers(like("a?"), like("ab")), true);
    equal(covers(like("a?"), like("a?")), true);
    equal(covers(like("a?"), like("a*")), false);
    equal(covers(like("*?"), like("a?")), true);
  });

  it("a wildcard inside a field does not cover a colon or a wider one", () => {
    const role = arn("arn:aws:iam::*:role/*");
    const wide = like("arn:aws:iam::*:role/a");
    const narrow = arn("arn:aws:iam::1:role/a");
    const one = arn("arn:aws:iam::?:role/a");
    if (role === undefined || narrow === undefined || one === undefined) throw new Error("these are ARNs");
    equal(covers(role, narrow), true);
    equal(covers(role, wide), false);
    equal(covers(role, one), true);
    equal(covers(one, narrow), true);
    equal(covers(one, like("arn:aws:iam::?:role/a")), false);
    equal(covers(like("arn:aws:iam::?:role/a"), one), true);
    equal(covers(one, like("arn:aws:iam::::role/a")), false);
  });

  it("a run inside a field covers neither a colon nor what may be one", () => {
    const account = arn("arn:aws:iam::*:role/a");
    if (account === undefined) throw new Error("this is an ARN");
    equal(covers(account, literal("arn:aws:iam::12:role/a")), true);
    equal(covers(account, literal("arn:aws:iam::1:2:role/a")), false);
    equal(covers(account, like("arn:aws:iam::1?2:role/a")), false);
    equal(covers(account, like("arn:aws:iam::1*2:role/a")), false);
  });

  it("nothing is said where letter case is ignored", () => {
    const ignoring = textPattern(written("ab"), true);
    equal(covers(ignoring, like("ab")), false);
    equal(covers(like("*"), ignoring), false);
  });
});

describe("patterns that some text may match both", () => {
  it("differ before the first run, or may meet", () => {
    equal(mayMeet(like("ab*"), like("ac*")), false);
    equal(mayMeet(like("ab*"), like("a?c*")), true);
    equal(mayMeet(like("a*"), like("abc")), true);
    equal(mayMeet(like("abc"), like("a*")), true);
    equal(mayMeet(like("b*"), like("abc")), false);
    equal(mayMeet(like("abc"), like("abc")), true);
  });

  it("do not meet where one ends before the other, unless a run is left", () => {
    equal(mayMeet(like("ab"), like("abc")), false);
    equal(mayMeet(like("abc"), like("ab")), false);
    equal(mayMeet(like("ab"), like("ab*")), true);
    equal(mayMeet(like("ab*"), like("ab")), true);
  });

  it("a ? meets any one character, inside a field no colon", () => {
    const field = arn("a:?:c:d:e:f");
    if (field === undefined) throw new Error("this is an ARN");
    equal(mayMeet(field, like("a:b:c:d:e:f")), true);
    equal(mayMeet(field, like("a:::c:d:e:f")), false);
    equal(mayMeet(like("?b"), like("a?")), true);
  });

  it("may meet where letter case is ignored", () => {
    equal(mayMeet(textPattern(written("a"), true), like("b")), true);
    equal(mayMeet(like("b"), textPattern(written("a"), true)), true);
  });
});

describe("policy variables", () => {
  it("are taken out of the text, with their default", () => {
    deepEqual(written("a/${aws:UserName}/b"), [
      { kind: "text", text: "a/" },
      { kind: "variable", key: "aws:username", fallback: undefined },
      { kind: "text", text: "/b" },
    ]);
    deepEqual(written("${aws:PrincipalTag/Dept , 'it*'}"), [
      { kind: "variable", key: "aws:principaltag/dept", fallback: "it*" },
    ]);
    deepEqual(written("${k, ''}"), [{ kind: "variable", key: "k", fallback: "" }]);
  });

  it("stand for plain characters where they are written so", () => {
    deepEqual(written("a${*}${?}${$}b"), [{ kind: "text", text: "a*?$b" }]);
    deepEqual(written("${}"), [{ kind: "text", text: "${}" }]);
    deepEqual(written("${a"), [{ kind: "text", text: "${a" }]);
  });

  it("are text in an old document, in which wildcards count", () => {
    const old = parseTemplate("${aws:username}*${*}", { variables: false, wildcards: true });
    deepEqual(old, [
      { kind: "text", text: "${aws:username}" },
      { kind: "any-run" },
      { kind: "text", text: "${" },
      { kind: "any-run" },
      { kind: "text", text: "}" },
    ]);
  });

  it("leave wildcards as text where the operator takes none", () => {
    deepEqual(parseTemplate("a*?", { variables: true, wildcards: false }), [{ kind: "text", text: "a*?" }]);
    deepEqual(written("a*?"), [{ kind: "text", text: "a" }, { kind: "any-run" }, { kind: "any-one" }]);
  });

  it("are filled in by the request, else by the default; without either nothing matches", () => {
    deepEqual(
      resolve(written("a${k}"), () => "v*"),
      [
        { kind: "text", text: "a" },
        { kind: "text", text: "v*" },
      ],
    );
    deepEqual(
      resolve(written("${k, 'd'}"), () => undefined),
      [{ kind: "text", text: "d" }],
    );
    equal(
      resolve(written("a${k}"), () => undefined),
      undefined,
    );
    deepEqual(variablesOf(written("a${K}*${l}")), ["k", "l"]);
  });
});

describe("patterns that can have a text in common", () => {
  const meet = (left: string, right: string) => [mayMeet(like(left), like(right)), mayMeet(like(right), like(left))];
  const both = [true, true];
  const neither = [false, false];

  it("end alike behind their last run", () => {
    deepEqual(meet("*ab", "*ab"), both);
    deepEqual(meet("*ab", "*cb"), neither);
    deepEqual(meet("*ab", "*b"), both);
    deepEqual(meet("*b", "a"), neither);
    deepEqual(meet("*b", "b"), both);
    deepEqual(meet("a*b", "*c"), neither);
    deepEqual(meet("*?", "*b"), both);
  });
  it("start alike before their first run", () => {
    deepEqual(meet("ab*", "ac*"), neither);
    deepEqual(meet("a?*", "ac*"), both);
    deepEqual(meet("a*", "*"), both);
  });
  it("are as long as each other where neither has a run", () => {
    deepEqual(meet("a", "a"), both);
    deepEqual(meet("a", "aa"), neither);
    deepEqual(meet("a", "a*"), both);
    deepEqual(meet("", "a"), neither);
    deepEqual(meet("", "*"), both);
  });
  it("are any where letter case is ignored, of which this says nothing", () =>
    equal(mayMeet(textPattern(written("a"), true), like("b")), true));
});

describe("patterns without letter case", () => {
  it("are kept in lower case, their wildcards as they are", () =>
    deepEqual(textPattern(written("Ab*?"), true).tokens, [97, 98, anyRun, anyOne]));
});

describe("names of actions with wildcards", () => {
  it("match as a whole, going back to the last *", () => {
    equal(matchesWildcards("get*", "getobject"), true);
    equal(matchesWildcards("get*", "get"), true);
    equal(matchesWildcards("g?t", "get"), true);
    equal(matchesWildcards("g?t", "gt"), false);
    equal(matchesWildcards("*ab", "aab"), true);
    equal(matchesWildcards("*b", "b"), true);
    equal(matchesWildcards("a*b*c", "aXbYbZc"), true);
    equal(matchesWildcards("a*b", "abc"), false);
    equal(matchesWildcards("a", "ab"), false);
    equal(matchesWildcards("ab", "a"), false);
    equal(matchesWildcards("a**", "a"), true);
    equal(matchesWildcards("a*?", "a"), false);
    equal(matchesWildcards("", ""), true);
    equal(matchesWildcards("b", "ab"), false);
    equal(matchesWildcards("ab*", "xab"), false);
    equal(matchesWildcards("ab*cd", "abxcxcd"), true);
  });
});
