import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { shownLine } from "../../policypack/host";
import { nameOf, typeOf } from "../pulumi/urn";
import type { CheckResult, Owner, PlacedFinding } from "./check-result";

/** Where a report points to for a finding. */
export interface ReportedPlace {
  /** With slashes, relative to what it was asked for. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** False where nobody said which line makes the resource: it is then the first of the project's file. */
  readonly isExact: boolean;
}

type Located = Pick<CheckResult, "folder" | "projectFile">;

/**
 * Where the resource that is to be mended is made.
 *
 * @param base the folder that files are named from
 */
export function placeOf({ source }: PlacedFinding, { folder, projectFile }: Located, base: string): ReportedPlace {
  const path = relative(base, resolve(folder, source?.file ?? projectFile));
  const file = path.split(sep).join("/");
  return { file, line: source?.line ?? 1, column: source?.column ?? 1, isExact: source !== undefined };
}

/** The folder that code-hosting sites name files from: the repository's, or else the current one. */
export function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) break;
  }
  const here = process.cwd();
  return relative(here, folder).startsWith("..") ? folder : here;
}

/**
 * The resources that make what a finding in an account is about, for people: `index.ts:12:5, aws:iam/user:User "anna" of stack shop/dev`. Nothing
 * where nobody asked for them.
 */
export function ownersInWords({ owners }: PlacedFinding): readonly string[] {
  if (owners === undefined) return [];
  return owners.length === 0 ? ["in none of the stacks of --state"] : owners.map(inWords);
}

function inWords({ project, stack, urn, source }: Owner): string {
  const place = source === undefined ? "" : `${source.file}:${source.line}:${source.column}, `;
  return shownLine(`${place}${typeOf(urn)} "${nameOf(urn)}" of stack ${project}/${stack}`);
}
