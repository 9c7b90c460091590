import assert from "node:assert/strict";
import { remarkOf } from "../../../cli/pack/finding";
import type { CheckResult } from "../../../cli/report/check-result";
import { jsonReport } from "../../../cli/report/json";
import { textReport } from "../../../cli/report/text";
import { Failure } from "../../../cli/terminal/failure";

const RESULT: CheckResult = {
  outcome: "blocked",
  findings: [
    {
      ...remarkOf(
        "no-overbroad-group",
        "critical",
        "urn:pulumi:dev::shop::aws:iam/group:Group::admins",
        'The group "admins" has full administrator power, by $.Statement[0] of arn:aws:iam::aws:policy/AdministratorAccess.\n' +
          "Fix: Allow the actions that the work needs.",
      ),
      level: "mandatory",
    },
    remarkOf("settings", "unspecified", "", "One waiver has expired."),
  ],
  assumptions: ["the account is 123456789012 (change it with --account)"],
  notSeen: [],
  project: "shop",
  stack: "dev",
  resources: 1,
  folder: "/srv/shop",
  projectFile: "Pulumi.yaml",
};

describe("the report for people", () => {
  it("has findings, assumptions and a summary, in 100 columns", () => {
    assert.equal(
      textReport(RESULT),
      [
        "BLOCKED  no-overbroad-group  (mandatory, critical)",
        "  admins  aws:iam/group:Group",
        "  urn:pulumi:dev::shop::aws:iam/group:Group::admins",
        '    The group "admins" has full administrator power, by $.Statement[0] of',
        "    arn:aws:iam::aws:policy/AdministratorAccess.",
        "    Fix: Allow the actions that the work needs.",
        "",
        "advice   settings  (advisory)",
        "  the stack",
        "    One waiver has expired.",
        "",
        "Assumed:",
        "  - the account is 123456789012 (change it with --account)",
        "",
        "Blocked: 1 mandatory finding, 1 advisory, in 1 resource of shop/dev.",
        "",
      ].join("\n"),
    );
  });

  it("says where nothing was found", () => {
    const clean = { ...RESULT, outcome: "passed" as const, findings: [], assumptions: [], resources: 3 };
    assert.equal(textReport(clean), "Passed: 0 mandatory findings, 0 advisory, in 3 resources of shop/dev.\n");
  });
});

describe("the report of a failed run", () => {
  const failure = new Failure("the program failed", "Mend it.", "Error: no such shop");
  const failed = { ...RESULT, outcome: "failed" as const, failure };

  it("has what was found before, for people", () => {
    const last = "Failed, and found before that: 1 mandatory finding, 1 advisory, in 1 resource of shop/dev.\n";
    assert.equal(textReport(failed).endsWith(last), true);
  });

  it("is empty for people where nothing was found", () => {
    assert.equal(textReport({ ...failed, findings: [] }), "");
  });

  it("has the error, for programs", () => {
    const { outcome, error, findings } = JSON.parse(JSON.stringify(jsonReport(failed)));
    assert.deepEqual([outcome, findings.length], ["failed", 2]);
    assert.deepEqual(error, { message: "the program failed", fix: "Mend it.", details: "Error: no such shop" });
  });
});
