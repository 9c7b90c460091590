import type { Project } from "../project/project";
import { hidesPlaceholder } from "../pulumi/unknown-markers";
import { installCommand, isBuilt, pythonInstallCommand } from "./missing-packages";

const MEND = "Mend the program; its own error is shown here.";

/** The key of the configuration that a program stopped for, in the SDKs' own words, which differ in a letter's case. */
export function missingKeyIn(error: string): string | undefined {
  return /[Mm]issing required configuration variable '([^']+)'/.exec(error)?.[1];
}

/** How to give values for keys of the configuration. */
export function givingKeys(keys: readonly string[]): string {
  const settings = keys.map((key) => `--config ${key}=VALUE`).join(" ");
  return `Give ${keys.length === 1 ? "it" : "them"} for this run with ${settings}, or in the stack's configuration.`;
}

/**
 * The SDKs' own words for what the reader can mend without looking into the program, how the companion stacks begin what they say of a
 * key that they refuse, and what to do about it.
 */
export function namedCure(error: string, project: Project): string | undefined {
  const key = missingKeyIn(error);
  if (key !== undefined) return givingKeys([key]);
  const [, refused] = /(?:^|\s)Configuration key ([\w.-]+:[\w.-]+)/.exec(error) ?? [];
  if (refused !== undefined) {
    return `Give it another value in the stack's configuration, or for this run with --config ${refused}=VALUE.`;
  }
  if (error.includes("No AWS region has been configured")) return "Say where it would run: --region NAME.";
  return missingModuleCure(error, project);
}

function missingModuleCure(error: string, project: Project): string | undefined {
  const [, module] = /Cannot find (?:module|package) '([^']+)'/.exec(error) ?? [];
  if (module !== undefined) {
    const isOwn = /^[./]|^[A-Za-z]:\\/.test(module);
    if (!isOwn) return `Install the program's dependencies: ${installCommand(project.programDirectory)}`;
    return isBuilt(project.root) ? `Build the program: npm run build in ${project.root}` : undefined;
  }
  if (!error.includes("ModuleNotFoundError: No module named ")) return undefined;
  return `Install the program's dependencies: ${pythonInstallCommand(project)}`;
}

/**
 * What the reader can do about a program's error.
 *
 * @param cures how to give values that check does not have
 */
export function fixOf(error: string, project: Project, cures: readonly string[]): string {
  const named = namedCure(error, project);
  if (named !== undefined) return named;
  if (cures.length === 0) return MEND;
  return hidesPlaceholder(error)
    ? "The program works on with a value that check does not have, and got a placeholder for it. Give it:"
    : `${MEND} If it failed for a value that check does not have, give it:`;
}
