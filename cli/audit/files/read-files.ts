import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Failure } from "../../terminal/failure";
import { type FilePosition, parsedFile, textOf } from "../../terminal/json-file";
import { isCredentialReport } from "../records/credential-report";
import type { AccountRecords } from "../records/records";
import { MANIFEST } from "../records/saved-records";
import { AccountFiles } from "./account-files";
import { credentialReport } from "./recognise";

/**
 * The accounts in what the user names: files that the AWS CLI printed, folders of them, what `--save` wrote (a folder with a manifest is one
 * account), and folders of those.
 *
 * @throws Failure that names the file, the place in it and what to do
 */
export function accountsIn(names: readonly string[], now: Date): readonly AccountRecords[] {
  const saved: string[] = [];
  const loose: string[] = [];
  for (const name of names) sort(name, saved, loose);
  if (saved.length === 0 && loose.length === 0) {
    throw new Failure(
      `${names.join(" and ")}: there is no file of an account`,
      "Save one with: aws iam get-account-authorization-details > account.json, or name what audit --save wrote.",
    );
  }
  const accounts = saved.map((folder) => recordsOf(filesIn(folder), now));
  const all = loose.length === 0 ? accounts : [...accounts, recordsOf(loose, now)];
  const twice = all.find(({ account }, index) => all.findIndex((other) => other.account === account) !== index);
  if (twice !== undefined) {
    throw new Failure(`account ${twice.account} is there twice`, "Name the files of one audit of each account.");
  }
  return all;
}

function sort(name: string, saved: string[], loose: string[]): void {
  const kind = statSync(name, { throwIfNoEntry: false });
  if (kind === undefined) throw new Failure(`${name} does not exist`, "Name a file or a folder of an account.");
  if (!kind.isDirectory()) loose.push(name);
  else if (existsSync(join(name, MANIFEST))) saved.push(name);
  else {
    const folders = readdirSync(name, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const audits = folders
      .map((entry) => join(name, entry.name))
      .filter((folder) => existsSync(join(folder, MANIFEST)));
    saved.push(...audits.sort());
    loose.push(...filesIn(name));
  }
}

function filesIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(folder, entry.name))
    .filter((name) => /\.(json|csv)$/i.test(name))
    .sort();
}

function recordsOf(files: readonly string[], now: Date): AccountRecords {
  const account = new AccountFiles(now);
  for (const name of files) {
    const text = textOf(name, "a part of an account");
    if (text.trim() === "") throw new Failure(`${name} is empty`, "Save again what the AWS CLI prints.");
    if (isCredentialReport(text)) account.take("credential-report", credentialReport(text, name), name);
    else account.takeFile(wholeFile(name, text), basename(name));
  }
  return account.records();
}

/** @throws Failure where the text ends too early */
function wholeFile(name: string, text: string): FilePosition {
  try {
    return parsedFile(name, text);
  } catch (error) {
    if (!(error instanceof Failure) || "}]".includes(text.trimEnd().slice(-1))) throw error;
    throw new Failure(`${name} ends in the middle of a value: it was cut off`, "Save again what the AWS CLI prints.");
  }
}
