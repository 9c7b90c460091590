import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { annotations } from "../../../cli/report/annotations";
import type { CheckResult } from "../../../cli/report/check-result";
import { outputsIn } from "../../../cli/report/formats";
import { jsonReport } from "../../../cli/report/json";
import { junitReport } from "../../../cli/report/junit";
import { markdownReport } from "../../../cli/report/markdown";
import { sarifReport } from "../../../cli/report/sarif";
import { Failure } from "../../../cli/terminal/failure";
import { BLOCKED, FOUND, foundWith, GROUP, OWNED, PASSED } from "./results";

const SCHEMA = join(__dirname, "..", "..", "..", "cli", "report", "report.schema.json");
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")));
const FAILED: CheckResult = {
  ...BLOCKED,
  outcome: "failed",
  failure: new Failure("it failed", "Mend it.", "Error: x"),
};

/** As another program reads it. */
function json(...results: readonly CheckResult[]) {
  return JSON.parse(JSON.stringify(jsonReport(results, "mandatory")));
}

describe("the report as JSON", () => {
  for (const [what, results] of Object.entries({
    "a blocked stack": [BLOCKED],
    "a clean stack": [PASSED],
    "a failed run": [FAILED],
    "two stacks": [BLOCKED, { ...PASSED, stack: "prod" }],
    "owners in stacks": [{ ...BLOCKED, findings: [OWNED, { ...FOUND, owners: [] }] }],
    "exceptions and a baseline": [
      {
        ...BLOCKED,
        findings: [{ ...FOUND, exceptions: [{ id: "E", reason: "r" }], notExceptedAt: [GROUP], isInBaseline: true }],
      },
    ],
  })) {
    it(`fits its schema: ${what}`, () => {
      assert.equal(validate(json(...results)), true, JSON.stringify(validate.errors));
    });
  }

  it("does not fit it without a field", () => {
    const { findings, ...rest } = json(BLOCKED);
    assert.equal(validate(rest), false);
    assert.equal(validate({ ...rest, findings: [{ ...findings[0], fingerprint: undefined, extra: 1 }] }), false);
  });

  it("has a finding in its parts", () => {
    const { findings, outcome, counts } = json(BLOCKED);
    assert.equal(outcome, "blocked");
    assert.deepEqual([counts.blocking, counts.advisory], [1, 1]);
    const { what, why, fix, witness, source, resource, statements } = findings[0];
    assert.match(what, /^The group "admins"/);
    assert.match(why, /^Every request/);
    assert.match(fix, /^Allow the actions/);
    assert.equal(witness[0].scenario, "a member's access key, without MFA");
    assert.deepEqual(source, { file: "lib/groups.ts", line: 12, column: 3, exact: true });
    assert.deepEqual(resource, { urn: GROUP, type: "aws:iam/group:Group", name: "admins" });
    assert.deepEqual(statements, [{ policy: "arn:aws:iam::aws:policy/AdministratorAccess", path: "$.Statement[0]" }]);
    assert.deepEqual(findings[1].source, { file: "Pulumi.yaml", line: 1, column: 1, exact: false });
  });
});

describe("the report as SARIF", () => {
  const [run] = sarifReport([BLOCKED], "mandatory").runs;

  it("places every result, and says where the place is none", () => {
    const places = run?.results?.map(({ locations }) => {
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      return `${artifactLocation?.uri}:${region?.startLine}:${region?.startColumn}`;
    });
    assert.deepEqual(places, ["lib/groups.ts:12:3", "Pulumi.yaml:1:1"]);
    assert.match(run?.results?.[1]?.message.text ?? "", /does not say which line makes it/);
  });

  it("is known again by its fingerprint, a stack a category", () => {
    assert.deepEqual(run?.results?.[0]?.partialFingerprints, {
      primaryLocationLineHash: "f1:1",
      "awsIdentityGuardrails/v1": "f1",
    });
    assert.equal(run?.automationDetails?.id, "aws-identity-guardrails/shop/dev/");
  });

  it("tells the severity of a rule as text, and tags it", () => {
    const rule = run?.tool.driver.rules?.find(({ id }) => id === "no-overbroad-group");
    assert.equal(rule?.properties?.["security-severity"], "9.5");
    assert.ok(rule?.properties?.tags?.includes("security"));
    assert.match(rule?.help?.text ?? "", /npx aws-identity-guardrails rules no-overbroad-group/);
  });

  it("is an error where it blocks and a suppressed one where it is known", () => {
    const [known] = sarifReport([{ ...BLOCKED, findings: [{ ...FOUND, isInBaseline: true }] }], "mandatory").runs;
    assert.equal(run?.results?.[0]?.level, "error");
    assert.equal(run?.results?.[1]?.level, "warning");
    assert.equal(known?.results?.[0]?.suppressions?.length, 1);
  });
});

