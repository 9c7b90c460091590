import { equal } from "node:assert/strict";
import { rootHold, rootMay } from "../../../policypack/iam";
import { documentOf } from "../policies";

const sound = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };

function guard(Condition: unknown, more: object = {}): object {
  return { Effect: "Deny", Action: "*", Resource: "*", Condition, ...more };
}

/** `no` when root is bound, else the mistake; one answer for each statement that means root. */
function gaps(statements: readonly object[]): string {
  return rootHold(documentOf(statements, "scp"), { origin: "scp" })
    .map(({ escapes }) => (escapes.answer === "yes" ? escapes.because.mistake : escapes.answer))
    .join(" ");
}

describe("root SCP: accounts", () => {
  const inAccount = (operator: string, id: string) => ({ [operator]: { "aws:PrincipalAccount": id } });
  const may = (...statements: object[]) => rootMay([{ origin: "scp", document: documentOf(statements, "scp") }]).answer;

  it("a Deny in one account leaves the root users of others, whichever it is", () => {
    equal(may(guard(inAccount("StringEquals", "123456789012"))), "yes");
    equal(may(guard({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::1*:root" } })), "yes");
    equal(
      may(guard(inAccount("StringNotEquals", "123456789012")), guard(inAccount("StringEquals", "123456789012"))),
      "no",
    );
  });
  it("a guard that spares one account is no worse for it, whichever it is", () => {
    equal(gaps([guard({ ...sound, ...inAccount("StringNotEquals", "123456789012") })]), "no");
    equal(gaps([guard({ ...sound, ...inAccount("StringNotEquals", "111122223333") })]), "no");
  });
  it("each statement is about the organization that it names", () => {
    const inOrganization = (id: string, Action: string) =>
      guard({ ...sound, StringEquals: { "aws:PrincipalOrgID": id } }, { Action });
    equal(gaps([inOrganization("o-aaaaaaaaaa", "iam:*"), inOrganization("o-bbbbbbbbbb", "ec2:*")]), "no no");
  });
});
