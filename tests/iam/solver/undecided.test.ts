import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { adminPower, Budget, escalationPaths, type Grant, mfaHole, type Verdict } from "../../../policypack/iam";
import {
  allHold,
  firstFound,
  firstFoundInRounds,
  outcomeOf,
  Undecided,
} from "../../../policypack/iam/solver/undecided";
import { allow, deny, group, user } from "../policies";
import { powerOrReasons as power } from "../verdicts";

const hard = new Undecided("hard");

function steps(): Budget {
  return new Budget(1000);
}

function orThrow<T>(value: T | Undecided): T {
  if (value instanceof Undecided) throw value;
  return value;
}

describe("the outcome of a search", () => {
  it("is what it finds, or why it does not decide", () => {
    equal(
      outcomeOf(() => 1),
      1,
    );
    equal(
      outcomeOf(() => orThrow(hard)),
      hard,
    );
  });
  it("is no fault of the program", () =>
    throws(
      () =>
        outcomeOf(() => {
          throw new RangeError("fault");
        }),
      RangeError,
    ));
});

describe("several searches", () => {
  it("find what one finds behind another that does not decide", () =>
    equal(firstFound([hard, undefined, 2, 3], orThrow), 2));
  it("find nothing where none does, and decide nothing where one does not", () => {
    equal(firstFound([undefined, undefined], orThrow), undefined);
    throws(() => firstFoundInRounds([undefined, hard, undefined], steps(), orThrow), hard);
  });
  it("do not all hold where one fails behind another that does not decide", () => {
    equal(allHold([true, hard, false], orThrow), false);
    equal(allHold([true, true], orThrow), true);
    throws(() => allHold([true, hard], orThrow), hard);
  });
});

/** Compares one key as an address and as text, in a way that nothing here decides. */
const odd = {
  StringLike: { "aws:SourceIp": "*7*1*" },
  IpAddress: { "aws:SourceIp": "0.0.0.0/0" },
  StringNotLike: { "aws:SourceIp": ["?71*", "7*1*"] },
};

function answerOf({ answer }: Verdict<Grant>): string {
  return answer;
}

describe("a statement that nobody can decide", () => {
  it("leaves open what it alone allows", () => {
    equal(answerOf(mfaHole(user(allow("s3:GetObject", "*", odd)))), "unknown");
    equal(answerOf(adminPower(group(allow("iam:PutGroupPolicy", "*", odd)))), "unknown");
    equal(answerOf(adminPower(group(allow("*", "*", odd)))), "unknown");
  });
  it("hides nothing that another statement allows", () => {
    equal(answerOf(mfaHole(user(allow("s3:GetObject", "*", odd), allow("dynamodb:GetItem")))), "yes");
    equal(power(group(allow("iam:PutGroupPolicy", "*", odd), allow("iam:AttachGroupPolicy"))), "self-escalation");
    equal(power(group(allow("*", "*", odd), allow("iam:AttachGroupPolicy"))), "self-escalation");
    equal(power(group(allow("*", "*", odd), allow("iam:*"))), "iam-full");
  });
  it("is no power where another denies all of it", () => {
    equal(power(group(allow("*", "*", odd), deny("iam:*"))), "no");
    deepEqual(power(group(allow("s3:*", "*", odd), allow("dynamodb:*"))), "no");
  });
});

/** Denies of an action whose conditions fit together in so many ways that no search goes through them all. */
function manyWays(action: string): readonly unknown[] {
  let state = 12345;
  const below = (end: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
  return Array.from({ length: 150 }, () => {
    const tags = [below(30), below(30), below(30)].map((tag) => `aws:PrincipalTag/t${tag}`);
    const operators = tags.map(() => (below(2) === 0 ? "StringEquals" : "StringNotEquals"));
    const condition: Record<string, Record<string, string>> = {};
    for (const [index, tag] of tags.entries()) {
      const operator = operators[index] ?? "";
      condition[operator] = { ...condition[operator], [tag]: "1" };
    }
    return deny(action, "*", condition);
  });
}

describe("a statement that takes too many steps", () => {
  it("leaves open what it alone allows", () => {
    equal(answerOf(mfaHole(user(allow("s3:*"), ...manyWays("s3:*")))), "unknown");
    equal(answerOf(adminPower(group(allow("iam:PutGroupPolicy"), ...manyWays("iam:PutGroupPolicy")))), "unknown");
  });
  it("hides nothing that another statement allows", () => {
    const hard = [allow("iam:PutGroupPolicy"), ...manyWays("iam:PutGroupPolicy")];
    equal(power(group(...hard, allow("iam:AttachGroupPolicy"))), "self-escalation");
  });
  it("hides no path to another identity's power", () => {
    const paths = (...statements: readonly unknown[]) =>
      escalationPaths(user(...statements)).flatMap(({ path, verdict }) =>
        path.id === "lambda-003" ? [verdict.answer] : [],
      );
    const hard = [allow("iam:*"), ...manyWays("iam:*")];
    deepEqual(paths(...hard, allow("lambda:UpdateFunctionCode")), ["yes"]);
    deepEqual(paths(...hard), []);
  });
  it("costs no more than a question may", () => {
    const budget = new Budget(1e9);
    escalationPaths(user(allow("iam:*"), ...manyWays("iam:*"), allow("lambda:*")), { budget });
    ok(budget.used < 4.1 * 50_000, String(budget.used));
  });
});
