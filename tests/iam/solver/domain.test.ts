import { deepEqual, equal, throws } from "node:assert/strict";
import { Budget } from "../../../policypack/iam/answer/budget";
import { parseOperator } from "../../../policypack/iam/language/operator";
import { textPattern } from "../../../policypack/iam/language/pattern";
import { parseTemplate } from "../../../policypack/iam/language/template";
import { anyValue, type Domain, findValue } from "../../../policypack/iam/solver/domain";
import type { Test } from "../../../policypack/iam/solver/test";
import { Undecided } from "../../../policypack/iam/solver/undecided";

/** `operator value…`; with `not` in front it has to fail. */
function requirement(text: string): { readonly test: Test; readonly wanted: boolean } {
  const wanted = !text.startsWith("not ");
  const [name = "", ...values] = text.replace(/^not /, "").split(" ");
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`${name} is no operator`);
  const patterns = values.map((value) =>
    textPattern(parseTemplate(value, { variables: false, wildcards: operator.match === "wildcard" })),
  );
  return { test: { key: "k", operator, patterns, exactPatterns: patterns, values }, wanted };
}

const present: Domain = { absent: false, values: "any", multivalued: false };
const free: Domain = { ...present, absent: true };
const list: Domain = { ...present, multivalued: true };

function find(domain: Domain, ...requirements: readonly string[]) {
  return findValue(requirements.map(requirement), domain, new Budget(50_000));
}

function findOne(...requirements: readonly string[]): string | undefined {
  const found = find(present, ...requirements);
  return found === undefined || found === "absent" ? found : found.join(" and ");
}

describe("a value of a condition key", () => {
  const region: Domain = { ...present, usual: ["us-east-1", "eu-central-1"] };

  it("is the first that a person would expect", () => {
    deepEqual(find(region, "StringLike *-1"), ["us-east-1"]);
    deepEqual(find(region, "StringNotEquals us-east-1"), ["eu-central-1"]);
  });
  it("is another one where those do not fit", () => deepEqual(find(region, "StringEquals ap-south-1"), ["ap-south-1"]));
  it("is one of a few where there are no others", () => {
    const few: Domain = { ...present, values: [["a"], ["b"]] };
    deepEqual(find(few, "StringNotEquals a"), ["b"]);
    equal(find(few, "StringEquals c"), undefined);
  });
  it("is there, or not, as Null asks", () => {
    equal(find(free, "Null true"), "absent");
    equal(find(present, "Null true"), undefined);
    deepEqual(find(free, "Null false", "StringEquals a"), ["a"]);
    equal(find(free, "Null true", "StringEquals a"), undefined);
  });
});

describe("numbers", () => {
  it("lie beside a bound", () => {
    equal(findOne("NumericLessThan 3"), "2");
    equal(findOne("NumericGreaterThan 3"), "4");
    equal(findOne("NumericNotEquals 3"), "2");
  });
  it("lie between two neighbours, whatever the order of the conditions", () => {
    equal(findOne("NumericLessThan 10", "NumericNotEquals 2", "NumericGreaterThan 9.5"), "9.75");
    equal(findOne("NumericGreaterThan 3", "NumericNotEquals 4"), "3.5");
  });
  it("are not below zero", () => {
    equal(findOne("NumericLessThan 1"), "0");
    equal(findOne("NumericLessThan 0"), undefined);
  });
  it("are above a bound or not", () =>
    equal(findOne("not NumericGreaterThan 5", "not NumericLessThanEquals 5"), undefined));
  it("are zero where no value of the policy is one", () => {
    equal(findOne("NumericNotEquals five"), "0");
    equal(findOne("NumericEquals five"), undefined);
    equal(findOne("NumericGreaterThan five 5"), "6");
  });
});

describe("dates", () => {
  it("lie beside a bound", () => {
    equal(findOne("DateGreaterThan 2026-01-01T00:00:00Z"), "2026-01-01T00:00:01.000Z");
    equal(findOne("DateLessThan 2026-01-01T00:00:00Z"), "2025-12-31T23:59:59.000Z");
  });
  it("end where the calendar does", () => equal(findOne("DateGreaterThan 8640000000000"), undefined));
});

describe("booleans", () => {
  it("are false or true", () => {
    equal(findOne("Bool true"), "true");
    equal(findOne("not Bool true"), "false");
    equal(findOne("Bool true", "not Bool true"), undefined);
  });
});

