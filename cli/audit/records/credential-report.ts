import type { CredentialReport } from "./records";

/** How every credential report begins ("Getting credential reports for your AWS account", IAM User Guide). */
const HEAD = "user,arn,user_creation_time";

export function isCredentialReport(text: string): boolean {
  return text.startsWith(HEAD);
}

/**
 * The rows of a decoded credential report, each by the names of the columns. No value of it holds a comma or a quote: names of users cannot.
 *
 * @returns undefined where a row has another number of columns, as in a file that was cut off
 */
export function rowsOf(text: string): CredentialReport | undefined {
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  const columns = head.split(",");
  const rows = lines.map((line) => line.split(","));
  if (rows.some(({ length }) => length !== columns.length)) return undefined;
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ""])));
}
