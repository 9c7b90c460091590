import { shownLine } from "../../../policypack/host";
import {
  type Fault,
  type Json,
  managedPolicyDocument,
  type Policy,
  type PolicyKind,
  parseDocument,
} from "../../../policypack/iam";
import { Failure } from "../../terminal/failure";
import { type FilePosition, locationOf, type SourceFile } from "../../terminal/json-file";

/** Something wrong in a file that did not keep it from being read. */
export interface FileFault extends Fault {
  readonly file: string;
  /** The policy that it is in; undefined for a fault of the file around the policies. */
  readonly origin?: string;
  /** The statement that is left out because of it, as a path in the policy. */
  readonly leftOut?: string;
}

/** Reads policies out of files and keeps what is wrong with them. */
export class PolicyReader {
  readonly #faults: FileFault[] = [];

  /** The policy that stands at a place: an object, JSON text, or URL-encoded JSON text, as the AWS CLI and the API print it. */
  read(place: FilePosition, kind: PolicyKind, origin: string): Policy {
    const isText = typeof place.value === "string";
    const { document, faults } = parseDocument(documentIn(place), kind);
    const known = new Set(document?.statements.map(({ path }) => path));
    for (const fault of faults) {
      const statement = /^\$\.Statement(\[\d+\])?/.exec(fault.path)?.[0];
      const isLeftOut = statement !== undefined && !known.has(statement);
      this.#add(place, { ...fault, origin, ...(isLeftOut && { leftOut: statement }) }, isText);
    }
    return { origin, document: document ?? { notRead: "it cannot be read" } };
  }

  /** Keys that a file gives twice: whoever reads the file may take the first for the one that counts. */
  noteDuplicates(file: SourceFile): void {
    for (const { path, position } of file.duplicates)
      this.#faults.push({
        file: file.name,
        path,
        ...position,
        effect: "hides",
        message: "this key is given twice in one object; only the last one counts",
        fix: "keep one",
      });
  }

  /**
   * What AWS would refuse, and what a reader may take for something else.
   *
   * @throws Failure with everything that could not be read as a policy
   */
  faults(): readonly FileFault[] {
    const [first, ...others] = this.#faults.filter(({ effect }) => effect === "unreadable");
    if (first === undefined) return this.#faults;
    throw new Failure(
      faultInWords(first),
      sentence(first.fix),
      others.map((fault) => shownLine(faultInWords(fault))).join("\n"),
    );
  }

  #add(place: FilePosition, fault: Omit<FileFault, "file">, isText: boolean): void {
    const file = place.file.name;
    const { line, column, ...bare } = fault;
    // A text inside a file has lines of its own; only its beginning can be pointed at.
    if (isText) this.#faults.push({ ...bare, file, ...place.position, path: `${place.path} → ${fault.path}` });
    else {
      const path = place.path + fault.path.slice(1);
      this.#faults.push({ ...bare, file, ...(place.file.positions.get(path) ?? place.position), path });
    }
  }
}

export function faultInWords({ file, path, message, line, column }: FileFault): string {
  const position = line === undefined || column === undefined ? undefined : { line, column };
  return locationOf(file, path, position, message);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/**
 * A policy document as its text or object: "Policy documents returned by this API are URL-encoded compliant with RFC 3986" (IAM API
 * Reference, GetAccountAuthorizationDetails).
 *
 * @throws Failure where that encoding is broken
 */
export function documentIn(place: FilePosition): Json {
  const text = place.value;
  if (typeof text !== "string" || !/^\s*%7b/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return place.fail("the URL encoding is broken", "Give the document as the AWS CLI prints it.");
  }
}

/** The policy that AWS keeps under an ARN; not read when it is newer than the table of this version. */
export function managedPolicy(arn: string): Policy {
  return { origin: arn, document: managedPolicyDocument(arn) ?? { notRead: "its document is in none of the files" } };
}
