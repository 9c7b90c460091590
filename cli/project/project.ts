import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { bounded } from "../../policypack/host";
import { Failure } from "../terminal/failure";
import { isName, NAME_FORM } from "./name";
import { type ConfigDeclaration, readDeclarations } from "./project-config";
import { EXTENSIONS, type PulumiFile, readPulumiFile } from "./pulumi-file";
import { FileMap } from "./yaml/values";

/** The languages whose programs can be run without the Pulumi CLI. */
export type Runtime = "nodejs" | "python" | "go" | "java";

const RUNTIMES: readonly string[] = ["nodejs", "python", "go", "java"] satisfies readonly Runtime[];

/** What `runtime.options` says, each for its language; empty where it says nothing. */
export interface RuntimeOptions {
  readonly isTypeScript: boolean;
  readonly tsconfig: string;
  readonly nodeArguments: readonly string[];
  /** Python's virtual environment and what keeps it. */
  readonly virtualenv: string;
  readonly toolchain: string;
  /** A program that is built already: Go, Java. */
  readonly binary: string;
}

/** A Pulumi project: what its `Pulumi.yaml` says (Pulumi documentation, "Pulumi project file reference"). */
export interface Project {
  readonly name: string;
  readonly file: string;
  /** The folder of the project file. */
  readonly root: string;
  /** The folder that the program runs in. */
  readonly programDirectory: string;
  /** The program within that folder; `.` for its own entry point. */
  readonly entryPoint: string;
  readonly runtime: Runtime;
  readonly options: RuntimeOptions;
  /** Where the stacks' configuration files are. */
  readonly configDirectory: string;
  /** Configuration that every stack has unless its own says otherwise. */
  readonly declarations: readonly ConfigDeclaration[];
}

const FILE_NAMES = EXTENSIONS.map((extension) => `Pulumi${extension}`);
const FIELDS = ["name", "runtime", "main", "config", "stackConfigDir"];

/**
 * Reads the project at a path, or the nearest one above it.
 *
 * @throws Failure where there is none, it is not valid, or its program's language needs the Pulumi CLI
 */
export function readProject(path: string): Project {
  const file = projectFileAt(path);
  const content = readPulumiFile(file, FIELDS);
  const root = dirname(file);
  const name = content === undefined ? "" : textAt(content, "name");
  if (content === undefined || name === "") {
    throw new Failure(`${file} has no "name"`, "Add the project's name: name: my-project");
  }
  if (!isName(name))
    content.fail(content.root.at("name"), `"name" is ${JSON.stringify(bounded(name, 100))}`, NAME_FORM);
  const { runtime, options } = runtimeOf(file, content);
  if (!isRuntime(runtime)) {
    throw new Failure(
      `${file}: "runtime" is ${bounded(runtime, 100)}, which cannot be run without the Pulumi CLI`,
      "Let the CLI make a preview, and check that: pulumi preview --json --show-sames > preview.json, then aws-identity-guardrails check preview.json",
    );
  }
  const { directory, declarations } = configOf(content, name);
  return {
    ...{ name, file, root, ...mainOf(file, root, textAt(content, "main")), declarations },
    runtime,
    options: {
      isTypeScript: options.get("typescript") !== false,
      tsconfig: optionText(options, "tsconfig"),
      nodeArguments: optionText(options, "nodeargs").split(/\s+/).filter(Boolean),
      virtualenv: optionText(options, "virtualenv"),
      toolchain: optionText(options, "toolchain"),
      binary: optionText(options, "binary"),
    },
    configDirectory: join(root, directory),
  };
}

function isRuntime(name: string): name is Runtime {
  return RUNTIMES.includes(name);
}

function runtimeOf(file: string, content: PulumiFile): { runtime: string; options: FileMap } {
  const value = content.root.get("runtime");
  if (!(value instanceof FileMap)) return { runtime: requireRuntime(file, value), options: new FileMap() };
  const options = value.get("options") ?? new FileMap();
  if (!(options instanceof FileMap)) {
    return content.fail(content.root.at("runtime"), '"runtime.options" is no map', "Write names and their values.");
  }
  const isTypeScript = options.get("typescript") ?? true;
  if (typeof isTypeScript !== "boolean") {
    content.fail(options.at("typescript"), '"typescript" is neither true nor false', "Write one of them, unquoted.");
  }
  return { runtime: requireRuntime(file, value.get("name")), options };
}

function requireRuntime(file: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Failure(`${file} has no "runtime"`, "Add the program's language: runtime: nodejs");
}

function optionText(options: FileMap, name: string): string {
  const value = options.get(name);
  return typeof value === "string" ? value : "";
}

/** `config` declares configuration; where it is a text it is the old name of `stackConfigDir`. */
function configOf(content: PulumiFile, project: string) {
  const config = content.root.get("config") ?? null;
  const directory = textAt(content, "stackConfigDir");
  if (config === null) return { directory, declarations: [] };
  if (config instanceof FileMap) return { directory, declarations: readDeclarations(content, config, project) };
  const at = content.root.at("config");
  if (typeof config !== "string") return content.fail(at, '"config" is no map', "Write keys and values under it.");
  if (content.root.get("stackConfigDir") !== undefined) {
    return content.fail(at, '"config" names a folder beside "stackConfigDir"', "Keep stackConfigDir alone.");
  }
  return { directory: config, declarations: [] };
}

function projectFileAt(path: string): string {
  const start = resolve(path);
  if (!existsSync(start)) throw new Failure(`${path} does not exist`, "Name the folder of a Pulumi program.");
  if (statSync(start).isFile()) {
    if (FILE_NAMES.includes(basename(start))) return start;
    throw new Failure(`${path} is no Pulumi project file`, "Name the folder that has the program's Pulumi.yaml.");
  }
  for (let folder = start; ; folder = dirname(folder)) {
    const file = FILE_NAMES.map((name) => join(folder, name)).find(existsSync);
    if (file !== undefined) return file;
    if (folder === dirname(folder)) break;
  }
  throw new Failure(
    `${start} has no Pulumi.yaml`,
    "Name the folder of a Pulumi program: aws-identity-guardrails check PATH",
  );
}

/** `main` names a folder or a file; the program runs in that folder, as under the engine. */
function mainOf(file: string, root: string, main: string) {
  if (main === "") return { programDirectory: root, entryPoint: "." };
  const path = resolve(root, main);
  if (!existsSync(path)) {
    throw new Failure(
      `${file}: "main" is ${main}, which does not exist`,
      "Build the program, as with npm run build, or correct the path.",
    );
  }
  return statSync(path).isDirectory()
    ? { programDirectory: path, entryPoint: "." }
    : { programDirectory: dirname(path), entryPoint: basename(path) };
}

/** The text of a field; empty where it is missing. */
function textAt({ root, fail }: PulumiFile, field: string): string {
  const value = root.get(field) ?? "";
  if (typeof value === "string") return value;
  return fail(root.at(field), `"${field}" is no text`, "Write it in quotes.");
}
