import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import { pageOf, settingsPolicy, shownLine, shownLines, undecidedPolicy } from "../../policypack/host";
import { rules } from "../../policypack/rules";
import { accountRules } from "../audit/rules/rules";
import type { Severity } from "../pack/finding";
import { nameOf } from "../pulumi/urn";
import { PACKAGE_NAME, packageVersion } from "../terminal/package-version";
import type { CheckResult, FailOn, PlacedFinding } from "./check-result";
import { ownersInWords, placeOf, repositoryOf } from "./places";
import { standingOf } from "./summary";

/** As GitHub reads it: over 9 is critical, 7 high, 4 medium ("SARIF support for code scanning"). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
  unspecified: "5.0",
};

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** The results as SARIF 2.1.0, a run for each stack. GitHub refuses a file in which one result has no place in the source. */
export function sarifReport(results: readonly CheckResult[], failOn: FailOn): Log {
  return { $schema: SCHEMA, version: "2.1.0", runs: results.map((result) => runOf(result, failOn)) };
}

function runOf(result: CheckResult, failOn: FailOn): Run {
  const { project, stack, findings, failure, assumptions, notSeen } = result;
  const descriptors = descriptorsOf(findings);
  const ids = descriptors.map(({ id }) => id);
  const remarks = [...assumptions.map((text) => `Assumed: ${text}`), ...notSeen.map((text) => `Not seen: ${text}`)];
  const notifications = [
    ...(failure === undefined ? [] : [{ level: "error" as const, text: `${failure.message} ${failure.fix}` }]),
    ...remarks.map((text) => ({ level: "note" as const, text })),
  ].map(({ level, text }) => ({ level, message: { text: sentence(text) } }));
  return {
    tool: {
      driver: {
        name: PACKAGE_NAME,
        version: packageVersion(),
        semanticVersion: packageVersion(),
        rules: descriptors,
      },
    },
    automationDetails: { id: `${PACKAGE_NAME}/${project}/${stack}/` },
    columnKind: "utf16CodeUnits",
    invocations: [{ executionSuccessful: failure === undefined, toolExecutionNotifications: notifications }],
    results: findings.map((finding) => resultOf(finding, result, ids.indexOf(finding.rule), failOn)),
  };
}

function resultOf(finding: PlacedFinding, result: CheckResult, ruleIndex: number, failOn: FailOn): Result {
  const { file, line, column, isExact } = placeOf(finding, result, repositoryOf(result.folder));
  const { rule, resource, fingerprint, severity, subjects, witnesses, exceptions = [] } = finding;
  const standing = standingOf(finding, failOn);
  const suppressions = [
    ...exceptions.map(({ id, reason }) => ({ kind: "external" as const, justification: `${id}: ${reason}` })),
    ...(standing === "inBaseline" ? [{ kind: "external" as const, justification: "It is in the baseline." }] : []),
  ];
  return {
    ruleId: rule,
    ruleIndex,
    level: ({ blocking: "error", advisory: "warning" } as const)[standing as "blocking" | "advisory"] ?? "note",
    message: { text: shownLines(textOf(finding, isExact)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column },
        },
        logicalLocations: [
          resource === ""
            ? { name: result.stack, kind: "stack" }
            : { name: nameOf(resource), fullyQualifiedName: resource, kind: "resource" },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "awsIdentityGuardrails/v1": fingerprint },
    ...(suppressions.length === 0 ? {} : { suppressions }),
    properties: { severity, subjects, witness: witnesses },
  };
}

function textOf(finding: PlacedFinding, isExact: boolean): string {
  const { what, items = [], why, fix, code, notes = [] } = finding.text;
  const parts = [
    [what, ...items.map((item) => `- ${item}`)].join("\n"),
    ...(why === undefined ? [] : [`Why: ${why}`]),
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(code === undefined ? [] : [code]),
    ...notes.map(({ label, text: note }) => `${label}: ${note}`),
    ...ownersInWords(finding).map((owner) => `Code: ${owner}`),
    ...(isExact
      ? []
      : ["The program does not say which line makes it, so this is the first line of the project's file."]),
  ];
  return sentence(parts.join("\n\n"));
}

/** Texts of SARIF end in a full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function descriptorsOf(findings: readonly PlacedFinding[]): ReportingDescriptor[] {
  const own = [...rules, ...accountRules, undecidedPolicy, settingsPolicy].map((rule) => {
    const controls =
      "controls" in rule ? rule.controls.map(({ framework, version, id }) => `${framework} ${version} ${id}`) : [];
    return descriptor(rule.id, rule.title, rule.rationale, rule.remediation, rule.severity, rule.level, controls);
  });
  const known = new Set(own.map(({ id }) => id));
  const others = [...new Map(findings.map((finding) => [finding.rule, finding])).values()]
    .filter(({ rule }) => !known.has(rule))
    .map(({ rule, severity, level }) =>
      descriptor(rule, rule, `A rule of another pack: ${rule}`, "", severity, level, []),
    );
  return [...own, ...others];
}

function descriptor(
  id: string,
  title: string,
  rationale: string,
  remediation: string,
  severity: Severity,
  level: "mandatory" | "advisory",
  controls: readonly string[],
): ReportingDescriptor {
  const more = pageOf(id);
  return {
    id: shownLine(id),
    // It has to be another one than the id.
    ...(id.includes("-") ? { name: pascalCase(id) } : {}),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(rationale) },
    help: {
      text: [rationale, ...(remediation === "" ? [] : [`What to do: ${remediation}`]), `More: ${more}.`].join("\n\n"),
      markdown: [
        rationale,
        ...(remediation === "" ? [] : [`**What to do.** ${remediation}`]),
        `More: \`${more}\``,
      ].join("\n\n"),
    },
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      tags: ["security", ...controls],
      precision: "very-high",
      "problem.severity": level === "mandatory" ? "error" : "warning",
      "security-severity": SECURITY_SEVERITY[severity],
    },
  };
}

/** `no-overbroad-group` as `NoOverbroadGroup`. */
function pascalCase(id: string): string {
  return id
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}
