import { deepEqual, equal, ok } from "node:assert/strict";
import { adminPower, Budget, escalationPaths, mfaHole } from "../../../policypack/iam";
import { allow, deny, user } from "../policies";

/** Denies that each spare a little under two conditions: every request has to find a way past all of them. */
const hostile = user(
  { Effect: "Allow", NotAction: "s3:List*", NotResource: "arn:aws:s3:::open/*" },
  ...["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"].map((tag) => ({
    Effect: "Deny",
    NotAction: `s3:${tag}*`,
    NotResource: `arn:aws:s3:::*${tag}*`,
    Condition: {
      StringNotEquals: { [`aws:ResourceTag/${tag}`]: tag },
      StringNotLike: { [`aws:PrincipalTag/${tag}`]: `*${tag}*` },
    },
  })),
);

describe("what a question may cost", () => {
  it("ends in an answer that says so", () =>
    deepEqual(
      adminPower(user(allow("iam:*"), deny("iam:*", "*", { StringNotLike: { "aws:PrincipalTag/a": "*a*b*" } })), {
        budget: new Budget(0),
      }),
      {
        answer: "unknown",
        because: ["no decision within 0 steps"],
      },
    ));
  it("is shared by the questions of one request", () => {
    const budget = new Budget(1_000_000);
    adminPower(user(allow("*")), { budget });
    const afterOne = budget.used;
    mfaHole(user(allow("*")), { budget });
    ok(afterOne > 0 && budget.used > afterOne);
  });
  it("is a few hundred steps for an ordinary policy", () => {
    const budget = new Budget(1_000_000);
    adminPower(user(allow("s3:*"), allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")), { budget });
    ok(budget.used < 300, `${budget.used} steps`);
  });
  it("is some thousand steps for all the paths of an administrator whom no policy asks anything", () => {
    const budget = new Budget(10_000);
    const paths = escalationPaths(user(allow("*"), deny("ec2:*")), { budget });
    equal(paths.find(({ path }) => path.id === "iam-001")?.verdict.answer, "yes");
    ok(budget.used < 3_000, `${budget.used} steps`);
  });
  it("is bounded for all escalation paths together", () => {
    const budget = new Budget(10_000_000);
    escalationPaths(hostile, { budget });
    ok(budget.used < 500_000, `${budget.used} steps`);
  });
  it("does not depend on what was asked before", () => {
    const [first, second] = [new Budget(1_000_000), new Budget(1_000_000)];
    mfaHole(hostile, { budget: first });
    mfaHole(hostile, { budget: second });
    equal(first.used, second.used);
  });
});
