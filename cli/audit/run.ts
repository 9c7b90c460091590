import { Delivery } from "../delivery/delivery";
import type { AccountAudit } from "../report/account-audit";
import type { CheckResult } from "../report/check-result";
import { Progress } from "../report/progress";
import type { Door } from "../terminal/door";
import { Failure } from "../terminal/failure";
import { type Read, readAccounts } from "./accounts";
import type { AuditFlags } from "./flags";
import { judge } from "./judging/judge";
import { type AuditPolicies, readAuditPolicies } from "./judging/policies";
import { Owners } from "./owners/owners";
import { PROJECT } from "./stack/account-stack";

/**
 * Does what the command line asks for: audits one account or many, writes the reports, and sets the exit code.
 *
 * @throws Failure for bad input, before anything is written
 */
export async function runAudit(
  flags: AuditFlags,
  door: Door,
  fail: (error: unknown, isDebug: boolean) => void,
): Promise<void> {
  const delivery = new Delivery(flags, door);
  const now = new Date();
  const policies = readAuditPolicies(flags.policyConfig, { only: flags.only, skip: flags.skip }, now, flags.base);
  const owners = flags.state.length === 0 ? undefined : Owners.inFiles(flags.state);
  const results: CheckResult[] = [];
  const progress = new Progress(door.terminal, "Reading", "accounts");
  try {
    for await (const read of readAccounts(flags, door, now)) {
      const result = await resultOf(read, policies, flags.requireComplete === true);
      results.push(owners?.named(result) ?? result);
      progress.update(results.length);
    }
  } finally {
    progress.end();
  }
  delivery.deliver(results, fail);
}

async function resultOf(read: Read, policies: AuditPolicies, isToBeComplete: boolean): Promise<CheckResult> {
  if ("failure" in read) return unread(read.account, read.failure);
  try {
    const result = await judge(read.records, policies);
    const failure = isToBeComplete && result.outcome === "passed" ? incomplete(result) : undefined;
    return failure === undefined ? result : { ...result, outcome: "failed", failure };
  } catch (error) {
    if (error instanceof Failure) return unread(read.account, error);
    throw error;
  }
}

function unread(account: string, failure: Failure): CheckResult {
  return {
    ...{ outcome: "failed", failure, findings: [], assumptions: [], notSeen: [], resources: 0 },
    ...{ project: PROJECT, stack: account, folder: process.cwd(), projectFile: `${PROJECT}/${account}/account.json` },
  };
}

function incomplete({ stack, audit }: CheckResult): Failure | undefined {
  const open: AccountAudit["answers"] = audit?.answers.filter(({ notChecked }) => notChecked.length > 0) ?? [];
  if (open.length === 0) return undefined;
  const permissions = new Set(
    open.flatMap(({ notChecked }) => notChecked.flatMap(({ permission }) => permission ?? [])),
  );
  return new Failure(
    `account ${stack}: ${open.length} rules are not checked: ${open.map(({ rule }) => rule).join(", ")}`,
    permissions.size === 0
      ? "Give the records that are missing; the report names them."
      : `Allow ${[...permissions].sort().join(", ")}: audit --print-policy prints all that an audit needs.`,
  );
}
