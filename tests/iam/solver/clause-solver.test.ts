import { deepEqual, equal, throws } from "node:assert/strict";
import { Budget, BudgetSpent } from "../../../policypack/iam/answer/budget";
import { parseOperator } from "../../../policypack/iam/language/operator";
import {
  arnFields,
  covers,
  matches,
  mayMeet,
  type Pattern,
  resourcePatterns,
  textPattern,
} from "../../../policypack/iam/language/pattern";
import { parseTemplate } from "../../../policypack/iam/language/template";
import { contains, parseAddress, parseNetwork } from "../../../policypack/iam/solver/address";
import { type Domain, findValue } from "../../../policypack/iam/solver/domain";
import { holds, parseDate, type Test } from "../../../policypack/iam/solver/test";
import { findText } from "../../../policypack/iam/solver/text-solver";

const wildcards = { variables: true, wildcards: true };

function glob(text: string): Pattern {
  return textPattern(parseTemplate(text, wildcards));
}

function resource(text: string, reading: "wide" | "narrow", arn: string): boolean {
  return resourcePatterns(arnFields(parseTemplate(text, wildcards)), reading).some((pattern) => matches(pattern, arn));
}

describe("patterns", () => {
  it("? is exactly one character", () =>
    deepEqual(
      [matches(glob("a?c"), "abc"), matches(glob("a?c"), "ac"), matches(glob("a?c"), "abbc")],
      [true, false, false],
    ));
  it("* is any run", () =>
    deepEqual(
      [matches(glob("a*c"), "ac"), matches(glob("a*c"), "abbc"), matches(glob("a*c"), "abcd")],
      [true, true, false],
    ));
  it("the whole text counts", () => equal(matches(glob("b"), "abc"), false));
  it("${*} is the character", () =>
    deepEqual([matches(glob("a${*}"), "a*"), matches(glob("a${*}"), "ab")], [true, false]));
  it("a * in a field of an ARN stays there", () =>
    equal(
      resource("arn:aws:dynamodb:*t-1:table/prod-*", "wide", "arn:aws:dynamodb:us-east-1:123456789012:table/prod-x"),
      false,
    ));
  it("a * that ends its field runs past the colon", () =>
    equal(resource("arn:aws:iam::*:user/a", "narrow", "arn:aws:iam::123456789012:x:user/a"), true));
  it("the last field is free", () => equal(resource("arn:aws:s3:::b/*/d", "narrow", "arn:aws:s3:::b/c:c/d"), true));
  it("missing fields count as *", () =>
    equal(resource("arn:aws:iam", "narrow", "arn:aws:iam::123456789012:user/a"), true));
  it("a missing field is not a prefix", () =>
    equal(resource("arn:aws:i", "wide", "arn:aws:iam::123456789012:user/a"), false));
  it("the readings differ where fields are missing", () =>
    deepEqual(
      [
        resource("arn:aws:*:user/a", "wide", "arn:aws:iam::1:user/a"),
        resource("arn:aws:*:user/a", "narrow", "arn:aws:iam::1:user/a"),
      ],
      [true, false],
    ));
  it("a pattern covers a narrower one", () =>
    deepEqual([covers(glob("a*"), glob("ab*c?")), covers(glob("a*c"), glob("ab*"))], [true, false]));
  it("patterns that start differently never meet", () =>
    deepEqual([mayMeet(glob("ab*"), glob("a?c*")), mayMeet(glob("ab*"), glob("ac*"))], [true, false]));
});

describe("finding a text", () => {
  const find = (required: readonly (readonly string[])[], forbidden: readonly string[]) =>
    findText(
      { required: required.map((group) => group.map(glob)), forbidden: forbidden.map(glob) },
      new Budget(50_000),
    );

  it("that one pattern matches", () => equal(find([["app-*"]], []), "app-example"));
  it("that two patterns match", () => equal(find([["a*"], ["*b"]], []), "ab"));
  it("that two patterns match which share their middle", () => equal(find([["ab*"], ["*bc"]], []), "abc"));
  it("that one of two patterns matches and a third one", () => equal(find([["x*", "a*"], ["*b"], ["a?"]], []), "ab"));
  it("that another pattern does not match", () => equal(find([["a*"]], ["ae*"]), "a"));
  it("of exactly one length", () => equal(find([["????"]], []), "exam"));
  it("not where two patterns exclude each other", () => equal(find([["a*"], ["b*"]], []), undefined));
  it("not where one is forbidden altogether", () => equal(find([["ab*"]], ["a*"]), undefined));
  it("not where all that is left is forbidden piece by piece", () => equal(find([["a?"], ["?b"]], ["ab"]), undefined));
  it("not for an empty choice", () => equal(find([[]], []), undefined));
  it("gives up by its budget, not by a guess", () =>
    throws(
      () =>
        findText(
          { required: [[glob("*a*b*c*d*")], [glob("*d*c*b*a*")]], forbidden: [glob("*dcba*"), glob("*abcd*")] },
          new Budget(20),
        ),
      BudgetSpent,
    ));
});

function test(name: string, ...values: readonly string[]): Test {
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`${name} is no operator`);
  const patterns = values.map((value) =>
    textPattern(
      parseTemplate(value, { variables: true, wildcards: operator.match === "wildcard" }),
      operator.match === "ignore-case",
    ),
  );
  return { key: "k", operator, patterns, exactPatterns: patterns, values };
}

