import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecords } from "../records/records";
import { recordIn, type StackWriter } from "./account-stack";

/** The row of the credential report that is about the root user ("Getting credential reports for your AWS account", IAM User Guide). */
export const rootUser = "<root_account>";

/** The passwords, access keys and certificates of users, as the credential report has them. */
export function writeCredentials(records: AccountRecords, stack: StackWriter): void {
  for (const row of recordIn(records, "credential-report")?.items() ?? []) {
    const user = row.required("user").text();
    if (user === rootUser) continue;
    if (isTrue(row, "password_enabled")) stack.add("aws:iam/userLoginProfile:UserLoginProfile", user, { user });
    for (const number of [1, 2] as const) {
      if (!isTrue(row, `access_key_${number}_active`)) continue;
      const createDate = timeIn(row, `access_key_${number}_last_rotated`);
      const properties = { user, status: "Active", ...(createDate === undefined ? {} : { createDate }) };
      stack.add("aws:iam/accessKey:AccessKey", `${user}/${number}`, properties);
    }
    for (const number of [1, 2] as const) {
      if (!isTrue(row, `cert_${number}_active`)) continue;
      const properties = { userName: user, status: "Active" };
      stack.add("aws:iam/signingCertificate:SigningCertificate", `${user}/${number}`, properties);
    }
  }
}

/** What a column says; undefined for what it does not say: `N/A`, `not_supported`, `no_information`. */
export function columnOf(row: FilePosition, column: string): string | undefined {
  const text = row.member(column)?.text();
  return text === undefined || text === "" || /^(n\/a|not_supported|no_information)$/i.test(text) ? undefined : text;
}

export function isTrue(row: FilePosition, column: string): boolean {
  return columnOf(row, column)?.toLowerCase() === "true";
}

/** A time of the report, in ISO 8601; undefined where there is none. */
export function timeIn(row: FilePosition, column: string): string | undefined {
  const text = columnOf(row, column);
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}
