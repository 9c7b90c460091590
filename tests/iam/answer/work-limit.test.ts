import { equal, ok } from "node:assert/strict";
import { WorkLimit } from "../../../policypack/iam/answer/work-limit";

describe("the work limit of a run", () => {
  const takeAll = (work: WorkLimit, subject: object) => {
    let steps = 0;
    while (work.of(subject).budget?.take() === true) steps += 1;
    return steps;
  };

  it("gives each subject steps of its own, and an eighth of the reserve at most", () => {
    const work = new WorkLimit({ subject: 100, reserve: 800 });
    equal(takeAll(work, {}), 200);
    equal(takeAll(work, {}), 200);
  });

  it("leaves those who come last their own, however much the others took", () => {
    const work = new WorkLimit({ subject: 100, reserve: 800 });
    for (let greedy = 0; greedy < 50; greedy++) takeAll(work, {});
    const last = {};
    ok(work.of(last).budget?.take(100));
    equal(work.of(last).budget?.take(), false);
  });

  it("counts what every search has, however easy, where it is shared and nowhere else", () => {
    const { budget } = new WorkLimit({ subject: 100, reserve: 0 }).of({});
    equal(budget?.takeShared(100), true);
    equal(budget?.takeShared(1), false);
    equal(budget?.isExhausted, true);
  });
});
