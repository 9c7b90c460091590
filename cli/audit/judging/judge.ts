import { type Environment, judgeWhole, type Report } from "../../../policypack/host";
import { type Resource, stackUrn } from "../../../policypack/model";
import { type AnyRule, rules } from "../../../policypack/rules";
import { inReadingOrder, ofReport } from "../../pack/finding";
import { withExceptions } from "../../policies/exceptions";
import { blocks, type CheckResult, type PlacedFinding } from "../../report/check-result";
import type { AccountRecords } from "../records/records";
import { asPackRule } from "../rules/account-rule";
import { type AccountFacts, factsOf } from "../rules/facts";
import { accountRules } from "../rules/rules";
import { PROJECT } from "../stack/account-stack";
import { identityCenterPath } from "../stack/identities";
import { placeIn } from "../stack/places";
import { stackOf } from "../stack/to-stack";
import { waysIn } from "../ways/ways";
import { Tallies } from "./answers";
import { notForAccounts } from "./applicability";
import { rankedByDevices } from "./devices";
import type { AuditPolicies } from "./policies";

/**
 * Judges an account by the policy pack's rules and by those that only an account can answer.
 *
 * @throws Failure that names the place of what is not as AWS prints it
 */
export async function judge(
  records: AccountRecords,
  { configuration, exceptions }: AuditPolicies,
): Promise<CheckResult> {
  const { account, readAt } = records;
  const stack = stackOf(records);
  const facts = factsOf(records);
  const asked: readonly AnyRule[] = [
    ...accountRules.map((rule) => asPackRule(rule, facts)),
    ...rules.filter(({ id }) => notForAccounts[id] === undefined),
  ];
  const tallies = new Tallies(facts);
  const resources = [...stack.resources, ...standIns(facts, stack.resources)];
  const environment = { rules: asked, now: () => readAt, onAsked: tallies.take, spares: isOfPermissionSet };
  const { reports, analysis } = judgeWhole(resources, configuration, environment, stack.scps);
  const enabled = asked.filter(({ id }) => configuration.rules.get(id)?.level !== "disabled");
  const urns = { urns: new Set(resources.map(({ urn }) => urn)), stackUrn: stackUrn(account, PROJECT) };
  const excepted = (report: Report) => withExceptions(ofReport(report), exceptions, { ...urns, stoppedAt: () => [] });
  const findings = inReadingOrder(rankedByDevices(reports, facts).map(excepted)).map(
    (finding): PlacedFinding => ({ ...finding, source: placeIn(account, finding.resource) }),
  );
  return {
    outcome: findings.some((finding) => blocks(finding)) ? "blocked" : "passed",
    findings,
    assumptions: assumptionsOf(records),
    notSeen: stack.leftOut,
    project: PROJECT,
    stack: account,
    resources: stack.resources.length,
    folder: process.cwd(),
    projectFile: `${PROJECT}/${account}/account.json`,
    audit: { account, answers: tallies.answers(enabled, records), ...waysIn(analysis, facts) },
  };
}

/** A role that IAM Identity Center keeps for a permission set, which is judged in its place; as anybody else it may be on a way. */
function isOfPermissionSet(subject: Parameters<NonNullable<Environment["spares"]>>[0]): boolean {
  return "kind" in subject && subject.kind === "role" && subject.path?.startsWith(identityCenterPath) === true;
}

/** Resources for those whom only rules of accounts know, as the root user, so that they can be asked about. They declare nothing. */
function standIns(facts: AccountFacts, resources: readonly Resource[]): readonly Resource[] {
  const there = new Set(resources.map(({ urn }) => urn));
  const named = new Map(accountRules.flatMap((rule) => rule.subjects(facts).map(({ urn, name }) => [urn, name])));
  return [...named]
    .filter(([urn]) => !there.has(urn))
    .map(([urn, name]) => ({ urn, type: NAMED, name, properties: {}, dependencies: [], propertyDependencies: {} }));
}

const NAMED = "aws-account:index:Named";

/** What was taken for granted in the place of what was not read. */
function assumptionsOf({ records }: AccountRecords): readonly string[] {
  const scps = records.get("service-control-policies");
  if (scps?.state !== "not read") return [];
  return [`No service control policy takes anything away: they were not read (${scps.because})`];
}
