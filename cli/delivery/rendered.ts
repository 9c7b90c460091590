import type { CheckResult } from "../report/check-result";
import type { Format } from "../report/formats";
import { htmlReport } from "../report/html/page";
import { jsonReport } from "../report/json";
import { junitReport } from "../report/junit";
import { markdownReport } from "../report/markdown";
import { sarifReport } from "../report/sarif";
import { type TextOptions, textReport } from "../report/text";
import type { Door } from "../terminal/door";

/**
 * A report as the text that goes out, with secrets masked.
 *
 * @param options of the text for people
 */
export function rendered(results: readonly CheckResult[], format: Format, options: TextOptions, door: Door): string {
  const { failOn } = options;
  switch (format) {
    case "text":
      return textReport(results, options);
    case "json":
      return door.jsonText(jsonReport(results, failOn));
    case "sarif":
      return door.jsonText(sarifReport(results, failOn));
    case "junit":
      return door.secrets.masked(junitReport(results, failOn));
    case "markdown":
      return door.secrets.masked(markdownReport(results, failOn));
    case "html":
      return htmlReport(results, failOn, (text) => door.secrets.masked(text));
  }
}
