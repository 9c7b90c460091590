import { constants as buffers } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { JsonError, parseJson } from "../../policypack/iam";
import { partsOf } from "../../policypack/model";
import { InstalledSdks } from "../pulumi/installed-sdks";
import { isObject, type JsonObject } from "../pulumi/values";
import { Failure, messageOf } from "../terminal/failure";
import type { Artefact, IdentityOf } from "./artefact";
import { isExport, readExport } from "./export";
import { isPreview, readPreview } from "./preview";

/** Names standard input. */
const STANDARD_INPUT = "-";

/** More takes longer to judge than anybody waits, and more memory than many machines have. */
const LARGEST = 100 * 1024 * 1024;

const MAKE = "Name what one of these prints: pulumi preview --json --show-sames, or pulumi stack export.";

/** Whether a path names a file (or standard input) and not the folder of a program. */
export function isArtefact(path: string): boolean {
  return path === STANDARD_INPUT || (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

/**
 * Reads a stack out of what `pulumi preview --json` or `pulumi stack export` prints, told apart by content.
 *
 * @param path of the file, or `-` for standard input
 * @param organization of the stack
 * @throws Failure for everything else, with what it is and what to do
 */
export function readArtefact(path: string, organization: string): Artefact {
  const artefact = readStackFile(path, organization);
  if (!artefact.resources.some(({ type }) => AWS.test(type)) && artefact.incomplete === undefined) {
    throw new Failure(`${nameOf(path)} has no resource of AWS: there is nothing to hold to the guardrails`, MAKE);
  }
  return artefact;
}

const AWS = /^(?:pulumi:providers:)?(?:aws|aws-native|awscc)(?::|$)/;

/** The same for a stack that may have nothing of AWS. */
export function readStackFile(path: string, organization: string): Artefact {
  const file = nameOf(path);
  const text = textOf(path, file);
  const value = parsed(file, text);
  const identityOf: IdentityOf = (urns, config = new Map()) => {
    const { project, stack } = partsOf(urns[0] ?? "");
    return { organization, project, stack, config, secretKeys: new Set(), disabledProviders: new Set() };
  };
  return artefactIn(file, value, identityOf);
}

function nameOf(path: string): string {
  return path === STANDARD_INPUT ? "standard input" : path;
}

function artefactIn(file: string, value: JsonObject, identityOf: IdentityOf): Artefact {
  if (isExport(value)) return readExport(file, value, identityOf);
  if (isPreview(value)) return readPreview(file, value, identityOf, new InstalledSdks(process.cwd()));
  if ("sequence" in value || "preludeEvent" in value) throw streaming(file);
  throw new Failure(`${file} is ${otherKind(value)}`, otherFix(value));
}

function otherKind(value: JsonObject): string {
  if ("terraform_version" in value) return "a state or plan of Terraform, which check does not read";
  if ("AWSTemplateFormatVersion" in value || "Resources" in value) return "a template of CloudFormation";
  if ("Statement" in value || "UserDetailList" in value) return "no stack of Pulumi, but something that explain reads";
  if (Object.keys(value).length === 0) return "an empty object";
  return "neither a preview nor an export of a stack";
}

function otherFix(value: JsonObject): string {
  return "Statement" in value || "UserDetailList" in value || "Resources" in value
    ? "Ask about it with: aws-identity-guardrails explain FILE"
    : MAKE;
}

function parsed(file: string, text: string): JsonObject {
  if (text.trim() === "") throw new Failure(`${file} is empty`, MAKE);
  try {
    const value = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw notJson(file, text, error);
  }
  throw new Failure(`${file} is JSON, but no object`, MAKE);
}

function notJson(file: string, text: string, error: unknown): Failure {
  const [first = "", second = ""] = text.trimStart().split("\n", 2);
  if (isWholeObject(first) && second.startsWith("{")) return streaming(file);
  if (!text.trimStart().startsWith("{")) return new Failure(`${file} is not JSON`, MAKE);
  const place = placeOf(text, error);
  return new Failure(`${file} is not whole: the JSON breaks off or is broken${place}`, MAKE);
}

/** Its events come one a line. */
function streaming(file: string): Failure {
  return new Failure(
    `${file} is the streaming form of a preview, which does not say what depends on what`,
    "Make the preview without PULUMI_ENABLE_STREAMING_JSON_PREVIEW.",
  );
}

function isWholeObject(line: string): boolean {
  try {
    return isObject(JSON.parse(line));
  } catch {
    return false;
  }
}

/** Line and column, where finding them takes no second long reading. */
function placeOf(text: string, error: unknown): string {
  if (text.length > 10_000_000) return "";
  try {
    parseJson(text);
  } catch (found) {
    if (found instanceof JsonError) return ` at line ${found.position.line}, column ${found.position.column}`;
  }
  return ` (${messageOf(error).slice(0, 80)})`;
}

function textOf(path: string, file: string): string {
  const size = path === STANDARD_INPUT ? 0 : (statSync(path).size ?? 0);
  const bytes = size > LARGEST ? undefined : read(path, file);
  if (bytes === undefined || bytes.length > LARGEST || bytes.length > buffers.MAX_STRING_LENGTH) {
    const megabytes = Math.round((bytes?.length ?? size) / 1024 / 1024);
    throw new Failure(
      `${file} has ${megabytes} MB, where ${LARGEST / 1024 / 1024} MB are read`,
      "Leave out what holds no identities: split the stack, or run check on its program.",
    );
  }
  // What a redirection in Windows PowerShell writes is UTF-16.
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

function read(path: string, file: string): Buffer {
  try {
    return readFileSync(path === STANDARD_INPUT ? 0 : path);
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${messageOf(error)}`, "Make the file readable.");
  }
}
