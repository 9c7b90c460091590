import assert from "node:assert/strict";
import { adminPower, escalationPaths, mfaHole, type Principal, rootHold } from "../../policypack/iam";
import { Budget, BudgetSpent, spend } from "../../policypack/iam/budget";
import { questionBudget } from "../../policypack/iam/question";
import * as documents from "./budget-documents";

const { parsed, userWith } = documents;

/** The solver's steps while something is asked. They depend on the documents only, not on the machine. */
function stepsOf(ask: () => unknown): number {
  const { take } = Budget.prototype;
  let steps = 0;
  Budget.prototype.take = function (this: Budget, count = 1) {
    steps += count;
    return take.call(this, count);
  };
  try {
    ask();
  } finally {
    Budget.prototype.take = take;
  }
  return steps;
}

/** The steps of all three questions about a user with one policy. */
function stepsAbout(text: string): number {
  return stepsOf(() => askEverything(userWith(parsed(text))));
}

function askEverything(principal: Principal): void {
  adminPower(principal);
  mfaHole(principal);
  escalationPaths(principal);
}

/** What a question answers, with the reasons of an unknown. */
function told(verdict: { readonly answer: string; readonly because?: unknown }): string {
  return verdict.answer === "unknown" ? `unknown: ${String(verdict.because)}` : verdict.answer;
}

describe("a budget", () => {
  it("lets exactly its limit be spent", () => {
    const budget = new Budget(3);
    assert.equal(budget.take(), true);
    assert.equal(budget.take(2), true);
    assert.equal(budget.take(), false);
    assert.equal(budget.used, 4);
  });

  it("ends a search with the number of steps that it allowed", () => {
    const budget = new Budget(2);
    spend(budget, 2);
    assert.throws(() => spend(budget), new BudgetSpent(2));
    assert.equal(new BudgetSpent(2).message, "no decision within 2 steps");
  });
});

describe("hostile documents", () => {
  const spent = `unknown: no decision within ${questionBudget} steps`;

  it("end in unknown that names the budget, never in a guess", () => {
    assert.equal(told(mfaHole(userWith(parsed(documents.nestedNegation)))), spent);
  });

  it("spend little more than the budget of a question", () => {
    const nested = userWith(parsed(documents.nestedNegation));
    assert.ok(stepsOf(() => mfaHole(nested)) <= 4 * questionBudget);
    const wildcards = userWith(parsed(documents.thousandsOfWildcards));
    assert.ok(stepsOf(() => mfaHole(wildcards)) <= questionBudget);
    const conditions = userWith(parsed(documents.manyConditions));
    assert.ok(stepsOf(() => adminPower(conditions)) <= questionBudget);
  });

  it("are decided all the same where the budget suffices", () => {
    assert.equal(told(adminPower(userWith(parsed(documents.nestedNegation)))), "no");
    assert.equal(told(adminPower(userWith(parsed(documents.manyConditions)))), "yes");
    assert.equal(told(adminPower(userWith(parsed(documents.thousandsOfWildcards)))), "no");
  });
});

describe("everyday questions take few steps", () => {
  it("about an administrator", () => assertBelow(2_000, stepsAbout(documents.administrator)));
  it("about an administrator behind a gate", () => assertBelow(2_000, stepsAbout(documents.gatedAdministrator)));
  it("about a reader of a bucket", () => assertBelow(100, stepsAbout(documents.bucketReader)));
  it("about somebody who deploys", () => assertBelow(300, stepsAbout(documents.deployer)));
  it("about own credentials", () => assertBelow(4_000, stepsAbout(documents.ownCredentials)));
  it("about a developer", () => assertBelow(5_000, stepsAbout(documents.developer)));
  it("about the longest managed policy", () => assertBelow(100, stepsAbout(documents.longestManagedPolicy)));
  it("about two hundred statements", () => assertBelow(500, stepsAbout(documents.twoHundredStatements)));

  it("about the root user under an SCP", () => {
    assertBelow(
      500,
      stepsOf(() => rootHold(parsed(documents.rootGuard, "scp"), { origin: "scp" })),
    );
    assertBelow(
      500,
      stepsOf(() => rootHold(parsed(documents.regionalRootGuard, "scp"), { origin: "scp" })),
    );
  });
});

describe("a request with a thousand users", () => {
  it("stays below a million steps for administrator power and MFA together", () => {
    const texts = [
      documents.gatedAdministrator,
      documents.bucketReader,
      documents.deployer,
      documents.ownCredentials,
      documents.developer,
    ];
    const users = Array.from({ length: 1_000 }, (_, i) => userWith(parsed(texts[i % 5] ?? documents.developer)));
    const steps = stepsOf(() => {
      for (const user of users) {
        adminPower(user);
        mfaHole(user);
      }
    });
    assertBelow(1_000_000, steps);
  });
});

function assertBelow(limit: number, steps: number): void {
  assert.ok(steps > 0, "nothing was searched");
  assert.ok(steps < limit, `${steps} steps`);
}
