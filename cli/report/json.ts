import { pageOf, shownLine, shownLines } from "../../policypack/host";
import { nameOf, typeOf } from "../pulumi/urn";
import { PACKAGE_NAME, packageVersion } from "../terminal/package-version";
import type { AccountAudit } from "./account-audit";
import type { CheckResult, FailOn, PlacedFinding } from "./check-result";
import { blocks } from "./check-result";
import { withoutStack } from "./frames";
import { placeOf, repositoryOf } from "./places";
import { countsOf, outcomeOf } from "./summary";

/** The version of the shape below, which report.schema.json describes; it changes where a reader of the old one would misread the new. */
export const REPORT_VERSION = 2;

/** The results for other programs: of one stack as it is, of several as a list of them. `report.schema.json` says what each field means. */
export function jsonReport(results: readonly CheckResult[], failOn: FailOn): object {
  const [only] = results;
  const head = { version: REPORT_VERSION, tool: { name: PACKAGE_NAME, version: packageVersion() } };
  if (results.length === 1 && only !== undefined) return { ...head, ...stackReport(only, failOn) };
  const counts = countsOf(results, failOn);
  return { ...head, outcome: outcomeOf(results), counts, stacks: results.map((each) => stackReport(each, failOn)) };
}

function stackReport(result: CheckResult, failOn: FailOn): object {
  const { outcome, failure, findings, assumptions, notSeen, project, stack, audit } = result;
  const error = failure && {
    message: shownLine(failure.message),
    fix: [failure.fix, ...failure.cures].map(shownLine).join("\n  "),
    details: shownLines(withoutStack(failure.details)),
  };
  return {
    ...{ outcome, error, project, stack, counts: countsOf([result], failOn) },
    findings: findings.map((finding) => findingReport(finding, result, failOn)),
    assumptions: assumptions.map(shownLine),
    notSeen: notSeen.map(shownLine),
    ...(audit === undefined ? {} : { audit: auditReport(audit) }),
  };
}

/** An account as it is, with the names of fields that findings have. */
function auditReport({ account, answers, identities, steps, mends }: AccountAudit): object {
  return {
    ...{ account, answers, identities, mends },
    steps: steps.map(({ witnesses, statements, ...step }) => ({
      ...step,
      witness: witnesses,
      statements: statements.map(({ origin, path }) => ({ policy: origin, path })),
    })),
  };
}

function findingReport(finding: PlacedFinding, result: CheckResult, failOn: FailOn): object {
  const { rule, level, severity, resource, message, text, decided, subjects, witnesses, statements } = finding;
  const { file, line, column, isExact } = placeOf(finding, result, repositoryOf(result.folder));
  return {
    ...{ fingerprint: finding.fingerprint, rule, level, severity, blocks: blocks(finding, failOn), decided },
    ...text,
    what: shownLines(text.what),
    message: shownLines(message),
    subjects,
    witness: witnesses,
    statements: statements.map(({ origin, path }) => ({ policy: origin, path })),
    resource: { urn: resource, type: typeOf(resource), name: nameOf(resource) },
    source: { file, line, column, exact: isExact },
    owners: finding.owners,
    help: pageOf(rule),
    exceptions: finding.exceptions,
    notExceptedAt: finding.notExceptedAt,
    inBaseline: finding.isInBaseline,
  };
}
