import { equal } from "node:assert/strict";
import { actionsMatching } from "../../../policypack/iam/aws/actions";
import { mayGrant } from "../../../policypack/iam/evaluation/grantable";
import { notYet } from "../../../policypack/iam/language/document";
import { parseDocument } from "../../../policypack/iam/language/parse";
import type { Policy } from "../../../policypack/iam/language/policy";

function policyOf(...statements: readonly unknown[]): Policy {
  const { document } = parseDocument({ Version: "2012-10-17", Statement: statements }, "identity");
  return { origin: "policy", document: document ?? { notRead: "the text is wrong" } };
}

const mayCreateUsers = (...identity: readonly Policy[]) =>
  mayGrant({ kind: "user", identity }, actionsMatching("iam:CreateUser"));

const everything = { Effect: "Allow", Resource: "*" };

describe("what the Allows of an identity may name", () => {
  it("is what an Action names, by wildcards too, and whatever a resource or condition leaves of it", () => {
    equal(mayCreateUsers(policyOf({ ...everything, Action: "iam:Create*" })), true);
    equal(mayCreateUsers(policyOf({ ...everything, Action: ["s3:*", "iam:Get*"] })), false);
    const never = { Bool: { "aws:SecureTransport": "false" } };
    equal(mayCreateUsers(policyOf({ ...everything, Action: "*", Condition: never })), true);
  });

  it("is all that a NotAction does not name", () => {
    equal(mayCreateUsers(policyOf({ ...everything, NotAction: "s3:*" })), true);
    equal(mayCreateUsers(policyOf({ ...everything, NotAction: "iam:*" })), false);
  });

  it("is nothing that only a Deny names, nor less for a Deny", () => {
    equal(mayCreateUsers(policyOf({ ...everything, Effect: "Deny", Action: "*" })), false);
    equal(
      mayCreateUsers(policyOf({ ...everything, Action: "*" }, { ...everything, Effect: "Deny", Action: "*" })),
      true,
    );
  });

  it("is anything that is not known yet: an action, an effect, a statement, a whole policy", () => {
    equal(mayCreateUsers(policyOf({ ...everything, Action: ["s3:GetObject", notYet] })), true);
    equal(mayCreateUsers(policyOf({ ...everything, NotAction: ["iam:*", notYet] })), false);
    equal(mayCreateUsers(policyOf({ ...everything, Effect: notYet, Action: "iam:*" })), true);
    equal(mayCreateUsers(policyOf(notYet)), true);
    equal(mayCreateUsers({ origin: "elsewhere", document: { notRead: "kept elsewhere" } }), true);
    equal(mayCreateUsers(), false);
  });
});
