import { equal } from "node:assert/strict";
import { isAllowed, type Request, trusts } from "./reference";
import { conditionHolds } from "./reference-condition";
import { resolve } from "./reference-pattern";

/** Whether a condition holds for a request with this context. */
function holds(operator: string, key: string, expected: readonly string[], context: Request["context"]): boolean {
  return conditionHolds(operator, key, expected, (text) => resolve(text, "2012-10-17", context), context);
}

/** Whether one statement with this Resource allows s3:GetObject on the resource. */
function reaches(pattern: string, resource: string): boolean {
  const Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: pattern };
  return isAllowed({ action: "s3:GetObject", resource, context: {} }, { identity: [{ Statement }] });
}

/** Whether a Deny with this Resource stops s3:GetObject on the resource. */
function stops(pattern: string, resource: string): boolean {
  const Statement = [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "s3:GetObject", Resource: pattern },
  ];
  return !isAllowed({ action: "s3:GetObject", resource, context: {} }, { identity: [{ Statement }] });
}

const user = { arn: "arn:aws:iam::111122223333:user/alice", account: "111122223333" };

function trusted(...statements: readonly object[]): string {
  const policy = { Version: "2012-10-17", Statement: statements };
  return trusts(policy, user, { action: "sts:AssumeRole", context: { "sts:ExternalId": "7" } });
}

describe("the reference's condition operators", () => {
  it("StringLike takes wildcards", () => equal(holds("StringLike", "k", ["a*"], { k: "ab" }), true));
  it("StringEquals takes none", () => equal(holds("StringEquals", "k", ["a*"], { k: "ab" }), false));
  it("StringEqualsIgnoreCase ignores case", () =>
    equal(holds("StringEqualsIgnoreCase", "k", ["AB"], { k: "ab" }), true));
  it("StringEquals does not", () => equal(holds("StringEquals", "k", ["AB"], { k: "ab" }), false));
  it("operator names have no case", () => equal(holds("stringequals", "k", ["ab"], { k: "ab" }), true));

  it("ForAllValues asks every value", () =>
    equal(holds("ForAllValues:StringEquals", "k", ["a"], { k: ["a", "b"] }), false));
  it("ForAnyValue asks one value", () => equal(holds("ForAnyValue:StringEquals", "k", ["a"], { k: ["a", "b"] }), true));
  it("ForAnyValue of a negation asks for one that differs", () =>
    equal(holds("ForAnyValue:StringNotEquals", "k", ["a"], { k: ["a", "b"] }), true));
  it("ForAllValues of a negation wants all to differ", () =>
    equal(holds("ForAllValues:StringNotEquals", "k", ["a"], { k: ["a", "b"] }), false));

  it("numbers are compared as numbers", () => equal(holds("NumericLessThan", "k", ["10"], { k: "9" }), true));
  it("a bound is not less than itself", () => equal(holds("NumericLessThan", "k", ["10"], { k: "10" }), false));
  it("a bound is less than or equal to itself", () =>
    equal(holds("NumericLessThanEquals", "k", ["10"], { k: "10.0" }), true));
  it("what is no number is not equal", () => equal(holds("NumericNotEquals", "k", ["10"], { k: "ten" }), true));

  it("dates are compared as times", () =>
    equal(holds("DateGreaterThan", "k", ["2026-01-01T00:00:00Z"], { k: "2026-01-01T00:00:01Z" }), true));
  it("a date may be in seconds", () =>
    equal(holds("DateEquals", "k", ["1767225600"], { k: "2026-01-01T00:00:00Z" }), true));

  it("an address is in its range", () =>
    equal(holds("IpAddress", "k", ["203.0.113.0/24"], { k: "203.0.113.255" }), true));
  it("an address is outside the next range", () =>
    equal(holds("IpAddress", "k", ["203.0.113.0/24"], { k: "203.0.114.0" }), false));
  it("an address without a mask is itself", () =>
    equal(holds("IpAddress", "k", ["203.0.113.7"], { k: "203.0.113.8" }), false));
  it("a mask may end inside a byte", () =>
    equal(holds("IpAddress", "k", ["203.0.113.0/25"], { k: "203.0.113.128" }), false));
  it("IPv6 addresses are shortened", () =>
    equal(holds("IpAddress", "k", ["2001:db8::/32"], { k: "2001:db8:0:1::5" }), true));
  it("IPv4 is not in an IPv6 range", () => equal(holds("NotIpAddress", "k", ["::/0"], { k: "203.0.113.7" }), true));

  it("ARN operators compare part by part", () => {
    equal(holds("ArnLike", "k", ["arn:aws:iam::*:role/a*"], { k: "arn:aws:iam::1:role/ab" }), true);
    equal(holds("ArnEquals", "k", ["arn:aws:*:role/ab"], { k: "arn:aws:iam::1:role/ab" }), false);
  });
  it("an ARN's last part may have colons", () =>
    equal(holds("ArnLike", "k", ["arn:aws:sns:*:*:a*"], { k: "arn:aws:sns:r:1:a:b" }), true));

  it("a variable is its value", () => equal(holds("StringEquals", "k", [`\${j}`], { k: "x", j: "x" }), true));
  it("a variable without a value matches nothing", () =>
    equal(holds("StringLike", "k", [`*\${j}`], { k: "x" }), false));
  it("a variable without a value makes a negation true", () =>
    equal(holds("StringNotLike", "k", [`*\${j}`], { k: "x" }), true));
  it("a variable without a value has a default", () =>
    equal(holds("StringEquals", "k", [`\${j, 'x'}`], { k: "x" }), true));
  it("a default is not used when there is a value", () =>
    equal(holds("StringEquals", "k", [`\${j, 'x'}`], { k: "x", j: "y" }), false));
  it("a wildcard in a value is a character", () =>
    equal(holds("StringLike", "k", [`\${j}`], { k: "ab", j: "a*" }), false));
  it("a key with two values is no variable", () =>
    equal(holds("StringEquals", "k", [`\${j}`], { k: "x", j: ["x", "y"] }), false));
});

