import { deepEqual, throws } from "node:assert/strict";
import { notYet, type Principal, parseDocument, unknown, yes } from "../../../policypack/iam";
import { BudgetSpent } from "../../../policypack/iam/answer/budget";
import type { Grant } from "../../../policypack/iam/answer/grant";
import {
  askAboutPower,
  askAboutProtection,
  fromBothSides,
  gapsIn,
  orUnknown,
} from "../../../policypack/iam/evaluation/both-sides";
import { Undecided } from "../../../policypack/iam/solver/undecided";
import { policy } from "../policies";

const no = { answer: "no" } as const;
const grant: Grant = { witnesses: [], statements: [], qualifiers: ["mfa"], unless: [] };

/** A user whose policies are these statements, a policy each. */
function user(...statements: readonly unknown[]): Principal {
  const identity = statements.map((statement, index) => {
    const { document } = parseDocument({ Version: "2012-10-17", Statement: [statement] }, "identity");
    return { origin: `policy ${index}`, document: document ?? { notRead: "no policy" } };
  });
  return { kind: "user", identity };
}

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const refuse = { Effect: "Deny", Action: "s3:GetObject", Resource: "*" };

describe("an answer from both sides", () => {
  it("is a yes that holds with the least", () =>
    deepEqual(
      fromBothSides(
        yes(1),
        () => ["a gap"],
        () => no,
      ),
      yes(1),
    ));
  it("is what the least says where nothing is unknown, without asking further", () =>
    deepEqual(
      fromBothSides(
        no,
        () => [],
        () => {
          throw new Error("asked");
        },
      ),
      no,
    ));
  it("is a no that holds with the most", () =>
    deepEqual(
      fromBothSides(
        unknown("hard"),
        () => ["a gap"],
        () => no,
      ),
      no,
    ));
  it("is unknown between the two, for all the reasons", () => {
    deepEqual(
      fromBothSides(
        no,
        () => ["a gap"],
        () => yes(1),
      ),
      unknown("a gap"),
    );
    deepEqual(
      fromBothSides(
        unknown("hard"),
        () => ["a gap"],
        () => unknown("most"),
      ),
      unknown("hard", "a gap"),
    );
  });
});

describe("a search that gives up", () => {
  it("is unknown, and says why", () => {
    deepEqual(
      orUnknown(() => {
        throw new Undecided("too hard");
      }),
      unknown("too hard"),
    );
    const spent = new BudgetSpent("spent");
    deepEqual(
      orUnknown(() => {
        throw spent;
      }),
      unknown(spent.message),
    );
  });
  it("is not taken for a fault", () => {
    throws(
      () =>
        orUnknown(() => {
          throw new TypeError("broken");
        }),
      TypeError,
    );
  });
});

describe("a question about power", () => {
  const asked = (principal: Principal) => askAboutPower(principal, () => yes(grant));
  const unless = (principal: Principal) => {
    const verdict = asked(principal);
    return verdict.answer === "yes" && verdict.because.unless;
  };

  it("keeps what the yes says", () => deepEqual(asked(user(read)), yes(grant)));
  it("names no Deny that is known, and no Allow that is not", () => {
    deepEqual(unless(user(refuse)), []);
    deepEqual(unless(user({ ...read, Action: notYet })), []);
  });
  it("names the policies that may still take it away", () => {
    deepEqual(unless(user(read, { ...refuse, Action: notYet })), ["policy 1"]);
    deepEqual(unless(user({ ...refuse, Resource: notYet })), ["policy 0"]);
    deepEqual(unless(user({ ...refuse, Effect: notYet })), ["policy 0"]);
    deepEqual(unless({ kind: "user", identity: [policy(refuse, read, { ...refuse, Resource: notYet })] }), ["policy"]);
    const condition = { StringEquals: { "aws:PrincipalTag/team": notYet, "aws:SourceVpc": "vpc-1" } };
    deepEqual(unless(user({ ...refuse, Condition: condition })), ["policy 0"]);
    deepEqual(unless({ ...user(read), boundary: { origin: "boundary", document: { notRead: "elsewhere" } } }), [
      "boundary",
    ]);
  });
  it("is unknown for other gaps too, where the most finds something", () => {
    const ask = ({ name }: { readonly name: string }) => (name === "upper" ? yes(grant) : no);
    deepEqual(askAboutPower(user(read), ask), no);
    deepEqual(
      askAboutPower(user(read), ask, () => ["the caller's other policies"]),
      unknown("the caller's other policies"),
    );
  });
});

describe("a question about protection", () => {
  const least = ({ name }: { readonly name: string }) => (name === "lower-protection" ? yes(grant) : no);
  const most = ({ name }: { readonly name: string }) => (name === "upper" ? yes(grant) : no);
  const open = user({ ...refuse, Action: notYet });

  it("is a yes that holds with all that may protect", () => deepEqual(askAboutProtection(open, least), yes(grant)));
  it("is unknown where something that is not known may protect", () =>
    deepEqual(askAboutProtection(open, most), unknown("policy 0: $.Statement[0].Action is not known yet")));
  it("is a no where all is known", () => deepEqual(askAboutProtection(user(refuse), most), no));
});

describe("what is not known of a principal's policies", () => {
  it("is named by policy and place", () => {
    const strange = { ...read, Condition: { NoSuchOperator: { "aws:SourceVpc": "vpc-1" } } };
    const principal = {
      ...user(read, { ...read, Resource: notYet }, strange),
      scps: [[{ origin: "scp", document: { notRead: "it is in another account" } }]],
    };
    const [open = "", odd = "", unread = "", ...others] = gapsIn(principal);
    deepEqual(open, "policy 1: $.Statement[0].Resource is not known yet");
    deepEqual(odd.startsWith("policy 2: $.Statement[0].Condition"), true, odd);
    deepEqual(unread, "scp: it is in another account");
    deepEqual(others, []);
  });
});
