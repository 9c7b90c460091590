import type { CheckResult } from "../check";
import { nameOf, typeOf } from "../offline/urn";
import type { Finding } from "../pack/finding";
import { wrap } from "./wrap";

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

function findingText({ rule, level, severity, resource, message }: Finding): string {
  const rank = severity === "unspecified" ? level : `${level}, ${severity}`;
  const heading = `${level === "mandatory" ? "BLOCKED" : "advice "}  ${rule}  (${rank})`;
  const subject = resource === "" ? "  the stack" : `  ${nameOf(resource)}  ${typeOf(resource)}\n  ${resource}`;
  return `${heading}\n${subject}\n${wrap(message.trim(), WIDTH, "    ")}`;
}

function listText(heading: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return [heading, ...items.map((item) => `  - ${wrap(item, WIDTH, "    ").trimStart()}`)].join("\n");
}

function summary({ outcome, findings, project, stack, resources }: CheckResult): string {
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  const counts = `${count(mandatory, "mandatory finding")}, ${findings.length - mandatory} advisory`;
  return `${verdicts[outcome]}: ${counts}, in ${count(resources, "resource")} of ${project}/${stack}.`;
}

const verdicts: Readonly<Record<CheckResult["outcome"], string>> = {
  passed: "Passed",
  blocked: "Blocked",
  failed: "Failed, and found before that",
};

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
