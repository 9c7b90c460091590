import { createHash } from "node:crypto";
import type { ProjectPosition } from "../../pulumi/source-position";
import { nameOf, typeOf } from "../../pulumi/urn";
import { PROJECT } from "./account-stack";

/** Longer names make no files on most systems. */
const longestName = 120;

/** Folders by the beginning of a type behind its package: `iam/userPolicy:UserPolicy` stands with its user. */
const folders: Readonly<Record<string, string>> = {
  "iam/user": "iam/user",
  "iam/accessKey": "iam/user",
  "iam/signingCertificate": "iam/user",
  "iam/group": "iam/group",
  "iam/role": "iam/role",
  "iam/policy": "iam/policy",
  "ssoadmin/": "identity-center/permission-set",
  "organizations/policy": "organizations/policy",
};

/**
 * The file that a finding in an account is said to be in: `aws/111122223333/iam/user/anna.json`. Code-hosting sites refuse reports without
 * one, so it is the same in every run, and nothing in a name leads out of its folder.
 */
export function placeIn(account: string, urn: string): ProjectPosition {
  const [, type = ""] = typeOf(urn).split("aws:");
  const [, folder] = Object.entries(folders).find(([beginning]) => type.startsWith(beginning)) ?? [];
  const [holder = ""] = nameOf(urn).split("/");
  const file = folder === undefined ? "account" : `${folder}/${fileName(holder)}`;
  return { file: `${PROJECT}/${account}/${file}.json`, line: 1, column: 1 };
}

/** A name as that of a file: what an IAM name cannot hold is replaced, and the beginning of a digest tells such names apart. */
function fileName(name: string): string {
  const safe = name.replace(/[^\w+=,.@-]/g, "_").replace(/^\./, "_");
  if (safe === name && name.length <= longestName) return name;
  return `${safe.slice(0, longestName)}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