describe("addresses", () => {
  it("are an ordinary one where it fits", () => equal(findOne("NotIpAddress 10.0.0.0/8"), "198.51.100.23"));
  it("are the first of a network that is nobody's own", () => {
    equal(findOne("IpAddress 10.0.0.0/8"), "10.0.0.1");
    equal(findOne("IpAddress 10.0.0.7"), "10.0.0.7");
    equal(findOne("IpAddress 10.0.0.0/8", "NotIpAddress 10.0.0.1"), "10.0.0.0");
    equal(findOne("IpAddress 10.0.0.0/8", "NotIpAddress 10.0.0.0/31"), "10.255.255.255");
  });
  it("lie behind a network", () =>
    equal(findOne("NotIpAddress 198.51.100.0/24", "IpAddress 198.51.0.0/16"), "198.51.101.0"));
  it("do not lie behind the last one", () =>
    equal(findOne("NotIpAddress 255.255.255.0/24", "NotIpAddress 198.51.100.0/24"), "198.51.101.0"));
  it("are the first of all where the upper half is taken", () => equal(findOne("NotIpAddress 128.0.0.0/1"), "0.0.0.0"));
  it("are of version 6 where version 4 is taken", () => {
    equal(findOne("NotIpAddress 0.0.0.0/0"), "2001:db8::1");
    equal(
      findOne("NotIpAddress 0.0.0.0/0", "NotIpAddress 2000::/3", "NotIpAddress 4000::/2", "NotIpAddress 8000::/1"),
      "::",
    );
    equal(findOne("NotIpAddress 0.0.0.0/0", "NotIpAddress ::/0"), undefined);
  });
  it("are not in a network that is none", () => equal(findOne("IpAddress 10.0.0.0/33"), undefined));
});

describe("a value that is compared as text too", () => {
  it("is a boolean that fits", () => equal(findOne("Bool false", "StringLike f*"), "false"));
  it("is a number that fits", () => equal(findOne("NumericGreaterThan 3", "StringLike 4*"), "4"));
  it("is a date that fits", () =>
    equal(findOne("DateGreaterThan 2026-01-01T00:00:00Z", "StringLike 2026-*"), "2026-01-01T00:00:01.000Z"));
  it("is an address that fits", () => equal(findOne("IpAddress 10.0.0.0/8", "StringLike 10.*"), "10.0.0.1"));
  it("is the text itself where it fits", () => equal(findOne("StringEquals 7", "NumericGreaterThan 3"), "7"));
  it("is none where the text is none", () =>
    equal(findOne("StringEquals a", "StringEquals b", "NumericEquals 5"), undefined));
  it("is undecided where the texts that were tried do not fit", () =>
    throws(
      () => findOne("StringLike 12*", "NumericGreaterThan 3", "NumericLessThan 100"),
      (error) =>
        error instanceof Undecided && error.message === "conditions on k compare it both as text and as something else",
    ));
});

describe("several values", () => {
  it("are one where every condition is about all of them", () =>
    deepEqual(find(list, "ForAllValues:StringEquals a"), ["a"]));
  it("are one for each condition that asks for some value", () => {
    deepEqual(find(list, "ForAnyValue:StringLike a*", "ForAllValues:StringLike *b"), ["ab"]);
    deepEqual(find(list, "ForAnyValue:StringEquals a", "ForAnyValue:StringEquals b"), ["a", "b"]);
  });
  it("are one where a condition without a set operator reads the key", () =>
    equal(find(list, "ForAnyValue:StringEquals a", "StringEquals b"), undefined));
  it("are such that ForAllValues fails for one of them", () =>
    deepEqual(find(list, "not ForAllValues:StringEquals a", "ForAnyValue:StringEquals a"), ["example", "a"]));
});

describe("any value of a domain", () => {
  it("is found once, and costs the same steps each time", () => {
    const domain: Domain = { ...present, always: [requirement("StringLike a?c").test] };
    const budget = new Budget(1000);
    budget.take(100);
    const first = anyValue(domain, budget);
    const cost = budget.used - 100;
    deepEqual(first, ["aec"]);
    equal(anyValue(domain, budget), first);
    equal(budget.used, 100 + 2 * cost);
  });
  it("is absent where there is none", () => {
    const domain: Domain = {
      ...present,
      always: [requirement("StringEquals a").test, requirement("StringEquals b").test],
    };
    equal(anyValue(domain, new Budget(1000)), "absent");
  });
});
