import { readFileSync, statSync } from "node:fs";
import { LineCounter } from "yaml";
import { Failure } from "../../terminal/failure";

/** Beyond what anybody writes; a hostile file shall not take the machine's memory. */
const MAXIMUM_BYTES = 2 * 1024 * 1024;

/** What Pulumi's reader takes for no text: controls but the tab and the line feed, halves of characters. */
const REFUSED = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;
/** Pulumi's reader ends a line here, or skips the character, where other readers do neither. */
const AMBIGUOUS = /[\u2028\u2029\ufeff]/;

/** The text of one of Pulumi's files, with what is needed to point into it. */
export class Source {
  private readonly lines = new LineCounter();

  /**
   * @param file its path, as errors name it
   * @param text with line feeds as the only ends of lines
   */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.lines.addNewLine(0);
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.lines.addNewLine(at + 1);
  }

  /** @throws Failure that names the file, and the line and column of an offset into its text */
  fail(offset: number, problem: string, fix: string): never {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length));
    throw new Failure(`${this.file}:${line}:${col}: ${problem}`, fix);
  }
}

/**
 * Reads a YAML file as Pulumi's reader does: UTF-8, or UTF-16 with a byte order mark, every sort of line end the same.
 * What it refuses is refused, and so is what it reads otherwise than editors and reviewers do.
 *
 * @throws Failure that names the place
 */
export function readYamlSource(file: string): Source {
  const source = new Source(file, readText(file).replace(/\r\n?|\u0085/g, "\n"));
  const refused = REFUSED.exec(source.text) ?? AMBIGUOUS.exec(source.text);
  if (refused === null) return source;
  const code = refused[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return source.fail(
    refused.index,
    `the character U+${code} cannot stand in a YAML file of Pulumi's unescaped`,
    `Remove it, or write it as an escape in double quotes: "\\u${code}".`,
  );
}

/** @throws Failure where the file is none, or too large, or its encoding is broken */
export function readText(file: string): string {
  // Before it is read: a link may lead to a device or a pipe, which never end.
  const status = statSync(file);
  if (!status.isFile()) throw new Failure(`${file} is no ordinary file`, "Put a file in its place.");
  if (status.size > MAXIMUM_BYTES) {
    const limit = `${MAXIMUM_BYTES / 1024 / 1024} MB`;
    throw new Failure(`${file} is larger than ${limit}`, "Move what it holds out of Pulumi's files.");
  }
  return decodedText(file, readFileSync(file));
}

function decodedText(file: string, bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : isBigEndian(bytes) ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`${file}: not all of it is ${encoding.toUpperCase()}`, "Save the file as UTF-8.");
  }
}

function isBigEndian(bytes: Buffer): boolean {
  return bytes[0] === 0xfe && bytes[1] === 0xff;
}
