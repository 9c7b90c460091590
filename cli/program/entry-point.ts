import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Project, Runtime } from "../project/project";
import { Failure } from "../terminal/failure";

/** What a folder has that holds a program of a language, as a test of its files' names, and in words for where it is missing. */
const MARKS: Readonly<Record<Runtime, { readonly without: string; readonly isMark: (file: string) => boolean }>> = {
  nodejs: { without: "no package.json", isMark: (file) => /^(package\.json|index\.[jt]s)$/.test(file) },
  python: { without: "no __main__.py", isMark: (file) => file === "__main__.py" },
  go: { without: "no file of Go", isMark: (file) => file.endsWith(".go") },
  java: {
    without: "neither pom.xml nor build.gradle",
    isMark: (file) => /^(pom\.xml|build\.gradle(\.kts)?)$/.test(file),
  },
};

/**
 * Makes sure that a program of the project's language is where the project says.
 *
 * @throws Failure that names another language, where the folder holds a program of that
 */
export function requireEntry({ file, programDirectory, entryPoint, runtime }: Project): void {
  if (entryPoint !== "." && existsSync(join(programDirectory, entryPoint))) return;
  const files = readdirSync(programDirectory);
  if (files.some(MARKS[runtime].isMark)) return;
  const other = (Object.keys(MARKS) as Runtime[]).find((language) => files.some(MARKS[language].isMark));
  throw new Failure(
    `${file}: "runtime" is ${runtime}, but ${programDirectory} has ${MARKS[runtime].without}`,
    other === undefined
      ? 'Name the program\'s folder under "main".'
      : `It holds a program for ${other}: write runtime: ${other}, or name the program's folder under "main".`,
  );
}
