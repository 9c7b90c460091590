import { pageOf } from "../../../policypack/host";
import type { Witness } from "../../../policypack/iam";
import { statementsInWords } from "../../../policypack/rules";
import { nameOf, typeOf } from "../../pulumi/urn";
import type { AccountAudit, NotChecked } from "../account-audit";
import type { CheckResult, FailOn, PlacedFinding } from "../check-result";
import { ownersInWords, placeOf, repositoryOf } from "../places";
import { countsInWords, outcomeOf, standingOf, verdictInWords } from "../summary";
import type { PageAudit, PageCoverage, PageData, PageFinding, PageReason, PageRequest, PageScope } from "./page-data";

/** How many subjects of one reason for not checking are named. */
const mostSubjects = 20;

/** What the page shows of results. */
export function pageContent(results: readonly CheckResult[], failOn: FailOn): PageData {
  const bases = results.map(({ folder }) => repositoryOf(folder));
  return {
    verdict: verdictInWords(results, failOn),
    outcome: outcomeOf(results),
    counts: countsInWords(results, failOn),
    scopes: results.map(scopeOf),
    findings: results.flatMap((result, scope) =>
      result.findings.map((finding) => toPageFinding(finding, result, scope, bases[scope] ?? "", failOn)),
    ),
  };
}

function scopeOf({ project, stack, failure, assumptions, notSeen, audit }: CheckResult): PageScope {
  return {
    name: audit === undefined ? `${project}/${stack}` : `Account ${audit.account}`,
    ...(failure === undefined ? {} : { failure: { message: failure.message, fix: failure.fix } }),
    ...{ assumptions, notSeen },
    ...(audit === undefined ? {} : { audit: toPageAudit(audit) }),
  };
}

function toPageFinding(
  finding: PlacedFinding,
  result: CheckResult,
  scope: number,
  base: string,
  failOn: FailOn,
): PageFinding {
  const { rule, severity, level, text, subjects, witnesses, statements, fingerprint, resource, exceptions } = finding;
  const { what, items = [], why, fix, code, notes = [] } = text;
  const { file, line, isExact } = placeOf(finding, result, base);
  return {
    ...{ scope, rule, severity, level, what, items, notes, subjects, fingerprint },
    standing: standingOf(finding, failOn),
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
    ...(code === undefined ? {} : { code }),
    ...(why === undefined && fix === undefined ? {} : { more: pageOf(rule) }),
    requests: witnesses.map(requestOf),
    statements: statements.map((statement) => statementsInWords([statement])),
    place: isExact ? `${file}:${line}` : file,
    resource: resource === "" ? "" : `${typeOf(resource)} "${nameOf(resource)}"`,
    owners: ownersInWords(finding),
    exceptions: (exceptions ?? []).map(({ id, reason }) => `${id}: ${reason}`),
  };
}

/** Steps name identities and reasons by their numbers: in an account thousands of steps have few reasons. */
function toPageAudit({ identities, steps, mends, answers }: AccountAudit): PageAudit {
  const numbers = new Map(identities.map(({ id }, number) => [id, number]));
  const reasons = new Map<string, { readonly number: number; readonly reason: PageReason }>();
  const numbered = steps.flatMap(({ from, to, how, path, witnesses, statements }) => {
    const [start, end] = [numbers.get(from), numbers.get(to)];
    if (start === undefined || end === undefined) return [];
    const reason = {
      ...{ how, ...(path === undefined ? {} : { path }) },
      ...{
        requests: witnesses.map(requestOf),
        statements: statements.map((statement) => statementsInWords([statement])),
      },
    };
    const key = JSON.stringify(reason);
    const known = reasons.get(key) ?? { number: reasons.size, reason };
    reasons.set(key, known);
    return [[start, end, known.number] as const];
  });
  return {
    ...{ identities, steps: numbered, reasons: [...reasons.values()].map(({ reason }) => reason) },
    mends: mends.map(({ what, cuts }) => ({ what, cuts })),
    coverage: answers.map(
      ({ rule, failed, passed, notChecked }): PageCoverage => ({
        ...{ rule, failed: failed.length, passed },
        notChecked: notChecked.map(notCheckedInWords),
      }),
    ),
  };
}

function notCheckedInWords({ because, permission, subjects = [] }: NotChecked): PageCoverage["notChecked"][number] {
  const left = subjects.length - mostSubjects;
  const named = subjects.slice(0, mostSubjects).join(", ");
  return {
    because,
    ...(permission === undefined ? {} : { permission }),
    ...(subjects.length === 0 ? {} : { subjects: left > 0 ? `${named} and ${left} more` : named }),
  };
}

function requestOf({ scenario, action, resource, context }: Witness): PageRequest {
  return {
    ...{ who: scenario, action, resource },
    context: Object.entries(context).map(
      ([key, value]) => `${key} = ${typeof value === "string" ? value : value.join(", ")}`,
    ),
  };
}
