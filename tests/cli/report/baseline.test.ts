import assert from "node:assert/strict";
import { baselineOf, judgedBy, readBaseline } from "../../../cli/report/baseline";
import { Failure } from "../../../cli/terminal/failure";
import { TemporaryFolder } from "../temporary-folder";
import { BLOCKED, EXPIRED, FOUND } from "./results";

describe("a baseline", () => {
  const folder = new TemporaryFolder();
  after(() => folder.remove());

  function refused(text: string, message: RegExp, fix: RegExp): void {
    const file = folder.write("baseline.json", text);
    assert.throws(
      () => readBaseline(file),
      (error) => error instanceof Failure && message.test(error.message) && fix.test(error.fix),
    );
  }

  it("holds what was found, sorted, and is read again", () => {
    const written = JSON.stringify(baselineOf([BLOCKED, { ...BLOCKED, stack: "prod" }]));
    const { version, findings } = JSON.parse(written);
    assert.equal(version, 1);
    assert.deepEqual(
      findings.map(({ rule }: { rule: string }) => rule),
      ["no-overbroad-group", "settings"],
    );
    assert.ok(readBaseline(folder.write("baseline.json", written)).has(FOUND.fingerprint));
  });

  it("leaves out what is undecided, which may yet turn out to be anything", () => {
    const doubt = { ...EXPIRED, decided: false };
    assert.deepEqual(JSON.parse(JSON.stringify(baselineOf([{ ...BLOCKED, findings: [doubt] }]))).findings, []);
    const [finding] = judgedBy({ ...BLOCKED, findings: [doubt] }, new Set([doubt.fingerprint]), "mandatory").findings;
    assert.equal(finding?.isInBaseline, undefined);
  });

  it("keeps what it holds from blocking, and nothing else", () => {
    assert.equal(judgedBy(BLOCKED, new Set([FOUND.fingerprint]), "mandatory").outcome, "passed");
    assert.equal(judgedBy(BLOCKED, new Set(["another"]), "mandatory").outcome, "blocked");
    assert.equal(
      judgedBy({ ...BLOCKED, outcome: "failed" }, new Set([FOUND.fingerprint]), "mandatory").outcome,
      "failed",
    );
  });

  it("is judged by the bar that was set", () => {
    const advised = { ...BLOCKED, findings: [EXPIRED] };
    assert.equal(judgedBy(advised, new Set(), "mandatory").outcome, "passed");
    assert.equal(judgedBy(advised, new Set(), "advisory").outcome, "blocked");
    assert.equal(judgedBy(BLOCKED, new Set(), "never").outcome, "passed");
  });

  it("is refused where it is missing, of another version or none at all", () => {
    assert.throws(() => readBaseline(`${folder.path}/none.json`), /does not exist/);
    refused('{"version": 2, "findings": []}', /of version 2, and this version .* reads version 1/, /--update-baseline/);
    refused("[]", /is no baseline/, /--update-baseline/);
    refused('{"version": 1, "findings": [{}]}', /"findings\[0\]" has no "fingerprint"/, /--update-baseline/);
    refused("{", /not JSON/, /Correct the JSON/);
  });
});
