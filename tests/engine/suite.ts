import { type NoPulumiCli, type PulumiCli, pulumiCli } from "./pulumi";

/** A build from Go modules included. */
const FIRST_USE_MS = 20 * 60_000;
const TEST_MS = 5 * 60_000;

/**
 * To be called inside a `describe`: its tests run against the real engine, or are skipped with the reason where there is
 * none to be had; on a build server that is a failure. Which engine it was stands in the suite's title.
 *
 * @param find where the engine is to be had
 */
export function needsEngine(suite: Mocha.Suite, find: () => PulumiCli | NoPulumiCli = pulumiCli): void {
  suite.timeout(TEST_MS);
  before(function () {
    this.timeout(FIRST_USE_MS);
    const cli = find();
    if ("path" in cli) {
      suite.title += ` [pulumi ${cli.version}, ${cli.origin}]`;
      return;
    }
    if (process.env.CI) throw new Error(`the engine tests must run where CI is set: ${cli.reason}`);
    suite.title += ` [skipped: ${cli.reason}]`;
    this.skip();
  });
  after(() => console.log(`  ${suite.title}`));
}
