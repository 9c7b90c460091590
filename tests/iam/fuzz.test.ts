import { equal, ok } from "node:assert/strict";
import type { Answered } from "./fuzz/disagreement";
import { games } from "./fuzz/games";

// Fixed, so that the run is repeatable; `npm run fuzz` looks for what these cases do not show.
const SEED = 20260926;

describe("the core against the reference", () => {
  const answers: Answered[] = [];
  const see = (more: readonly Answered[]) => void answers.push(...more);

  it("agrees on 7,000 sets of policies", function () {
    this.timeout(600_000);
    equal(games.policies.play({ seed: SEED, numRuns: 7_000 }, see), undefined);
  });

  it("agrees on 8,000 sets of policies about one condition key", function () {
    this.timeout(300_000);
    equal(games.oneKey.play({ seed: SEED, numRuns: 8_000 }, see), undefined);
  });

  it("agrees on 1,000 sets of policies about escalation paths", function () {
    this.timeout(300_000);
    equal(games.escalation.play({ seed: SEED, numRuns: 1_000 }, see), undefined);
  });

  it("agrees on 3,000 trust policies", function () {
    this.timeout(300_000);
    equal(games.trust.play({ seed: SEED, numRuns: 3_000 }, see), undefined);
  });

  it("agrees on 1,000 service control policies for the root user", function () {
    this.timeout(300_000);
    equal(games.root.play({ seed: SEED, numRuns: 1_000 }, see), undefined);
  });

  it("agrees on 1,000 sets of policies about many resources, and beside a policy that allows everything", function () {
    this.timeout(300_000);
    equal(games.wider.play({ seed: SEED, numRuns: 1_000 }, see), undefined);
  });

  describe("about what is not known yet", () => {
    const openings: Answered[] = [];

    it("agrees on 300 principals with open parts, and filling them in turns no no into a yes", function () {
      this.timeout(600_000);
      equal(
        games.openings.play({ seed: SEED, numRuns: 300 }, (more) => void openings.push(...more)),
        undefined,
      );
    });

    it("decides all but two answers of a hundred, of paths but five, and of each question both ways", () => {
      for (const question of ["adminPower", "mfaHole", "mayCall"] as const) {
        const asked = openings.filter((one) => one.question === question);
        const of = (answer: Answered["answer"]) => asked.filter((one) => one.answer === answer).length / asked.length;
        ok(of("unknown") <= 0.02, `${question}: ${of("unknown")} unknown`);
        ok(of("yes") >= 0.2, `${question}: ${of("yes")} yes`);
        ok(of("no") >= 0.2, `${question}: ${of("no")} no`);
      }
      const paths = openings.filter((one) => one.question === "escalationPaths");
      const open = paths.filter(({ answer }) => answer === "unknown");
      ok(open.length <= paths.length * 0.05, `${open.length} of ${paths.length} paths`);
    });
  });

  it("leaves at most two answers of a hundred open", () => {
    const open = answers.filter(({ answer }) => answer === "unknown");
    ok(
      open.length <= answers.length * 0.02,
      `${open.length} of ${answers.length}: ${JSON.stringify(open.slice(0, 5))}`,
    );
  });

  it("says yes at least every fourth time", () => ok(share("yes") >= 0.25, `${share("yes")}`));
  it("says no at least every fourth time", () => ok(share("no") >= 0.25, `${share("no")}`));

  function share(answer: Answered["answer"]): number {
    return answers.filter((one) => one.answer === answer).length / answers.length;
  }
});