describe("conditions", () => {
  it("a positive operator fails without the key", () => equal(holds(test("StringEquals", "a"), undefined), false));
  it("a negated one holds without the key", () => equal(holds(test("StringNotEquals", "a"), undefined), true));
  it("IfExists holds without the key", () => equal(holds(test("StringEqualsIfExists", "a"), undefined), true));
  it("ForAllValues holds without the key", () => equal(holds(test("ForAllValues:StringEquals", "a"), undefined), true));
  it("ForAnyValue fails without the key, negated or not", () =>
    deepEqual(
      [
        holds(test("ForAnyValue:StringEquals", "a"), undefined),
        holds(test("ForAnyValue:StringNotEquals", "a"), undefined),
      ],
      [false, false],
    ));
  it("Null true means absent", () =>
    deepEqual([holds(test("Null", "true"), undefined), holds(test("Null", "true"), ["x"])], [true, false]));
  it("several values are alternatives", () => equal(holds(test("StringEquals", "a", "b"), ["b"]), true));
  it("several values of a negated operator all must differ", () =>
    equal(holds(test("StringNotEquals", "a", "b"), ["b"]), false));
  it("ForAllValues asks every value", () =>
    equal(holds(test("ForAllValues:StringEquals", "a", "b"), ["a", "c"]), false));
  it("ForAnyValue asks for one", () => equal(holds(test("ForAnyValue:StringNotEquals", "a"), ["a", "c"]), true));
  it("StringEquals takes no wildcard", () => equal(holds(test("StringEquals", "a*"), ["ab"]), false));
  it("letter case counts but for IgnoreCase", () =>
    deepEqual(
      [holds(test("StringEquals", "A"), ["a"]), holds(test("StringEqualsIgnoreCase", "A"), ["a"])],
      [false, true],
    ));
  it("numbers compare as numbers", () => equal(holds(test("NumericLessThan", "10"), ["9"]), true));
  it("what is no number never compares", () => equal(holds(test("NumericLessThan", "10"), ["nine"]), false));
  it("dates compare in every zone", () =>
    equal(holds(test("DateLessThan", "2026-01-01T01:00:00+02:00"), ["2025-12-31T22:59:59Z"]), true));
  it("dates may be seconds since 1970", () => equal(parseDate("1767225600"), Date.parse("2026-01-01T00:00:00Z")));
  it("booleans compare in any letter case", () => equal(holds(test("Bool", "True"), ["true"]), true));
  it("addresses lie in networks", () =>
    deepEqual(
      [
        holds(test("IpAddress", "203.0.113.0/24"), ["203.0.113.9"]),
        holds(test("IpAddress", "203.0.113.0/24"), ["203.0.114.9"]),
      ],
      [true, false],
    ));
  it("addresses of six times four digits too", () => {
    const [network, address] = [parseNetwork("2001:db8::/32"), parseAddress("2001:db8:1::5")];
    equal(network !== undefined && address !== undefined && contains(network, address), true);
  });
  it("a network that is none holds nothing", () =>
    deepEqual(
      [parseNetwork("203.0.113.0/33"), parseNetwork("203.0.113"), parseNetwork("::1::")],
      [undefined, undefined, undefined],
    ));
});

describe("finding a value", () => {
  const free: Domain = { absent: true, values: "any", multivalued: false };
  const present: Domain = { absent: false, values: "any", multivalued: false };
  const list: Domain = { absent: false, values: "any", multivalued: true };
  const find = (domain: Domain, ...requirements: readonly (readonly [Test, boolean])[]) =>
    findValue(
      requirements.map(([each, wanted]) => ({ test: each, wanted })),
      domain,
      new Budget(50_000),
    );

  it("tries absence first", () => equal(find(free, [test("StringNotEquals", "a"), true]), "absent"));
  it("makes a value where the key must be there", () =>
    deepEqual(find(present, [test("StringLike", "a*"), true], [test("StringLike", "*b"), true]), ["ab"]));
  it("finds a number between two bounds", () =>
    deepEqual(find(present, [test("NumericGreaterThan", "3"), true], [test("NumericLessThan", "4"), true]), ["3.5"]));
  it("finds none where bounds exclude each other", () =>
    equal(find(present, [test("NumericGreaterThan", "4"), true], [test("NumericLessThan", "3"), true]), undefined));
  it("finds an address outside a network", () =>
    deepEqual(find(present, [test("IpAddress", "10.0.0.0/8"), true], [test("IpAddress", "10.0.0.0/9"), false]), [
      "10.255.255.255",
    ]));
  it("finds a time after another", () =>
    deepEqual(find(present, [test("DateGreaterThan", "2026-01-01T00:00:00Z"), true]), ["2026-01-01T00:00:01.000Z"]));
  it("gives each ForAnyValue an element of its own", () =>
    deepEqual(
      find(list, [test("ForAnyValue:StringEquals", "a"), true], [test("ForAnyValue:StringEquals", "b"), true]),
      ["a", "b"],
    ));
  it("holds every element to ForAllValues", () =>
    equal(
      find(list, [test("ForAnyValue:StringEquals", "a"), true], [test("ForAllValues:StringEquals", "b"), true]),
      undefined,
    ));
  it("keeps a key of one value to one", () =>
    equal(
      find(present, [test("ForAnyValue:StringEquals", "a"), true], [test("ForAnyValue:StringEquals", "b"), true]),
      undefined,
    ));
  it("fulfils a condition that has to fail", () =>
    deepEqual(find(present, [test("StringNotLike", "a*"), false]), ["aexample"]));
});
