import assert from "node:assert/strict";
import { textReport } from "../../../cli/report/text";
import { Failure } from "../../../cli/terminal/failure";
import { withStyles } from "../../../cli/terminal/style";
import { BLOCKED, EXPIRED, FOUND, foundWith, OWNED, PASSED } from "./results";

const failOn = "mandatory" as const;

function shown(results: Parameters<typeof textReport>[0], options: Partial<Parameters<typeof textReport>[1]> = {}) {
  return withStyles(textReport(results, { width: 80, failOn, ...options }), false, (text) => text);
}

describe("the report for people", () => {
  it("has a block a finding, assumptions and a last line, in the columns that there are", () => {
    assert.equal(
      shown([BLOCKED]),
      [
        "BLOCKED  no-overbroad-group  critical",
        '  The group "admins" has full administrator power, by the first statement of the',
        "  AWS managed policy AdministratorAccess.",
        "  Why   Every request is allowed (a member's access key, without MFA).",
        "  Fix   Allow the actions that the work needs, on the resources that it needs.",
        "        {",
        '          "Effect": "Deny"',
        "        }",
        "  Waived until: 2026-12-01: known",
        '  At    lib/groups.ts:12:3, aws:iam/group:Group "admins"',
        "  More  npx aws-identity-guardrails rules no-overbroad-group",
        "",
        "advice  settings",
        "  One waiver has expired.",
        "  At    Pulumi.yaml, the stack",
        "",
        "Assumed:",
        "  - the account is 123456789012 (change it with --account)",
        "",
        "Blocked: 1 blocking finding (1 critical), 1 advisory, in 1 resource of shop/dev.",
        "",
      ].join("\n"),
    );
  });

  it("names the resource that makes what is found in an account", () => {
    const owner = String.raw`lib/groups.ts:12:5, aws:iam/group:Group "admins" of stack shop/\u001b[31mdev`;
    assert.ok(shown([{ ...BLOCKED, findings: [OWNED] }], { width: 120 }).includes(`\n  Code  ${owner}\n  More`));
    const strange = { ...BLOCKED, findings: [{ ...FOUND, owners: [] }] };
    assert.match(shown([strange]), /\n {2}Code {2}in none of the stacks of --state\n {2}More/);
    assert.doesNotMatch(shown([BLOCKED]), /Code/);
  });

  it("says whose resource it is where several are told at once", () => {
    const { owners = [] } = OWNED;
    const findings = [
      { ...foundWith("ann"), owners },
      { ...foundWith("ben"), owners: [] },
      { ...foundWith("carl"), owners: [] },
    ];
    assert.match(
      shown([{ ...BLOCKED, findings }], { width: 120 }),
      /\n {2}Code {2}ann: lib\/groups\.ts:12:5, .*\n {2}Code {2}ben, carl: in none of the stacks of --state\n/,
    );
  });

  it("sets what does not fit on a line under its beginning", () => {
    const lookup =
      "aws:ssoadmin/getInstances:getInstances cannot be called offline: texts in its answer count as unknown";
    assert.match(
      shown([{ ...PASSED, assumptions: [lookup] }]),
      /^ {2}- aws:ssoadmin\/getInstances:getInstances cannot be called offline: texts in\n {4}its answer/m,
    );
  });

  it("says where nothing was found", () => {
    assert.equal(shown([PASSED]), "Passed: 0 blocking findings, 0 advisory, in 3 resources of shop/dev.\n");
  });

  it("tells sixty users in one block", () => {
    const findings = Array.from({ length: 60 }, (_, index) => foundWith(`user-${index}`));
    const lines = shown([{ ...BLOCKED, findings, assumptions: [] }]).split("\n");
    assert.equal(lines.filter((line) => line.startsWith("BLOCKED")).length, 1);
    assert.match(lines.join("\n"), /The same holds for 59 more: user-1, user-2, .*\buser-10 and 49 more\./s);
    assert.ok(lines.length < 20, `${lines.length} lines`);
  });

  it("keeps findings apart that differ in more than names", () => {
    const other = { ...foundWith("eve"), text: { ...foundWith("eve").text, fix: "Another one." } };
    const text = shown([{ ...BLOCKED, findings: [foundWith("anna"), other] }]);
    assert.equal(text.match(/^BLOCKED/gm)?.length, 2);
  });

  it("says passed and how many are undecided where there is doubt", () => {
    const undecided = { ...EXPIRED, rule: "undecided", decided: false, subjects: ['role "a"', 'role "b"'] };
    const text = shown([{ ...PASSED, findings: [undecided] }]);
    assert.match(text, /^Passed, 2 undecided: 0 blocking findings, 0 advisory, 2 undecided, in 3\s+resources/m);
  });

  it("is nothing with --quiet where nothing blocks, and what blocks where something does", () => {
    assert.equal(shown([{ ...PASSED, findings: [EXPIRED] }], { only: "quiet" }), "");
    const text = shown([BLOCKED], { only: "quiet" });
    assert.match(text, /^BLOCKED/);
    assert.doesNotMatch(text, /advice|Assumed/);
  });

  it("is a table and the last line with --summary", () => {
    const findings = [FOUND, EXPIRED, foundWith("anna"), foundWith("ben")];
    assert.equal(
      shown([{ ...BLOCKED, findings }], { only: "summary" }),
      [
        "Rule                Severity  Blocks  Advice",
        "no-overbroad-group  critical       1       -",
        "settings            -              -       1",
        "require-user-mfa    critical       2       -",
        "",
        "Blocked: 3 blocking findings (3 critical), 1 advisory, in 1 resource of",
        "shop/dev.",
        "",
      ].join("\n"),
    );
  });

  it("names each of several stacks", () => {
    const text = shown([BLOCKED, { ...PASSED, stack: "prod" }]);
    assert.match(text, /^Stack shop\/dev$/m);
    assert.match(text, /^Stack shop\/prod: nothing to tell$/m);
    assert.match(text, /in 4 resources of\s+shop\/dev,\s+shop\/prod\.$/m);
  });

  it("has what was found before a run failed, and is empty where nothing was", () => {
    const failed = { ...BLOCKED, outcome: "failed" as const, failure: new Failure("it failed", "Mend it.") };
    assert.match(shown([failed]), /^Failed, and found before that: 1 blocking finding/m);
    assert.equal(shown([{ ...failed, findings: [] }]), "");
  });
});
