import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../terminal/output-file";
import type { AccountRecord, AccountRecords, RecordKind } from "./records";

/** The file beside the saved records that says what each is, and why others are not there. */
export const MANIFEST = "audit.json";

const MANIFEST_VERSION = 1;

/** What an audit's folder says of itself. */
export interface Manifest {
  readonly auditOfAccount: string;
  readonly version: typeof MANIFEST_VERSION;
  readonly partition: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly notRead: Readonly<Partial<Record<RecordKind, NotSaved>>>;
}

type NotSaved = Exclude<AccountRecord, { readonly state: "read" }>;

/**
 * Writes records as files of the form in which the AWS CLI prints them, one for each kind. The manifest comes last: a folder without one was not
 * written to its end.
 *
 * @param jsonText the door's, which masks what is secret
 * @throws Failure where a file cannot be written
 */
export function saveRecords(folder: string, records: AccountRecords, jsonText: (value: unknown) => string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What an earlier audit left here is no part of this one.
  rmSync(join(folder, MANIFEST), { force: true });
  const notRead: Partial<Record<RecordKind, NotSaved>> = {};
  for (const [kind, record] of records.records) {
    if (record.state === "read") writeWhole(join(folder, `${kind}.json`), jsonText(record.value));
    else {
      rmSync(join(folder, `${kind}.json`), { force: true });
      notRead[kind] = record;
    }
  }
  const { account, partition, readAt } = records;
  const manifest: Manifest = {
    ...{ auditOfAccount: account, version: MANIFEST_VERSION, partition, readAt: readAt.toISOString() },
    notRead,
  };
  writeWhole(join(folder, MANIFEST), jsonText(manifest));
}
