import { deepEqual, equal } from "node:assert/strict";
import type { Principal } from "../../../../policypack/iam";
import { no, unknown, yes } from "../../../../policypack/iam/answer/verdict";
import { type Named, powersByHolder } from "../../../../policypack/iam/questions/admin/powerful-policies";
import type { AccountPolicy } from "../../../../policypack/iam/requests/principal";
import { documentOf } from "../../../iam/budget-documents";

const ownPassword = "arn:aws:iam::*:user/${aws:username}";

function policy(origin: string, ...resources: readonly string[]): AccountPolicy {
  const document = documentOf({ Effect: "Allow", Action: "iam:ChangePassword", Resource: resources });
  return { policy: { origin, document } };
}

function user(name: string): Principal {
  return { kind: "user", name, identity: [] };
}

describe("what an account's policies are worth", () => {
  it("is asked once for all where no policy looks at names", () => {
    const asked: string[] = [];
    const worth = (_: AccountPolicy, { kind, name = "anybody" }: Named) => {
      asked.push(`${kind} ${name}`);
      return no;
    };
    const powersOf = powersByHolder([policy("a", "*")], worth, () => true);
    powersOf(user("alice"));
    powersOf(user("bob"));
    deepEqual(asked, ["user arbitrary-holder", "group arbitrary-holder", "role arbitrary-holder"]);
  });

  it("is asked of each name only where it is not nothing for all of them", () => {
    const policies = [policy("self", ownPassword), ...["b", "c", "d"].map((origin) => policy(origin, "*"))];
    const asked: string[] = [];
    const worth = ({ policy: { origin } }: AccountPolicy, { kind, name }: Named) => {
      if (name !== undefined) asked.push(`${origin} ${kind} ${name}`);
      if (origin !== "self" || kind !== "user") return no;
      return name === undefined ? unknown("the name") : name === "alice" ? yes({}) : no;
    };
    const powersOf = powersByHolder(policies, worth, () => true);
    const powersOfUsers = ["alice", "bob", "alice"].map((name) => powersOf(user(name)).sure.user.length);
    deepEqual(powersOfUsers, [1, 0, 1]);
    // Alice twice, as a policy that is found may make others worth more.
    deepEqual(asked, ["self user alice", "self user alice", "self user bob"]);
    equal(powersOf({ kind: "role", name: "alice", identity: [] }).sure.user.length, 0);
  });
});
