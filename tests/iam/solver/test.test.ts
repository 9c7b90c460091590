import { deepEqual, equal } from "node:assert/strict";
import { parseOperator, readOperator } from "../../../policypack/iam/language/operator";
import { arnFields, arnPattern, textPattern } from "../../../policypack/iam/language/pattern";
import { parseTemplate } from "../../../policypack/iam/language/template";
import { holds, parseDate, parseNumber, type Test } from "../../../policypack/iam/solver/test";

/** Whether `operator` holds for a key with these values in the policy and those in the request. */
function fulfils(name: string, values: readonly string[], requested: readonly string[] | undefined): boolean {
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  const patterns = values.flatMap((value) => {
    const template = parseTemplate(value, { variables: false, wildcards: operator.match === "wildcard" });
    const pattern =
      operator.family === "arn"
        ? arnPattern(arnFields(template))
        : textPattern(template, operator.match === "ignore-case");
    return pattern === undefined ? [] : [pattern];
  });
  const test: Test = { key: "key", operator, patterns, exactPatterns: patterns, values };
  return holds(test, requested);
}

describe("condition operators, one value", () => {
  it("StringEquals takes no wildcard and minds letter case", () => {
    equal(fulfils("StringEquals", ["a*"], ["a*"]), true);
    equal(fulfils("StringEquals", ["a*"], ["ab"]), false);
    equal(fulfils("StringEquals", ["ab"], ["AB"]), false);
  });

  it("StringEqualsIgnoreCase does not mind letter case, and takes no wildcard", () => {
    equal(fulfils("StringEqualsIgnoreCase", ["Ab"], ["aB"]), true);
    equal(fulfils("StringEqualsIgnoreCase", ["Ab"], ["ac"]), false);
    equal(fulfils("StringEqualsIgnoreCase", ["a*"], ["AB"]), false);
  });

  it("StringNotEqualsIgnoreCase is the opposite", () => {
    equal(fulfils("StringNotEqualsIgnoreCase", ["Ab"], ["aB"]), false);
    equal(fulfils("StringNotEqualsIgnoreCase", ["Ab"], ["ac"]), true);
  });

  it("StringLike takes wildcards and minds letter case", () => {
    equal(fulfils("StringLike", ["a*c?"], ["abbcd"]), true);
    equal(fulfils("StringLike", ["a*c?"], ["abbc"]), false);
    equal(fulfils("StringLike", ["a*"], ["Ab"]), false);
  });

  it("StringNotLike and StringNotEquals hold where no value matches", () => {
    equal(fulfils("StringNotLike", ["a*", "b*"], ["bc"]), false);
    equal(fulfils("StringNotLike", ["a*", "b*"], ["cb"]), true);
    equal(fulfils("StringNotEquals", ["a", "b"], ["b"]), false);
    equal(fulfils("StringNotEquals", ["a", "b"], ["c"]), true);
  });

  it("ArnEquals and ArnLike keep a wildcard inside its field", () => {
    equal(fulfils("ArnLike", ["arn:aws:iam::*:root"], ["arn:aws:iam::111122223333:root"]), true);
    equal(fulfils("ArnLike", ["arn:aws:iam:*:root"], ["arn:aws:iam::111122223333:root"]), false);
    equal(fulfils("ArnEquals", ["arn:aws:s3:::a*"], ["arn:aws:s3:::a/b:c"]), true);
    equal(fulfils("ArnNotLike", ["arn:aws:s3:::a*"], ["arn:aws:s3:::b"]), true);
    equal(fulfils("ArnNotEquals", ["arn:aws:s3:::a*"], ["arn:aws:s3:::ab"]), false);
  });

  it("NumericEquals and NumericNotEquals compare numbers, not their spelling", () => {
    equal(fulfils("NumericEquals", ["10"], ["10.0"]), true);
    equal(fulfils("NumericEquals", ["10"], ["11"]), false);
    equal(fulfils("NumericNotEquals", ["10"], ["10.0"]), false);
    equal(fulfils("NumericNotEquals", ["10"], ["11"]), true);
  });

  it("NumericLessThan leaves the bound out, NumericLessThanEquals does not", () => {
    equal(fulfils("NumericLessThan", ["10"], ["9"]), true);
    equal(fulfils("NumericLessThan", ["10"], ["10"]), false);
    equal(fulfils("NumericLessThanEquals", ["10"], ["10"]), true);
    equal(fulfils("NumericLessThanEquals", ["10"], ["11"]), false);
  });

  it("NumericGreaterThan leaves the bound out, NumericGreaterThanEquals does not", () => {
    equal(fulfils("NumericGreaterThan", ["10"], ["11"]), true);
    equal(fulfils("NumericGreaterThan", ["10"], ["10"]), false);
    equal(fulfils("NumericGreaterThanEquals", ["10"], ["10"]), true);
    equal(fulfils("NumericGreaterThanEquals", ["10"], ["9"]), false);
  });

  it("a number is never compared with what is none", () => {
    equal(fulfils("NumericLessThan", ["10"], ["few"]), false);
    equal(fulfils("NumericLessThan", ["many"], ["9"]), false);
    equal(fulfils("NumericNotEquals", ["many"], ["9"]), true);
    equal(fulfils("NumericEquals", ["many"], ["few"]), false);
    equal(fulfils("NumericEquals", ["2026"], ["2026.0"]), true);
    equal(fulfils("NumericGreaterThan", ["-1"], ["few"]), false);
  });

  it("dates are moments, whatever their spelling", () => {
    equal(fulfils("DateEquals", ["2026-01-01T00:00:00Z"], ["2026-01-01T01:00:00+01:00"]), true);
    equal(fulfils("DateLessThan", ["2026-01-01T00:00:00Z"], ["2025-12-31T23:59:59Z"]), true);
    equal(fulfils("DateLessThan", ["2026-01-01T00:00:00Z"], ["2026-01-01T00:00:00Z"]), false);
    equal(fulfils("DateGreaterThanEquals", ["2026-01-01T00:00:00Z"], ["1767225600"]), true);
    equal(fulfils("DateGreaterThan", ["2026-01-01T00:00:00Z"], ["1767225600"]), false);
  });

  it("Bool does not mind letter case", () => {
    equal(fulfils("Bool", ["True"], ["true"]), true);
    equal(fulfils("Bool", ["true"], ["TRUE"]), true);
    equal(fulfils("Bool", ["true"], ["false"]), false);
  });

  it("IpAddress is a network, NotIpAddress everything outside it", () => {
    equal(fulfils("IpAddress", ["203.0.113.0/24"], ["203.0.113.255"]), true);
    equal(fulfils("IpAddress", ["203.0.113.0/24"], ["203.0.114.0"]), false);
    equal(fulfils("NotIpAddress", ["203.0.113.0/24"], ["203.0.114.0"]), true);
    equal(fulfils("IpAddress", ["2001:db8::/32"], ["2001:db8:1::5"]), true);
    equal(fulfils("IpAddress", ["2001:db8::/32"], ["2001:db9::"]), false);
    equal(fulfils("IpAddress", ["0.0.0.0/0"], ["2001:db8::1"]), false);
    equal(fulfils("IpAddress", ["198.51.100.0/24", "203.0.113.0/24"], ["203.0.113.5"]), true);
    equal(fulfils("IpAddress", ["203.0.113.5"], ["203.0.113.5"]), true);
    equal(fulfils("IpAddress", ["203.0.113.0/33"], ["203.0.113.0"]), false);
    equal(fulfils("IpAddress", ["somewhere"], ["203.0.113.0"]), false);
    equal(fulfils("IpAddress", ["203.0.113.0/24"], ["somewhere"]), false);
  });

  it("Null asks whether the key is there", () => {
    equal(fulfils("Null", ["true"], undefined), true);
    equal(fulfils("Null", ["True"], []), true);
    equal(fulfils("Null", ["true", "false"], ["a"]), true);
    equal(fulfils("Null", ["true"], ["a"]), false);
    equal(fulfils("Null", ["false"], ["a"]), true);
    equal(fulfils("Null", ["false"], undefined), false);
  });

  it("BinaryEquals compares as it stands", () => {
    equal(fulfils("BinaryEquals", ["QUJD"], ["QUJD"]), true);
    equal(fulfils("BinaryEquals", ["QUJD"], ["qujd"]), false);
  });
});

