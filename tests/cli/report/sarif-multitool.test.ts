import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { sarifReport } from "../../../cli/report/sarif";
import { Failure } from "../../../cli/terminal/failure";
import { CHECKOUT } from "../../engine/checkout";
import { TemporaryFolder } from "../temporary-folder";
import { BLOCKED, PASSED } from "./results";

const VERSION = "5.7.0";
const HOME = join(CHECKOUT, "node_modules", ".cache", "aws-identity-guardrails", `sarif-multitool-${VERSION}`);
const TOOL = join(HOME, "node_modules", ".bin", "sarif-multitool");

/** A hundred megabytes, which nobody else needs: installed where this test runs for the first time. */
function install(): void {
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, "package.json"), "{}");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", `@microsoft/sarif-multitool@${VERSION}`], {
    cwd: HOME,
    stdio: "ignore",
  });
}

describe("the report as SARIF, under GitHub's rules of Microsoft's validator", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  after(() => folder.remove());

  before(function () {
    if (existsSync(TOOL)) return;
    try {
      install();
    } catch {
      console.error("      The validator cannot be installed here.");
      this.skip();
    }
  });

  /** @param kind "Ghas" for what GitHub asks for, "Sarif" for the format itself */
  function faultsIn(log: Log, kind: "Ghas" | "Sarif"): readonly string[] {
    const [file, output] = [join(folder.path, "report.sarif"), join(folder.path, "faults.sarif")];
    writeFileSync(file, JSON.stringify(log));
    const flags = ["--rule-kind", kind, "--output", output, "--log", "ForceOverwrite"];
    const ran = spawnSync(TOOL, ["validate", file, ...flags], { encoding: "utf8" });
    assert.ok(existsSync(output), ran.stdout + ran.stderr);
    const found: Log = JSON.parse(readFileSync(output, "utf8").replace(/^\uFEFF/, ""));
    const faults = found.runs.flatMap(({ results = [] }) => results.map(({ ruleId }) => ruleId ?? ""));
    // No address of a page about this tool is known to it.
    return faults.filter((id) => !id.startsWith("SARIF2005"));
  }

  it("has no fault", () => {
    const failed = {
      ...BLOCKED,
      outcome: "failed" as const,
      stack: "prod",
      failure: new Failure("it failed", "Mend it."),
    };
    const log = sarifReport([BLOCKED, failed, { ...PASSED, stack: "test" }], "mandatory");
    assert.deepEqual(faultsIn(log, "Ghas"), []);
    assert.deepEqual(faultsIn(log, "Sarif"), []);
  });

  it("has one where a result has no place", () => {
    const log = sarifReport([BLOCKED], "mandatory");
    for (const result of log.runs[0]?.results ?? []) result.locations = [];
    assert.notDeepEqual(faultsIn(log, "Ghas"), []);
  });
});
