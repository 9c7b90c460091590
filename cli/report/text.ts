import { shownLine, shownLines } from "../../policypack/host";
import type { Finding } from "../pack/finding";
import { nameOf, typeOf } from "../pulumi/urn";
import { wrap, wrapLine } from "../terminal/wrap";
import { blocks, type CheckResult } from "./check-result";

const WIDTH = 100;

/**
 * The result for people: findings as the pack words them, then what the run assumed and could not see, then a summary. A
 * failed run that found nothing has no result.
 */
export function textReport(result: CheckResult): string {
  if (result.outcome === "failed" && result.findings.length === 0) return "";
  const sections = [
    ...result.findings.map(findingText),
    listText("Assumed:", result.assumptions),
    listText("Not seen:", result.notSeen),
    summary(result),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function findingText(finding: Finding): string {
  const { rule, level, severity, resource, message } = finding;
  const rank = severity === "unspecified" ? level : `${level}, ${severity}`;
  const heading = `${verdictOf(finding)}  ${shownLine(rule)}  (${rank})`;
  const named = [nameOf(resource), typeOf(resource), resource].map(shownLine);
  const subject = resource === "" ? "  the stack" : `  ${named[0]}  ${named[1]}\n  ${named[2]}`;
  const lines = [message.trim(), ...exceptionTexts(finding)];
  return [heading, subject, ...lines.map((line) => wrap(shownLines(line), WIDTH, "    "))].join("\n");
}

function verdictOf(finding: Finding): string {
  if (finding.exceptions !== undefined) return "EXEMPT ";
  return finding.level === "mandatory" ? "BLOCKED" : "advice ";
}

function exceptionTexts({ exceptions = [], notExceptedAt = [] }: Finding): readonly string[] {
  return [
    ...exceptions.map(({ id, reason }) => shownLine(`Exception ${id}: ${reason}`)),
    ...(notExceptedAt.length === 0 ? [] : [`${IN_UPDATE}\n${notExceptedAt.map(shownLine).join("\n")}`]),
  ];
}

const IN_UPDATE =
  "An update reports this at the resource that is stopped, and is blocked unless an exception names these as well:";

function listText(heading: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return [heading, ...items.map((item) => `  - ${wrapLine(item, WIDTH, "    ").trimStart()}`)].join("\n");
}

function summary({ outcome, findings, project, stack, resources }: CheckResult): string {
  const exempt = findings.filter(({ exceptions }) => exceptions !== undefined).length;
  const mandatory = findings.filter((finding) => blocks(finding)).length;
  const advisory = findings.length - exempt - mandatory;
  const counts = `${count(mandatory, "mandatory finding")}, ${advisory} advisory${exempt === 0 ? "" : `, ${exempt} exempt`}`;
  return `${verdicts[outcome]}: ${counts}, in ${count(resources, "resource")} of ${shownLine(`${project}/${stack}`)}.`;
}

const verdicts: Readonly<Record<CheckResult["outcome"], string>> = {
  passed: "Passed",
  blocked: "Blocked",
  failed: "Failed, and found before that",
};

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
