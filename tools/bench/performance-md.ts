import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnsOf, type Row } from "./rows";

const FILE = join(__dirname, "../../docs/performance.md");
const [BEGIN, END] = ["<!-- figures -->", "<!-- /figures -->"];

/** Puts a run's figures into docs/performance.md, in place of an earlier run's; the words around them stay. */
export function writeFigures(rows: readonly Row[], machine: string): void {
  const text = readFileSync(FILE, "utf8");
  const [before, after] = [text.split(BEGIN)[0], text.split(END)[1]];
  if (before === undefined || after === undefined)
    throw new Error(`${FILE} has no place for figures: ${BEGIN} … ${END}`);
  writeFileSync(FILE, `${before}${BEGIN}\n${figuresOf(rows, machine)}\n${END}${after}`);
}

/** The figures as a table: what was measured first, what it is held against, the ratio of the two and how far it may go. */
function figuresOf(rows: readonly Row[], machine: string): string {
  const lines = rows.map((row) => {
    const { first, others, ratio, goal } = columnsOf(row);
    const reached = goal === undefined ? "" : goal.isMet ? `${goal.most}` : `**${goal.most}, missed**`;
    return `| ${[row.what, first, others.join("<br>"), ratio?.toFixed(2) ?? "", reached].join(" | ")} |`;
  });
  const on = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;
  return ["", on, "", "| what | measured | beside | ratio | goal |", "|---|---|---|---|---|", ...lines, ""].join("\n");
}