describe("condition operators, no value or several", () => {
  it("a missing key fails a positive operator and fulfils a negated one", () => {
    equal(fulfils("StringEquals", ["a"], undefined), false);
    equal(fulfils("StringNotEquals", ["a"], undefined), true);
  });

  it("IfExists is fulfilled by a missing key, and by nothing else more than without", () => {
    equal(fulfils("StringEqualsIfExists", ["a"], undefined), true);
    equal(fulfils("StringEqualsIfExists", ["a"], ["a"]), true);
    equal(fulfils("StringEqualsIfExists", ["a"], ["b"]), false);
    equal(fulfils("ForAnyValue:StringEqualsIfExists", ["a"], undefined), true);
  });

  it("ForAllValues is fulfilled by a missing key and by every value", () => {
    equal(fulfils("ForAllValues:StringEquals", ["a", "b"], undefined), true);
    equal(fulfils("ForAllValues:StringEquals", ["a", "b"], ["b", "a"]), true);
    equal(fulfils("ForAllValues:StringEquals", ["a", "b"], ["a", "c"]), false);
  });

  it("ForAnyValue needs one value", () => {
    equal(fulfils("ForAnyValue:StringEquals", ["a", "b"], undefined), false);
    equal(fulfils("ForAnyValue:StringNotEquals", ["a", "b"], undefined), false);
    equal(fulfils("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"]), true);
    equal(fulfils("ForAnyValue:StringEquals", ["a", "b"], ["c", "d"]), false);
  });
});

