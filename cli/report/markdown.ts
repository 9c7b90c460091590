import { pageOf, shownLine } from "../../policypack/host";
import type { CheckResult, FailOn, PlacedFinding } from "./check-result";
import { ownersInWords, placeOf, repositoryOf } from "./places";
import { countsInWords, outcomeOf, type Standing, standingOf, verdictInWords } from "./summary";

/** GitHub takes comments of up to 65,536 characters. */
const MOST_CHARACTERS = 60_000;

const SIGNS: Readonly<Record<Standing, string>> = {
  blocking: "⛔ blocks",
  advisory: "⚠️ advice",
  undecided: "❔ undecided",
  exempt: "exempt",
  inBaseline: "in the baseline",
};

/** The results for a comment on a pull request or the summary of a step: a table, then each finding to be opened. */
export function markdownReport(results: readonly CheckResult[], failOn: FailOn): string {
  const sign = { passed: "✅", blocked: "⛔", failed: "❌" }[outcomeOf(results)];
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const head = [
    `### ${sign} AWS identity guardrails: ${plain(verdictInWords(results, failOn))}`,
    `${plain(countsInWords(results, failOn))}.`,
    ...failures.map(({ message, fix }) => `**error:** ${plain(message)}  \n${plain(fix)}`),
  ];
  const shown = results.flatMap((result) =>
    result.findings
      .map((finding) => ({ finding, result, standing: standingOf(finding, failOn) }))
      .filter(({ standing }) => standing !== "inBaseline"),
  );
  const table =
    shown.length === 0
      ? []
      : [
          [
            "| | Rule | Severity | Where |",
            "| --- | --- | --- | --- |",
            ...shown.map(({ finding, result, standing }) => {
              const { file, line } = placeOf(finding, result, repositoryOf(result.folder));
              return `| ${SIGNS[standing]} | ${code(finding.rule)} | ${finding.severity} | ${code(`${file}:${line}`)} |`;
            }),
          ].join("\n"),
        ];
  return bounded(
    [...head, ...table],
    shown.map(({ finding, standing }) => details(finding, standing)),
  );
}

/** As many of the parts as fit, and how many do not. */
function bounded(head: readonly string[], parts: readonly string[]): string {
  let text = head.join("\n\n").slice(0, MOST_CHARACTERS);
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > MOST_CHARACTERS) {
      return `${text}\n\n${parts.length - index} more: \`npx aws-identity-guardrails check\` shows them.\n`;
    }
    text += `\n\n${part}`;
  }
  return `${text}\n`;
}

function details(finding: PlacedFinding, standing: Standing): string {
  const { rule, text } = finding;
  const { what, items = [], why, fix, code: block, notes = [] } = text;
  return [
    `<details${standing === "blocking" ? " open" : ""}><summary>${SIGNS[standing]} <b>${html(rule)}</b>: ${html(what)}</summary>`,
    ...(items.length === 0 ? [] : [items.map((item) => `- ${plain(item)}`).join("\n")]),
    ...(why === undefined ? [] : [`**Why:** ${plain(why)}`]),
    ...(fix === undefined ? [] : [`**Fix:** ${plain(fix)}`]),
    ...(block === undefined ? [] : [`\`\`\`json\n${block}\n\`\`\``]),
    ...notes.map(({ label, text: note }) => `**${plain(label)}:** ${plain(note)}`),
    ...ownersInWords(finding).map((owner) => `**Code:** ${plain(owner)}`),
    `More: ${code(pageOf(rule))}`,
    "</details>",
  ].join("\n\n");
}

/** A text in which nothing is Markdown, HTML or a mention of somebody. */
function plain(text: string): string {
  return html(text).replace(/[\\`*_[\]|~#]/g, "\\$&");
}

function html(text: string): string {
  return shownLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;&#8203;");
}

function code(text: string): string {
  return `\`${shownLine(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