describe("the report as JUnit XML", () => {
  it("has a failure for what blocks, and a passed case for each rule without findings", () => {
    const xml = junitReport([BLOCKED], "mandatory");
    assert.match(xml, /<testsuite name="shop\/dev" tests="\d+" failures="1" errors="0" skipped="0">/);
    assert.match(
      xml,
      /<testcase classname="no-overbroad-group" .* file="lib\/groups\.ts:12">\s+<failure message="The group/,
    );
    assert.match(xml, /<testcase classname="require-user-mfa" name="[^"]+"\/>/);
  });

  it("has an error where the run failed", () => {
    assert.match(junitReport([FAILED], "mandatory"), /<error message="it failed"/);
  });
});

describe("the report as Markdown", () => {
  it("has a verdict, a table, and each finding to be opened", () => {
    const text = markdownReport([BLOCKED], "mandatory");
    assert.match(text, /^### ⛔ AWS identity guardrails: Blocked\n/);
    assert.match(text, /\| ⛔ blocks \| `no-overbroad-group` \| critical \| `lib\/groups\.ts:12` \|/);
    assert.match(text, /```json\n\{\n {2}"Effect": "Deny"\n\}\n```/);
  });

  it("makes nothing of names: no HTML, no mention, no table", () => {
    const name = "<img src=x> @admin | *x* `y`";
    const text = markdownReport([{ ...BLOCKED, findings: [foundWith(name)], project: name }], "mandatory");
    assert.doesNotMatch(text, /<img|@admin/);
    assert.match(text, /\\\| \\\*x\\\*/);
  });

  it("stays within what a comment may hold", () => {
    const findings = Array.from({ length: 2_000 }, (_, index) => foundWith(`${index}`));
    const text = markdownReport([{ ...BLOCKED, findings }], "mandatory");
    assert.ok(text.length < 65_536);
    assert.match(text, /more: `npx aws-identity-guardrails check` shows them\.\n$/);
  });
});

describe("annotations for GitHub", () => {
  it("place what blocks as an error and what advises as a warning", () => {
    const [error, warning] = annotations([BLOCKED], "mandatory");
    assert.match(
      error ?? "",
      /^::error file=lib\/groups\.ts,line=12,col=3,title=no-overbroad-group::The group "admins"/,
    );
    assert.match(warning ?? "", /^::warning file=Pulumi\.yaml,line=1,col=1,title=settings::One waiver/);
  });

  it("are ten of a kind at most", () => {
    const findings = Array.from({ length: 30 }, (_, index) => foundWith(`${index}`));
    assert.equal(annotations([{ ...BLOCKED, findings }], "mandatory").length, 10);
  });

  it("are one line whatever a name holds, in which nothing is another command", () => {
    const [line] = annotations([{ ...BLOCKED, findings: [foundWith("a\n::stop-commands::x%0A")] }], "mandatory");
    assert.doesNotMatch(line ?? "", /\n/);
    assert.match(line ?? "", /%250A/);
  });
});

describe("the reports that a command line asks for", () => {
  it("are text where nothing is said", () => {
    assert.deepEqual(outputsIn([]), [{ format: "text" }]);
  });

  it("are each where the next --output says, with text beside files", () => {
    const asked = [{ format: "sarif" }, { output: "a.sarif" }, { format: "json" }, { output: "b.json" }];
    assert.deepEqual(outputsIn(asked), [
      { format: "sarif", file: "a.sarif" },
      { format: "json", file: "b.json" },
      { format: "text" },
    ]);
    assert.deepEqual(outputsIn([{ output: "out.xml" }])[0], { format: "junit", file: "out.xml" });
  });

  it("are refused where their form is unknown, with the nearest name", () => {
    const refused = (asked: Parameters<typeof outputsIn>[0], message: RegExp, fix: RegExp) =>
      assert.throws(
        () => outputsIn(asked),
        (error) => error instanceof Failure && message.test(error.message) && fix.test(error.fix),
      );
    refused([{ format: "sarf" }], /--format sarf: there is no such format/, /Did you mean sarif\?/);
    refused([{ format: "pdf-with-pictures" }], /no such format/, /Use one of text, json/);
    refused([{ output: "report.doc" }], /its name tells no format/, /--format sarif --output FILE/);
    refused([{ format: "json" }, { format: "text" }], /json and text would both go/, /--output FILE behind each/);
  });
});
