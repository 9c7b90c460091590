import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { Failure } from "./failure";

/** @throws Failure where a file could not be written, before anything is done for it */
export function requireWritable(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Failure(`${file} cannot be written: ${folder} does not exist`, "Make the folder.");
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new Failure(`${file} cannot be written: it is a folder`, "Name a file in it.");
  }
  try {
    accessSync(existsSync(file) && !statSync(file).isFile() ? file : folder, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch {
    throw notAllowed(file);
  }
}

/**
 * Writes a file as a whole or not at all. What is no ordinary file, such as /dev/stdout, is written to; so is the summary of a
 * GitHub step, to which others write as well.
 *
 * @throws Failure where it cannot be written
 */
export function writeWhole(file: string, text: string): void {
  requireWritable(file);
  const isSummary = file === process.env.GITHUB_STEP_SUMMARY;
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    if (isSummary) appendFileSync(file, text);
    else if (existsSync(file) && !statSync(file).isFile()) writeFileSync(file, text);
    else {
      writeFileSync(unfinished, text);
      renameSync(unfinished, file);
    }
  } catch (error) {
    rmSync(unfinished, { force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw code === "EACCES"
      ? notAllowed(file)
      : new Failure(`${file} cannot be written: ${code}`, "Name another file.");
  }
}

function notAllowed(file: string): Failure {
  return new Failure(`${file} cannot be written: it is not allowed`, "Name a file in a folder that can be written to.");
}
