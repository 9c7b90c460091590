import { readFileSync } from "node:fs";
import { type Document, LineCounter, parseDocument } from "yaml";
import { Failure } from "../failure";

/** @throws Failure that names the line and column of the first fault */
export function readYaml(file: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return document;
  const { line, col } = lines.linePos(error.pos[0]);
  throw new Failure(`${file}:${line}:${col} is not valid YAML: ${error.message}`, "Mend the YAML at that place.");
}
