import assert from "node:assert/strict";
import { join } from "node:path";
import { accountsIn } from "../../../cli/audit/files/read-files";
import { judge } from "../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../cli/audit/judging/policies";
import type { CheckResult } from "../../../cli/report/check-result";

const EXAMPLES = join(__dirname, "..", "..", "..", "examples");

describe("the example of an account", function () {
  this.timeout(60_000);
  let result: CheckResult;

  before(async () => {
    const [records] = accountsIn([join(EXAMPLES, "account")], new Date("2026-11-01T00:00:00Z"));
    assert.ok(records);
    result = await judge(
      records,
      readAuditPolicies(join(EXAMPLES, "guardrails-of-account.json"), { only: [], skip: [] }),
    );
  });

  it("is blocked for a group without a gate, a way through a function, and a way through keys of others", () => {
    const blocking = result.findings.filter(({ level }) => level === "mandatory");
    assert.deepEqual(
      blocking.map(({ rule, resource }) => [rule, resource.split("::").at(-1)]),
      [
        ["require-user-mfa", "analysts"],
        ["no-privilege-escalation", "developers"],
        ["no-privilege-escalation", "release"],
      ],
    );
  });

  it("has forty identities, of whom some can become administrator in so many steps", () => {
    const identities = result.audit?.identities.filter(({ kind }) => kind !== "power") ?? [];
    assert.equal(identities.filter(({ kind }) => ["user", "group", "role"].includes(kind)).length, 40);
    const distances = new Map(identities.map(({ kind, name, distance }) => [`${kind} ${name}`, distance]));
    assert.equal(distances.get("role function-reports"), 1);
    assert.equal(distances.get("user release"), 1);
    assert.equal(distances.get("group developers"), 2);
    assert.equal(distances.get("user developer-01"), 3);
    assert.equal(distances.get("user operator-1"), undefined);
    assert.match(result.audit?.mends[0]?.what ?? "", /second statement of the policy "function-reports"/);
  });

  it("proves each finding about a role's trust with that role, in that account", () => {
    const [open] = result.findings.filter(({ rule }) => rule === "no-open-admin-role");
    assert.equal(open?.witnesses[0]?.resource, "arn:aws:iam::111122223333:role/OrganizationAccountAccessRole");
  });
});
