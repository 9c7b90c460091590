import { readFileSync, writeFileSync } from "node:fs";
import { judge } from "../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../cli/audit/judging/policies";
import type { AccountRecord, RecordKind } from "../../../cli/audit/records/records";
import { jsonReport } from "../../../cli/report/json";

/** Judges the account in a file as `audit` does, and writes who has a way to administrator, and what it took. */
async function main([details = "", out = ""]: readonly string[]): Promise<void> {
  const value: unknown = JSON.parse(readFileSync(details, "utf8"));
  const record: AccountRecord = { state: "read", value, source: details };
  const records = new Map<RecordKind, AccountRecord>([["authorization-details", record]]);
  const account = { account: "111122223333", partition: "aws", readAt: new Date(), records };
  const result = await judge(account, readAuditPolicies(undefined, { only: [], skip: [] }));
  writeFileSync(`${out}.report.json`, JSON.stringify(jsonReport([result], "mandatory")));
  const named = (result.audit?.identities ?? []).filter(({ distance }) => distance !== undefined);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (userCPUTime + systemCPUTime) / 1e6;
  const told = { names: named.map(({ name }) => name), seconds, megabytes: maxRSS / 1024 };
  writeFileSync(out, JSON.stringify(told));
}

void main(process.argv.slice(2));
