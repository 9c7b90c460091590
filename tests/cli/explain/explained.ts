import { explain } from "../../../cli/explain/answers/explanation";
import { readInput } from "../../../cli/explain/input/input";
import type { Role } from "../../../cli/explain/input/subject";
import { jsonReport } from "../../../cli/explain/report/json";
import { textReport } from "../../../cli/explain/report/text";
import { Failure } from "../../../cli/terminal/failure";
import { TemporaryFolder } from "../temporary-folder";

/** Contents of files by name: texts as they are, everything else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** In a folder with the files, so that they are named as a user names them there. */
function amidst<T>(files: Files, use: (names: readonly string[]) => T): T {
  const folder = new TemporaryFolder();
  const before = process.cwd();
  try {
    for (const [name, content] of Object.entries(files))
      folder.write(name, typeof content === "string" ? content : JSON.stringify(content));
    process.chdir(folder.path);
    return use(Object.keys(files));
  } finally {
    process.chdir(before);
    folder.remove();
  }
}

const now = new Date("2026-06-15T12:00:00Z");

/** What `explain` prints about the files. */
export function explainedAsText(files: Files, as: Role = "user"): string {
  return amidst(files, (names) => {
    const { subjects, faults } = readInput(names, as);
    return textReport(explain(subjects, { now }), faults);
  });
}

/** What `explain --format json` prints, parsed. */
export function explainedAsJson(files: Files, as: Role = "user"): ExplainedJson {
  return amidst(files, (names) => {
    const { subjects, faults } = readInput(names, as);
    return JSON.parse(JSON.stringify(jsonReport(explain(subjects, { now }), faults)));
  });
}

/** The parts of the JSON report that tests look at. */
export interface ExplainedJson {
  readonly version: number;
  readonly subjects: readonly ExplainedSubject[];
  readonly faults: readonly unknown[];
}

export interface ExplainedSubject {
  readonly as: string;
  readonly name: string;
  readonly arn?: string;
  readonly assumptions: readonly string[];
  readonly policies: readonly { readonly origin: string; readonly notRead?: string }[];
  readonly admin: { readonly answer: string; readonly level?: string; readonly qualifiers?: readonly string[] };
  readonly escalation: readonly { readonly path: string; readonly answer: string; readonly witnesses?: unknown }[];
  readonly mfa: { readonly answer: string; readonly setUpRefused?: readonly string[] } | null;
  readonly restrictions: {
    readonly denies: readonly unknown[];
    readonly boundary?: string;
    readonly powerWithout?: unknown;
  };
  readonly root: { readonly answer: string; readonly statements: readonly unknown[] } | null;
}

/** How `explain` refuses the files: the message, its details and the fix, a line for each. */
export function refusalOf(files: Files, as: Role = "user"): string {
  return amidst(files, (names) => {
    try {
      readInput(names, as);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const lines = [error.message, error.details, error.fix].filter((text) => text !== "");
      return lines.join("\n");
    }
    throw new Error("the files were read");
  });
}