describe("the reference's resources", () => {
  it("a wildcard that ends its segment runs past the colon", () =>
    equal(reaches("arn:aws:*:x", "arn:aws:s3:::b:x"), true));
  it("a wildcard inside its segment does not", () => equal(reaches("arn:aws:*3:b:x", "arn:aws:s3:::b:x"), false));
  it("? does not match a colon", () => equal(reaches("arn:aws:s3?::b", "arn:aws:s3:::b"), false));
  it("the last segment is free", () => equal(reaches("arn:aws:s3:::a?b", "arn:aws:s3:::a:b"), true));
  it("an incomplete ARN is completed in an Allow", () => equal(reaches("arn:aws:s3", "arn:aws:s3:::b"), true));
  it("an incomplete ARN is completed in a Deny", () => equal(stops("arn:aws:s3", "arn:aws:s3:::b"), true));
  it("a Deny takes the narrower reading of an incomplete ARN", () =>
    equal(stops("arn:aws:*:x", "arn:aws:s3:::b:x"), false));
  it("an ARN with wildcards does not match *", () => equal(reaches("arn:*:*:*:*:*", "*"), false));
});

describe("the reference's trust policies", () => {
  const assume = { Effect: "Allow", Action: "sts:AssumeRole" };

  it("naming the user is enough", () => equal(trusted({ ...assume, Principal: { AWS: user.arn } }), "direct"));
  it("naming another user is not", () =>
    equal(trusted({ ...assume, Principal: { AWS: "arn:aws:iam::111122223333:user/bob" } }), "no"));
  it("the account's root means the account", () =>
    equal(trusted({ ...assume, Principal: { AWS: "arn:aws:iam::111122223333:root" } }), "account"));
  it("the account's number means the account", () =>
    equal(trusted({ ...assume, Principal: { AWS: "111122223333" } }), "account"));
  it("another account is not enough", () => equal(trusted({ ...assume, Principal: { AWS: "444455556666" } }), "no"));
  it("* means everybody", () => equal(trusted({ ...assume, Principal: "*" }), "direct"));
  it("a service is nobody else", () =>
    equal(trusted({ ...assume, Principal: { Service: "ec2.amazonaws.com" } }), "no"));
  it("a condition counts", () =>
    equal(trusted({ ...assume, Principal: "*", Condition: { StringEquals: { "sts:ExternalId": "8" } } }), "no"));
  it("a Deny wins", () =>
    equal(trusted({ ...assume, Principal: "*" }, { ...assume, Effect: "Deny", Principal: { AWS: user.arn } }), "no"));
  it("a Deny by NotPrincipal spares whom it names", () =>
    equal(
      trusted({ ...assume, Principal: "*" }, { ...assume, Effect: "Deny", NotPrincipal: { AWS: user.arn } }),
      "direct",
    ));
  it("a Deny by NotPrincipal hits the others", () =>
    equal(
      trusted({ ...assume, Principal: "*" }, { ...assume, Effect: "Deny", NotPrincipal: { AWS: "444455556666" } }),
      "no",
    ));
  it("another action is not this one", () =>
    equal(trusted({ ...assume, Action: "sts:TagSession", Principal: "*" }), "no"));
});
