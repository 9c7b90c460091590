import { deepEqual, equal, notEqual } from "node:assert/strict";
import { notYet } from "../../../policypack/iam";
import { Mentioned, mentionsOf } from "../../../policypack/iam/language/mentions";
import { documentOf } from "../policies";

const allow = { Effect: "Allow", Action: "*", Resource: "*" };

describe("what a document speaks of", () => {
  const mentioned = (...statements: readonly object[]) => new Mentioned([documentOf(statements)]);

  it("is the keys of its conditions and its policy variables, each once", () =>
    deepEqual(
      [
        ...mentioned(
          { ...allow, Condition: { StringEquals: { "aws:username": "a", "s3:prefix": "${aws:userid}" } } },
          { ...allow, Effect: notYet, Resource: "arn:aws:s3:::${aws:username}/${saml:sub, 'x'}", Condition: notYet },
        ).keys,
      ],
      ["aws:userid", "aws:username", "s3:prefix", "saml:sub"],
    ));
  it("is no variable where the old version has none", () => {
    const old = { ...documentOf([{ ...allow, Resource: "${aws:username}" }]), variables: false };
    deepEqual(mentionsOf(old).keys, []);
  });
  it("is worked out once", () => {
    const document = documentOf([allow]);
    equal(mentionsOf(document), mentionsOf(document));
  });

  it("is account ids of twelve digits in resources and conditions", () =>
    deepEqual(
      [
        ...mentioned({
          ...allow,
          Resource: ["arn:aws:iam::111122223333:user/a", "arn:aws:s3:::b1234567890123", "*"],
          Condition: { StringEquals: { "aws:PrincipalAccount": ["444455556666", "111122223333"] } },
        }).accounts.keys(),
      ],
      ["111122223333", "444455556666"],
    ));
  it("is accounts of one role, where they stand side by side in the same place", () => {
    const roles = mentioned({
      ...allow,
      Resource: [
        "arn:aws:iam::111122223333:role/a",
        "arn:aws:iam::444455556666:role/a",
        "arn:aws:iam::777788889999:role/b",
      ],
    }).accounts;
    equal(roles.get("111122223333"), roles.get("444455556666"));
    notEqual(roles.get("111122223333"), roles.get("777788889999"));
  });
  it("is the partitions of its ARNs, and parts of account ids", () => {
    const found = mentioned({
      ...allow,
      Resource: [
        "arn:aws-us-gov:iam::1*:user/a",
        "arn:*:s3:::b",
        "arn:aws:iam::*:user/b",
        "arn:aws:iam::111122223333:user/1*",
      ],
    });
    deepEqual(found.partitions, ["aws-us-gov", "*", "aws"]);
    deepEqual(found.accountPatterns, ["1*"]);
  });
});