describe("names of operators", () => {
  it("say family, negation, comparison and order", () => {
    deepEqual(readOperator("StringNotLike"), {
      canonical: "StringNotLike",
      family: "string",
      negated: true,
      match: "wildcard",
      order: "equal",
      ifExists: false,
      set: "none",
    });
    deepEqual(readOperator("DateGreaterThanEquals"), {
      canonical: "DateGreaterThanEquals",
      family: "date",
      negated: false,
      match: "exact",
      order: "greater-or-equal",
      ifExists: false,
      set: "none",
    });
  });

  it("are these, each with its opposite and its order", () => {
    const meanings = [
      "StringEquals string exact",
      "StringNotEquals not string exact",
      "StringEqualsIgnoreCase string ignore-case",
      "StringNotEqualsIgnoreCase not string ignore-case",
      "StringLike string wildcard",
      "StringNotLike not string wildcard",
      "ArnEquals arn wildcard",
      "ArnLike arn wildcard",
      "ArnNotEquals not arn wildcard",
      "ArnNotLike not arn wildcard",
      "NumericEquals numeric equal",
      "NumericNotEquals not numeric equal",
      "NumericLessThan numeric less",
      "NumericLessThanEquals numeric less-or-equal",
      "NumericGreaterThan numeric greater",
      "NumericGreaterThanEquals numeric greater-or-equal",
      "DateEquals date equal",
      "DateNotEquals not date equal",
      "DateLessThan date less",
      "DateLessThanEquals date less-or-equal",
      "DateGreaterThan date greater",
      "DateGreaterThanEquals date greater-or-equal",
      "Bool bool",
      "BinaryEquals binary",
      "IpAddress ip",
      "NotIpAddress not ip",
      "Null null",
    ];
    const told = (name: string) => {
      const operator = readOperator(name);
      if (operator === undefined) return `${name} unknown`;
      const { canonical, negated, family, match, order } = operator;
      const text = family === "string" || family === "arn" ? [match] : [];
      const ordered = family === "numeric" || family === "date" ? [order] : [];
      return [canonical, ...(negated ? ["not"] : []), family, ...text, ...ordered].join(" ");
    };
    deepEqual(
      meanings.map((meaning) => told(meaning.replace(/ .*$/, ""))),
      meanings,
    );
  });

  it("are read in any letter case and told in AWS's", () => {
    equal(readOperator("forallvalues:stringlikeifexists")?.canonical, "ForAllValues:StringLikeIfExists");
    equal(readOperator("FORANYVALUE:BOOL")?.canonical, "ForAnyValue:Bool");
    equal(readOperator("ForAllValues:StringLike")?.set, "all");
    equal(readOperator("ForAnyValue:StringLike")?.set, "any");
    equal(readOperator("ForAnyValue:StringLikeIfExists")?.ifExists, true);
  });

  it("are refused where AWS has no such operator", () => {
    equal(readOperator("StringSounds"), undefined);
    equal(readOperator("ForSomeValues:StringLike"), undefined);
    equal(readOperator("NullIfExists"), undefined);
    equal(readOperator("ForAnyValue:Null"), undefined);
    equal(readOperator("IfExists"), undefined);
    equal(readOperator("BoolNot"), undefined);
  });
});

describe("numbers and dates", () => {
  const zone = process.env.TZ;
  before(() => {
    process.env.TZ = "America/New_York";
  });
  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("numbers are decimal, with a sign or a fraction", () => {
    equal(parseNumber("12"), 12);
    equal(parseNumber("-1.25"), -1.25);
    equal(parseNumber("+3"), 3);
    equal(parseNumber(" 7 "), 7);
    equal(parseNumber("1e3"), undefined);
    equal(parseNumber("0x10"), undefined);
    equal(parseNumber("1."), undefined);
    equal(parseNumber("12a"), undefined);
    equal(parseNumber("a12"), undefined);
    equal(parseNumber(""), undefined);
  });

  it("dates are W3C dates, in UTC where they name no zone, or seconds since 1970", () => {
    equal(parseDate("2026"), 1767225600000);
    equal(parseDate("2026-02"), 1769904000000);
    equal(parseDate("2026-02-03"), 1770076800000);
    equal(parseDate("2026-02-03T04:05"), 1770091500000);
    equal(parseDate("2026-02-03T04:05:06"), 1770091506000);
    equal(parseDate("2026-02-03T04:05:06.125Z"), 1770091506125);
    equal(parseDate("2026-02-03T04:05:06+02:00"), 1770084306000);
    equal(parseDate("2026-02-03T04:05:06-0200"), 1770098706000);
    equal(parseDate("1767225600"), 1767225600000);
    equal(parseDate("0"), 0);
    equal(parseDate("2026-13"), undefined);
    equal(parseDate("2026-2-3"), undefined);
    equal(parseDate("yesterday"), undefined);
    equal(parseDate("x2026-02-03"), undefined);
    equal(parseDate("x 2026-02-03"), undefined);
    equal(parseDate("12026-02-03"), undefined);
    equal(parseDate("2026-02-03x"), undefined);
  });
});
