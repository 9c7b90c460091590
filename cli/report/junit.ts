import { shownLine, shownLines } from "../../policypack/host";
import { rules } from "../../policypack/rules";
import type { CheckResult, FailOn } from "./check-result";
import { placeOf, repositoryOf } from "./places";
import { standingOf } from "./summary";

/**
 * The results as JUnit XML: a suite for each stack, in it a test case for each finding, and one that passes for each rule without any.
 * What blocks is a failure, what is excepted or in the baseline is skipped, what only advises passes with its text as output.
 */
export function junitReport(results: readonly CheckResult[], failOn: FailOn): string {
  // Loaded where it is asked for: it costs more than the rest of the command.
  const builder: typeof import("junit-report-builder").default = require("junit-report-builder");
  const report = builder.newBuilder();
  for (const result of results) {
    const suite = report.testSuite().name(shownLine(`${result.project}/${result.stack}`));
    for (const finding of result.findings) {
      const { file, line } = placeOf(finding, result, repositoryOf(result.folder));
      const message = shownLines(finding.message);
      const test = suite
        .testCase()
        .className(shownLine(finding.rule))
        .name(shownLine(finding.text.what))
        .file(shownLine(`${file}:${line}`));
      const standing = standingOf(finding, failOn);
      if (standing === "blocking") test.failure(shownLine(finding.text.what), finding.level).stacktrace(message);
      else if (standing === "exempt" || standing === "inBaseline") test.skipped();
      else test.standardOutput(message);
    }
    const found = new Set(result.findings.map(({ rule }) => rule));
    if (result.failure !== undefined) {
      suite.testCase().className("check").name("the run comes to its end").error(shownLine(result.failure.message));
    } else {
      for (const { id, title } of rules) if (!found.has(id)) suite.testCase().className(id).name(title);
    }
  }
  return report.build();
}
