import { deepEqual, equal, ok } from "node:assert/strict";
import { adminPower, Budget, mfaHole } from "../../policypack/iam";
import {
  actionsMatching,
  actionsMatchingAny,
  actionsWithCharactersOf,
  allActions,
} from "../../policypack/iam/aws/actions";
import { arnGlob } from "../../policypack/iam/language/arn-glob";
import { advance, matches, type Pattern, start, textPattern } from "../../policypack/iam/language/pattern";
import { parseTemplate } from "../../policypack/iam/language/template";
import { findText } from "../../policypack/iam/solver/text-solver";
import { allow, user } from "./policies";

function like(text: string): Pattern {
  return textPattern(parseTemplate(text, { variables: false, wildcards: true }));
}

/** The most positions that are followed at once while the text is read. */
function mostPositions(pattern: Pattern, text: string): number {
  let positions = start(pattern);
  let most = positions.length;
  for (let i = 0; i < text.length; i++) {
    positions = advance(pattern, positions, text.charCodeAt(i));
    most = Math.max(most, positions.length);
  }
  return most;
}

const numbered = (count: number, toText: (i: number) => string) => Array.from({ length: count }, (_, i) => toText(i));

describe("texts of many wildcards", () => {
  it("follow a few positions, however many wildcards there are", () => {
    ok(mostPositions(like("*a".repeat(3000)), "a".repeat(500)) <= 3);
    ok(mostPositions(like("*".repeat(5000)), "a".repeat(50)) <= 2);
    const inFields = arnGlob(`arn:aws:iam::*:${"*a".repeat(3000)}`);
    ok(mostPositions(inFields, `arn:aws:iam::111122223333:${"a".repeat(500)}`) <= 3);
    ok(mostPositions(arnGlob(`${"*a".repeat(500)}:aws:iam::1:user/x`), "a".repeat(500)) <= 3);
  });
  it("match what they did: a run in a field ends at its colon, one that crosses goes on", () => {
    equal(matches(arnGlob("arn:aws:*:*a*a:1:user/x"), "arn:aws:iam:aba:1:user/x"), true);
    equal(matches(arnGlob("arn:aws:*:*a*a:1:user/x"), "arn:aws:iam:ab:1:user/x"), false);
    equal(matches(like("*ab*ab"), "abxab"), true);
    equal(matches(like("*ab*ab"), "ab"), false);
  });
  it("cost steps by their length as well, so that one long pattern cannot hide behind a count of one", () => {
    const cost = (pattern: Pattern) => {
      const budget = new Budget(1_000_000);
      findText({ required: [[pattern]], forbidden: [] }, budget);
      return budget.used;
    };
    ok(cost(like("*a".repeat(10))) < 5);
    ok(cost(like("*a".repeat(50_000))) > 100);
  });
});

describe("thousands of patterns", () => {
  it("of actions are held against the few names that have their characters", () => {
    const patterns = numbered(5000, (i) => `*:*a${i}*`);
    const compared = patterns.reduce((sum, pattern) => sum + actionsWithCharactersOf(pattern).count(), 0);
    ok(compared < 500_000, `${compared} names are compared`);
    ok([...actionsMatchingAny(["*:*v2"])].length > 0);
  });
  it("of actions find the same as without that: no name lacks a character of a pattern that matches it", () => {
    const names = (pattern: string) => actionsMatching(pattern);
    equal(names("*:putuserpolic?").count(), 1);
    ok(names("iam:putuserpolic?").equals(names("ia?:PutUserPolic?")));
    ok(names("***:***").equals(allActions()));
    ok(names("*iam:putuserpolicy").equals(names("iam:PutUserPolicy")));
    deepEqual([...names("*:put_*")], []);
  });
  it("of resources cannot make an administrator too expensive to judge", () => {
    const padded = user(allow("*", ["*", ...numbered(3000, (i) => `*a${i}`)]));
    equal(adminPower(padded, { budget: new Budget(200_000) }).answer, "yes");
    const spread = user(
      allow(
        "*",
        numbered(700, (i) => `*a${i}`),
      ),
    );
    equal(mfaHole(spread, { budget: new Budget(200_000) }).answer, "yes");
  });
  it("that are still too many end in an answer that says so", () => {
    const { answer, because } = mfaHole(
      user(
        allow(
          "*",
          numbered(3000, (i) => `arn:aws:iam::*:role/*a${i}`),
        ),
      ),
      {
        budget: new Budget(100_000),
      },
    ) as { answer: string; because?: readonly string[] };
    ok(answer === "yes" || (because?.[0] ?? "").startsWith("no decision within"), answer);
  });
});
