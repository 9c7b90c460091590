import { readFileSync } from "node:fs";
import {
  childPath,
  isRecord,
  type Json,
  JsonError,
  type ParsedJson,
  type Position,
  parseJson,
} from "../../policypack/iam";
import { Failure } from "./failure";

/** A file that was read as JSON, with what is needed to point into it. */
export interface SourceFile extends ParsedJson {
  /** As the user named it. */
  readonly name: string;
}

/** A value in a file, which knows where it stands. */
export class FilePosition {
  constructor(
    readonly file: SourceFile,
    readonly path: string,
    readonly value: Json,
  ) {}

  get position(): Position | undefined {
    return this.file.positions.get(this.path);
  }

  /** The member of an object; undefined when it is missing, null, or this is no object. */
  member(name: string): FilePosition | undefined {
    const value = isRecord(this.value) ? this.value[name] : undefined;
    return value === undefined || value === null
      ? undefined
      : new FilePosition(this.file, childPath(this.path, name), value as Json);
  }

  /** @throws Failure when the member is missing */
  required(name: string): FilePosition {
    this.record();
    return this.member(name) ?? this.fail(`it has no ${name}`, `Give the ${name}, as the AWS CLI prints it.`);
  }

  /** The items of a list; none when the member is missing. */
  itemsOf(name: string): readonly FilePosition[] {
    return this.member(name)?.items() ?? [];
  }

  items(): readonly FilePosition[] {
    if (!Array.isArray(this.value)) this.fail("a list is expected here", "Write a JSON array: [...].");
    return this.value.map((item: Json, index) => new FilePosition(this.file, childPath(this.path, index), item));
  }

  text(): string {
    if (typeof this.value !== "string") this.fail("a string is expected here", "Write the value in double quotes.");
    return this.value;
  }

  record(): void {
    if (!isRecord(this.value)) this.fail("an object is expected here", "Write a JSON object: {...}.");
  }

  fail(message: string, fix: string): never {
    throw new Failure(locationOf(this.file.name, this.path, this.position, message), fix);
  }
}

/** `file:line:column: at $.path: message`, as editors and terminals understand it. */
export function locationOf(file: string, path: string, position: Position | undefined, message: string): string {
  const where = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  return `${where}: at ${path}: ${message}`;
}

/**
 * Reads a file as JSON, in UTF-8 or in the UTF-16 that a redirection in Windows PowerShell writes.
 *
 * @param what what the file should hold, for the error where it is missing
 * @throws Failure that names the file and, for text that is no JSON, line, column and path
 */
export function readJsonFile(name: string, what: string): FilePosition {
  return parsedFile(name, textOf(name, what));
}

/** @throws Failure that names the file, line, column and path of what is no JSON */
export function parsedFile(name: string, text: string): FilePosition {
  try {
    const parsed = parseJson(text);
    return new FilePosition({ name, ...parsed }, "$", parsed.value);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new Failure(
      locationOf(name, error.path, error.position, `not JSON: ${error.message}`),
      "Correct the JSON text at that place.",
    );
  }
}

/** @throws Failure where the file cannot be read */
export function textOf(name: string, what: string): string {
  try {
    const bytes = readFileSync(name);
    return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new Failure(`${name} does not exist`, `Name a file with ${what} as JSON.`);
    if (code === "EISDIR") throw new Failure(`${name} is a folder`, "Name the files in it.");
    throw new Failure(`${name} cannot be read: ${String(code ?? error)}`, "Make the file readable.");
  }
}
