import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import * as ts from "typescript";
import { replaceFile } from "./build-pack";

/** Folder of the compiled command, components and policies, with their types. */
export const PACKAGE_OUTPUT = "dist";

/**
 * Compiles what the npm package offers (tsconfig.build.json names the entry points) into `dist/`, JavaScript and types,
 * and removes from there what no source makes any more. Types are emitted without being checked: that is what
 * `npm run typecheck` is for, and it would make every installation wait.
 *
 * @throws Error with the compiler's message when the configuration or a source's syntax is wrong
 */
export function buildPackage(root: string): void {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.build.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(textOf([diagnostic], root));
    },
  });
  if (config === undefined || config.errors.length > 0) throw new Error(textOf(config?.errors ?? [], root));
  const program = ts.createProgram(config.fileNames, config.options);
  const faults = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics()];
  const made = new Set<string>();
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const file = resolve(path);
    made.add(file);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) replaceFile(file, text);
  });
  if (faults.length + diagnostics.length > 0) throw new Error(textOf([...faults, ...diagnostics], root));
  const output = join(root, PACKAGE_OUTPUT);
  for (const path of readdirSync(output, { recursive: true, encoding: "utf8" })) {
    const file = join(output, path);
    if (/\.(js|d\.ts|json)$/.test(path) && !made.has(file)) rmSync(file, { recursive: true });
  }
}

function textOf(diagnostics: readonly ts.Diagnostic[], root: string): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => relative(root, name),
    getCurrentDirectory: () => root,
    getNewLine: () => "\n",
  });
}
