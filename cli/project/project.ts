import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isMap, isScalar } from "yaml";
import { Failure } from "../failure";
import { type ConfigEntry, configEntries } from "./config-values";
import { readYaml } from "./yaml";

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
  readonly isTypeScript: boolean;
  readonly tsconfig: string;
  readonly nodeArguments: readonly string[];
  /** Where the stacks' configuration files are. */
  readonly configDirectory: string;
  /** Configuration that every stack has unless its own says otherwise. */
  readonly defaults: readonly ConfigEntry[];
}

const FILE_NAMES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * Reads the project at a path, or the nearest one above it.
 *
 * @throws Failure where there is none, it is not valid, or its program is not written for Node.js
 */
export function readProject(path: string): Project {
  const file = projectFileAt(path);
  const document = readYaml(file);
  const root = dirname(file);
  const text = (...keys: string[]) => textAt(document.getIn(keys, true));
  const name = text("name");
  if (name === "") throw new Failure(`${file} has no "name"`, "Add the project's name: name: my-project");
  const runtime = text("runtime") || text("runtime", "name");
  if (runtime === "") throw new Failure(`${file} has no "runtime"`, "Add the program's language: runtime: nodejs");
  if (runtime !== "nodejs") {
    throw new Failure(
      `${file}: "runtime" is ${runtime}, and only programs for Node.js can be checked without the Pulumi CLI`,
      "Hold this program to the policy pack with: pulumi preview --policy-pack",
    );
  }
  const config = document.get("config");
  const main = mainOf(file, root, text("main"));
  return {
    ...{ name, file, root, ...main },
    isTypeScript: text("runtime", "options", "typescript") !== "false",
    tsconfig: text("runtime", "options", "tsconfig"),
    nodeArguments: text("runtime", "options", "nodeargs").split(/\s+/).filter(Boolean),
    configDirectory: join(
      root,
      text("stackConfigDir") || (isScalar(config) || typeof config === "string" ? String(config) : ""),
    ),
    defaults: isMap(config) ? configEntries(config, name, "default") : [],
  };
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
  if (!existsSync(path)) throw new Failure(`${file}: "main" is ${main}, which does not exist`, "Correct the path.");
  return statSync(path).isDirectory()
    ? { programDirectory: path, entryPoint: "." }
    : { programDirectory: dirname(path), entryPoint: basename(path) };
}

function textAt(node: unknown): string {
  if (!isScalar(node)) return typeof node === "string" ? node : "";
  return node.source ?? String(node.value ?? "");
}
