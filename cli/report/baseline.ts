import { existsSync } from "node:fs";
import { isObject, type Json } from "../pulumi/values";
import { committedText } from "../terminal/committed-file";
import { Failure } from "../terminal/failure";
import { type FilePosition, parsedFile, readJsonFile } from "../terminal/json-file";
import { blocks, type CheckResult, type FailOn, type PlacedFinding } from "./check-result";

/** The version of the file's shape; it changes as well where fingerprints of the same findings do. */
const VERSION = 1;

/** The fingerprints of findings that are known and do not block. */
export type Baseline = ReadonlySet<string>;

export const NO_BASELINE: Baseline = new Set();

/**
 * Reads a baseline: `{"version": 1, "findings": [{"fingerprint": "…", "rule": "…", "what": "…"}]}`.
 *
 * @param base the commit that it is read from; undefined for the file that lies there
 * @throws Failure where there is none, or it is not one that this version can read
 */
export function readBaseline(name: string, base?: string): Baseline {
  if (base === undefined && !existsSync(name)) {
    throw new Failure(`the baseline ${name} does not exist`, "Make it from what is found now with --update-baseline.");
  }
  const file = base === undefined ? readJsonFile(name, "a baseline") : parsedFile(name, committedText(name, base));
  const { value } = file;
  if (!isObject(value) || typeof value.version !== "number" || !Array.isArray(value.findings)) {
    throw new Failure(`${name} is no baseline: it has no "version" and "findings"`, `Make one with --update-baseline.`);
  }
  if (value.version !== VERSION) {
    throw new Failure(
      `${name} is a baseline of version ${value.version}, and this version of aws-identity-guardrails reads version ${VERSION}`,
      "Look at what is found without it, then make it anew with --update-baseline.",
    );
  }
  return new Set(value.findings.map((finding, index) => fingerprintIn(finding, file, index)));
}

function fingerprintIn(finding: Json, { file }: FilePosition, index: number): string {
  if (isObject(finding) && typeof finding.fingerprint === "string") return finding.fingerprint;
  throw new Failure(
    `${file.name}: "findings[${index}]" has no "fingerprint"`,
    "Make the file anew with --update-baseline.",
  );
}

/** A baseline of everything that some runs found, in an order that stays: for `--update-baseline`. */
export function baselineOf(results: readonly CheckResult[]): object {
  const known = new Map<string, PlacedFinding>();
  for (const { findings } of results) {
    for (const finding of findings) if (finding.decided) known.set(finding.fingerprint, finding);
  }
  const findings = [...known.values()].map(({ fingerprint, rule, text }) => ({ rule, what: text.what, fingerprint }));
  const inOrder = findings.sort((left, right) =>
    `${left.rule} ${left.fingerprint}` < `${right.rule} ${right.fingerprint}` ? -1 : 1,
  );
  return { version: VERSION, findings: inOrder };
}

/** A result under a baseline and a bar of one's own: what is known does not block. */
export function judgedBy(result: CheckResult, baseline: Baseline, failOn: FailOn): CheckResult {
  const findings = result.findings.map((finding) =>
    finding.decided && baseline.has(finding.fingerprint) ? { ...finding, isInBaseline: true } : finding,
  );
  if (result.outcome === "failed") return { ...result, findings };
  return { ...result, findings, outcome: findings.some((finding) => blocks(finding, failOn)) ? "blocked" : "passed" };
}
