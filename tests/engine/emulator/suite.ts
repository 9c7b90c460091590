import { needsEngine } from "../suite";
import { motoEnvironment } from "./environment";

/**
 * To be called inside a `describe`: its tests run under the real engine against an AWS emulator, or are skipped with the reason
 * where there is no Python to run it; on a build server that is a failure.
 */
export function needsEmulator(suite: Mocha.Suite): void {
  needsEngine(suite);
  before(function () {
    this.timeout(10 * 60_000);
    const environment = motoEnvironment();
    if ("python" in environment) {
      suite.title += ` [${environment.version}]`;
      return;
    }
    if (process.env.CI) throw new Error(`the emulator tests must run where CI is set: ${environment.reason}`);
    suite.title += ` [skipped: ${environment.reason}]`;
    this.skip();
  });
}
