import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, posix, relative, resolve } from "node:path";
import { transformSync } from "esbuild";
import * as ts from "typescript";
import { BUILT_PACK, PARTS_ALONE, partsOf, replaceFile } from "./build-pack";

/** Folder of the compiled command, components and policies, with their types. */
export const PACKAGE_OUTPUT = "dist";

const PACK = "policypack";

/**
 * Compiles what the npm package offers (tsconfig.build.json names the entry points) into `dist/`: JavaScript, and the types that an
 * entry point's lead to. Of the pack there are only its entry points; its parts come from the built pack. What no source makes any
 * more is removed. Types are emitted without being checked: that is what `npm run typecheck` is for, and it would make every
 * installation wait.
 *
 * @throws Error with the compiler's message when the configuration or a source's syntax is wrong
 */
export function buildPackage(root: string): void {
  const { config, emitted } = compile(root);
  const entries = config.fileNames.map((path) => relative(root, path).replace(/\.ts$/, ""));
  const files = new Map([
    ...scripts(emitted, entries),
    ...types(
      emitted,
      entries.map((path) => `${path}.d.ts`),
    ),
    ...partScripts(root),
  ]);
  const output = join(root, PACKAGE_OUTPUT);
  for (const [path, text] of files) {
    const file = join(output, path);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) replaceFile(file, text);
  }
  for (const path of readdirSync(output, { recursive: true, encoding: "utf8" })) {
    if (/\.(js|d\.ts|json)$/.test(path) && !files.has(path)) rmSync(join(output, path), { recursive: true });
  }
}

type Files = ReadonlyMap<string, string>;

/** What the compiler makes of the entry points and all that they import, by its path in the folder for it. */
function compile(root: string): { config: ts.ParsedCommandLine; emitted: Files } {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.build.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(textOf([diagnostic], root));
    },
  });
  if (config === undefined || config.errors.length > 0) throw new Error(textOf(config?.errors ?? [], root));
  const program = ts.createProgram(config.fileNames, config.options);
  const faults = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics()];
  const emitted = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => {
    emitted.set(relative(join(root, PACKAGE_OUTPUT), resolve(path)), text);
  });
  if (faults.length + diagnostics.length > 0) throw new Error(textOf([...faults, ...diagnostics], root));
  return { config, emitted };
}

/** JavaScript without its comments, which are for readers of the sources. */
function* scripts(emitted: Files, entries: readonly string[]): Iterable<[string, string]> {
  for (const [path, text] of emitted) {
    const isPart = path.startsWith(`${PACK}/`) && !entries.includes(path.replace(/\.js$/, ""));
    if (path.endsWith(".js") && !isPart) yield [path, transformSync(text, { legalComments: "inline" }).code];
    else if (path.endsWith(".json")) yield [path, text];
  }
}

/** Types from the given ones on, by what each imports. */
function types(emitted: Files, from: readonly string[], found = new Map<string, string>()): Files {
  for (const path of from) {
    const text = emitted.get(path);
    if (text === undefined || found.has(path)) continue;
    found.set(path, text);
    const imported = ts.preProcessFile(text).importedFiles.filter(({ fileName }) => fileName.startsWith("."));
    const named = imported.map(({ fileName }) => posix.join(posix.dirname(path), fileName.replace(/\.js$/, "")));
    types(
      emitted,
      named.flatMap((module) => [`${module}.d.ts`, `${module}/index.d.ts`]),
      found,
    );
  }
  return found;
}

/** A module for each part of the pack that takes it from the built pack, and the one that loads that for all. */
function* partScripts(root: string): Iterable<[string, string]> {
  const parts = `${PACK}/parts.js`;
  const built = posix.relative(posix.join(PACKAGE_OUTPUT, PACK), posix.join(PACK, BUILT_PACK));
  const key = `Symbol.for(${JSON.stringify(PARTS_ALONE)})`;
  yield [
    parts,
    `"use strict";\nglobalThis[${key}] = true;\ntry {\n  module.exports = require("${built}");\n} finally {\n  delete globalThis[${key}];\n}\n`,
  ];
  for (const part of partsOf(join(root, PACK))) {
    const isFolder = existsSync(join(root, PACK, part));
    const path = `${PACK}/${part}${isFolder ? "/index" : ""}.js`;
    yield [
      path,
      `"use strict";\nmodule.exports = require("${posix.relative(posix.dirname(path), parts)}")["${part}"]();\n`,
    ];
  }
}

function textOf(diagnostics: readonly ts.Diagnostic[], root: string): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => relative(root, name),
    getCurrentDirectory: () => root,
    getNewLine: () => "\n",
  });
}
