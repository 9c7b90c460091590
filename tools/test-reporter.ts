import { relative } from "node:path";
import { Runner, reporters, type Suite, type Test } from "mocha";
import type { Counts, TestMessage } from "./test-message";

/** A mocha reporter that writes nothing and sends its parent process every result. */
class TestReporter extends reporters.Base {
  constructor(runner: Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    let before: Counts = { passed: 0, failed: 0, skipped: 0 };
    let since = Date.now();
    runner.on(Runner.constants.EVENT_SUITE_BEGIN, (suite: Suite) => {
      if (suite.parent?.root === true) send({ kind: "start", name: nameOf(suite) });
    });
    runner.on(Runner.constants.EVENT_SUITE_END, (suite: Suite) => {
      if (suite.parent?.root !== true) return;
      const now = this.counts();
      send({
        kind: "suite",
        name: nameOf(suite),
        milliseconds: Date.now() - since,
        counts: difference(now, before),
      });
      before = now;
      since = Date.now();
    });
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test: Test, error: unknown) => {
      send({ kind: "failure", title: test.fullTitle(), text: textOf(error) });
    });
    runner.on(Runner.constants.EVENT_RUN_END, () => send({ kind: "end", counts: this.counts() }));
  }

  private counts(): Counts {
    return { passed: this.stats.passes, failed: this.stats.failures, skipped: this.stats.pending };
  }
}

function nameOf({ file = "", title }: Suite): string {
  return `${relative(process.cwd(), file)}: ${title}`;
}

function difference(now: Counts, before: Counts): Counts {
  return {
    passed: now.passed - before.passed,
    failed: now.failed - before.failed,
    skipped: now.skipped - before.skipped,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function send(message: TestMessage): void {
  process.send?.(message);
}

export = TestReporter;
