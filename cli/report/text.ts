import { resolve } from "node:path";
import { pageOf, shownLine, shownLines } from "../../policypack/host";
import { nameOf, typeOf } from "../pulumi/urn";
import { type Style, styled } from "../terminal/style";
import { wrap, wrapLine } from "../terminal/wrap";
import { listsOf } from "./account-lists";
import { type Alike, alikeIn, namesOf } from "./alike";
import type { CheckResult, FailOn, PlacedFinding } from "./check-result";
import { ownersInWords, placeOf } from "./places";
import { countsInWords, outcomeOf, type Standing, standingOf, verdictInWords } from "./summary";

/** How a report for people is to look. */
export interface TextOptions {
  /** Columns. */
  readonly width: number;
  readonly failOn: FailOn;
  /** `quiet`: what blocks, and nothing where nothing does. `summary`: the table and the last line. */
  readonly only?: "quiet" | "summary";
}

/**
 * The results for people: a block for each cause, what blocks first and then the most severe; what each run assumed and could not
 * see; a table of the rules; a line that says how it ended. A failed run that found nothing has no result.
 */
export function textReport(results: readonly CheckResult[], options: TextOptions): string {
  const told = results.filter(({ outcome, findings }) => outcome !== "failed" || findings.length > 0);
  if (told.length === 0) return "";
  const { failOn, only } = options;
  if (only === "quiet" && !results.some(({ outcome }) => outcome === "blocked")) return "";
  const sections = [
    ...(only === "summary" ? [] : told.flatMap((result) => stackSections(result, options, told.length > 1))),
    ...(only === "quiet" ? [] : [tableOf(told, failOn)]),
    ending(told, options),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function stackSections(
  result: CheckResult,
  { width, failOn, only }: TextOptions,
  isOneOfSeveral: boolean,
): readonly string[] {
  const shown = result.findings.filter((finding) => {
    const standing = standingOf(finding, failOn);
    return standing !== "inBaseline" && (only !== "quiet" || standing === "blocking");
  });
  const blocks = alikeIn(shown).map((alike) => blockOf(alike, result, failOn, width));
  const lists = result.audit === undefined ? [] : listsOf(result.audit);
  const remarks =
    only === "quiet"
      ? []
      : [
          ...lists.map(({ heading, items }) => listOf(heading, items, width)),
          listOf("Assumed:", result.assumptions, width),
          listOf("Not seen:", result.notSeen, width),
        ];
  const clean = blocks.length === 0 ? ": nothing to tell" : "";
  const heading = isOneOfSeveral ? [styled("bold", shownLine(`Stack ${result.project}/${result.stack}${clean}`))] : [];
  return [...heading, ...blocks, ...remarks];
}

const HEADINGS: Readonly<Record<Standing, readonly [word: string, style: Style]>> = {
  blocking: ["BLOCKED", "red"],
  advisory: ["advice", "yellow"],
  undecided: ["undecided", "cyan"],
  exempt: ["exempt", "dim"],
  inBaseline: ["known", "dim"],
};

/** The column that the paragraphs of a block begin in. */
const INDENT = "        ";

function blockOf({ first, others }: Alike, result: CheckResult, failOn: FailOn, width: number): string {
  const [word, style] = HEADINGS[standingOf(first, failOn)];
  const { rule, severity, text } = first;
  const rank = severity === "unspecified" ? "" : `  ${severity}`;
  const heading = [styled(style, word), "  ", styled("bold", shownLine(rule)), rank].join("");
  const { what, items = [], why, fix, code, notes = [] } = text;
  return [
    heading,
    ...what.split("\n").map((line) => wrapLine(line, width, "  ")),
    ...items.map((item) => hanging("  - ", item, width)),
    ...alsoLines(others, width),
    ...(why === undefined ? [] : [paragraph("Why", why, width)]),
    ...(fix === undefined ? [] : [paragraph("Fix", fix, width)]),
    ...(code === undefined ? [] : [code.replace(/^/gm, INDENT)]),
    ...notes.map(({ label, text: note }) => hanging(`  ${label}: `, note, width)),
    ...exceptionLines(first, width),
    paragraph("At", placeInWords(first, result), width),
    ...codeLines([first, ...others], width),
    ...(text.why === undefined && text.fix === undefined ? [] : [paragraph("More", pageOf(rule), width)]),
  ].join("\n");
}

const MOST_NAMED = 10;

function alsoLines(others: readonly PlacedFinding[], width: number): readonly string[] {
  if (others.length === 0) return [];
  const names = namesOf(others);
  return [hanging(`  The same holds for ${names.length} more: `, `${fewNames(names)}.`, width)];
}

/** The resources that make what is found in an account, where stacks were given; of several findings, each with whose it is. */
function codeLines(findings: readonly PlacedFinding[], width: number): readonly string[] {
  const [first, ...others] = findings;
  if (first === undefined) return [];
  if (others.length === 0) return ownersInWords(first).map((owner) => paragraph("Code", owner, width));
  const owned = findings
    .filter(({ owners = [] }) => owners.length > 0)
    .flatMap((finding) => ownersInWords(finding).map((owner) => `${namesOf([finding]).join(", ")}: ${owner}`));
  const left = owned.length - MOST_NAMED;
  const strangers = findings.filter(({ owners }) => owners?.length === 0);
  const [none = ""] = strangers.slice(0, 1).flatMap(ownersInWords);
  return [
    ...owned.slice(0, MOST_NAMED).map((owner) => paragraph("Code", owner, width)),
    ...(left > 0 ? [paragraph("Code", `${left} more, which --format json names.`, width)] : []),
    ...(strangers.length === 0 ? [] : [paragraph("Code", `${fewNames(namesOf(strangers))}: ${none}`, width)]),
  ];
}

/** `ben, carl and 12 more`. */
function fewNames(names: readonly string[]): string {
  const left = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(", ");
  return left > 0 ? `${shown} and ${left} more` : shown;
}

/** `index.ts:12:1  user "anna"`: the place first, as terminals and editors open it. */
function placeInWords(finding: PlacedFinding, result: CheckResult): string {
  const { resource } = finding;
  const { file, line, column, isExact } = placeOf(finding, result, process.cwd());
  const named = resource === "" ? "the stack" : `${typeOf(resource)} "${nameOf(resource)}"`;
  const path = file.startsWith("../") ? resolve(file) : file;
  return `${path}${isExact ? `:${line}:${column}` : ""}, ${named}`;
}

function paragraph(label: string, text: string, width: number): string {
  const [first = "", ...rest] = wrapLine(text, width, INDENT).split("\n");
  const head = `  ${label}`.padEnd(INDENT.length);
  return [`${styled("dim", head)}${first.slice(INDENT.length)}`, ...rest].join("\n");
}

/** Lines under the beginning of the first, which stands behind a label. */
function hanging(label: string, text: string, width: number): string {
  const indent = " ".repeat(Math.min(label.length, INDENT.length));
  const beyond = "x".repeat(label.length - indent.length);
  const [first = "", ...rest] = wrapLine(`${beyond}${text}`, width, indent).split("\n");
  return [`${label}${first.slice(label.length)}`, ...rest].join("\n");
}

function exceptionLines({ exceptions = [], notExceptedAt = [] }: PlacedFinding, width: number): readonly string[] {
  return [
    ...exceptions.map(({ id, reason }) => hanging(`  Exception ${shownLine(id)}: `, reason, width)),
    ...(notExceptedAt.length === 0
      ? []
      : [wrap(`${IN_UPDATE}\n${notExceptedAt.map(shownLine).join("\n")}`, width, "  ")]),
  ];
}

const IN_UPDATE =
  "An update reports this at the resource that is stopped, and is blocked unless an exception names these as well:";

function listOf(heading: string, items: readonly string[], width: number): string {
  if (items.length === 0) return "";
  return [heading, ...items.map((item) => hanging("  - ", item, width))].join("\n");
}

/** The rules that found something, and how often; for one or two findings it would say no more than the blocks do. */
function tableOf(results: readonly CheckResult[], failOn: FailOn): string {
  const findings = results.flatMap((result) => result.findings);
  if (findings.length < 3) return "";
  const rows = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const own = findings.filter((finding) => finding.rule === rule);
    const of = (...standings: readonly Standing[]) =>
      own.filter((finding) => standings.includes(standingOf(finding, failOn))).length;
    const [severity = "unspecified"] = own.map((finding) => finding.severity);
    return [
      shownLine(rule),
      severity === "unspecified" ? "-" : severity,
      of("blocking"),
      of("advisory", "undecided"),
      of("exempt", "inBaseline"),
    ] as const;
  });
  const wide = Math.max(...rows.map(([rule]) => rule.length));
  const hasAccepted = rows.some(([, , , , accepted]) => accepted > 0);
  const cell = (count: number, width: number) => (count === 0 ? "-" : String(count)).padStart(width);
  const head = `${"Rule".padEnd(wide)}  ${"Severity".padEnd(8)}  Blocks  Advice${hasAccepted ? "  Accepted" : ""}`;
  return [
    styled("dim", head),
    ...rows.map(
      ([rule, severity, blocking, advice, accepted]) =>
        `${rule.padEnd(wide)}  ${severity.padEnd(8)}  ${cell(blocking, 6)}  ${cell(advice, 6)}${hasAccepted ? `  ${cell(accepted, 8)}` : ""}`,
    ),
  ].join("\n");
}

function ending(results: readonly CheckResult[], { failOn, width }: TextOptions): string {
  const verdict = verdictInWords(results, failOn);
  const style = ({ passed: "green", blocked: "red", failed: "red" } as const)[outcomeOf(results)];
  const text = wrapLine(`${verdict}: ${countsInWords(results, failOn)}.`, width, "");
  return `${styled(style, text.slice(0, verdict.length))}${shownLines(text.slice(verdict.length))}`;
}
