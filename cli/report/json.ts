import { shownLine, shownLines } from "../../policypack/host";
import type { CheckResult } from "./check-result";
import { withoutStack } from "./frames";

/** The version of the shape below; it changes only where a reader of the old one would misread the new. */
const VERSION = 1;

/**
 * The result for other programs: `{ version, outcome, error?: { message, fix, details }, findings: [{ rule, level, severity,
 * resource, message }], assumptions: [text], notSeen: [text] }`. `outcome` is "passed", "blocked" or "failed" (then `error`
 * says why, and the findings are those made before), `level` "mandatory" or "advisory", `severity` "critical", "high",
 * "medium", "low" or "unspecified", `resource` a URN or "" for the whole stack. A finding that Pulumi's exceptions cover, so
 * that it does not block, has `exceptions: [{ id, reason }]`, and `notExceptedAt: [URN]` where an update may report it too.
 */
export function jsonReport({ outcome, failure, findings, assumptions, notSeen }: CheckResult): object {
  const shown = findings.map(({ rule, level, severity, resource, message, exceptions, notExceptedAt }) => {
    return { rule, level, severity, resource, message: shownLines(message), exceptions, notExceptedAt };
  });
  const error = failure && {
    message: shownLine(failure.message),
    fix: [failure.fix, ...failure.cures].map(shownLine).join("\n  "),
    details: shownLines(withoutStack(failure.details)),
  };
  const remarks = { assumptions: assumptions.map(shownLine), notSeen: notSeen.map(shownLine) };
  return { version: VERSION, outcome, error, findings: shown, ...remarks };
}
