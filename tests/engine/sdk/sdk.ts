import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Properties, ResourceShape } from "./shape";

/**
 * The types of an installed Pulumi SDK, read from its declaration files and kept as JSON in `cache`, because loading
 * the TypeScript parser costs each provider process more than everything else it does.
 */
export class Sdk {
  private readonly memory = new Map<string, unknown>();
  private inputTypes: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly cache: string,
  ) {}

  /** The version in the SDK's package.json, without a leading v. */
  version(): string {
    const manifest: { version: string } = JSON.parse(readFileSync(join(this.folder, "package.json"), "utf8"));
    return manifest.version;
  }

  /** A resource type by its token (`aws:iam/role:Role`); undefined where the SDK has no such type. */
  resource(token: string): ResourceShape | undefined {
    return this.remember(`resource ${token}`, () => {
      const file = this.read(token);
      const name = file?.resourceClass();
      if (file === undefined || name === undefined) return undefined;
      return { inputs: file.interfaceNamed(`${name}Args`) ?? {}, outputs: file.outputsOf(name) };
    });
  }

  /** The arguments of a function by its token; undefined where the SDK has no such function. */
  function(token: string): Properties | undefined {
    return this.remember(`function ${token}`, () => {
      const name = nameIn(token);
      const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const file = this.read(token);
      return file && (file.interfaceNamed(`${capital}OutputArgs`) ?? file.interfaceNamed(`${capital}Args`) ?? {});
    });
  }

  /** The arguments of the explicit provider. */
  provider(): Properties {
    return this.remember("provider", () => this.read("pulumi:provider:Provider")?.interfaceNamed("ProviderArgs") ?? {});
  }

  /** A nested input type by its dotted name (`iam.RoleInlinePolicy`). Throws where the SDK has none. */
  object(name: string): Properties {
    return this.remember(`object ${name}`, () => {
      const type = this.nested(name);
      if (type === undefined) throw new Error(`${this.folder}/types/input.d.ts has no interface ${name}`);
      return type;
    });
  }

  private nested(name: string): Properties | undefined {
    this.inputTypes ??= readFileSync(join(this.folder, "types", "input.d.ts"), "utf8");
    const [namespace, plain] = name.includes(".") ? splitLast(name) : ["", name];
    const indent = namespace === "" ? "" : "    ";
    const scope =
      namespace === "" ? this.inputTypes : block(this.inputTypes, `export declare namespace ${namespace} {`, "");
    const text = scope && block(scope, `${indent}${namespace === "" ? "export " : ""}interface ${plain} {`, indent);
    return text === undefined ? undefined : this.parse("input.d.ts", text).interfaceNamed(plain);
  }

  private read(token: string) {
    const [, path = "", type] = token.split(":");
    const [module = "", inModule] = path.split("/");
    const file = inModule ?? (module === "index" ? type : undefined);
    const folder = file === undefined || module === "index" ? this.folder : join(this.folder, module);
    const wanted = `${file ?? module}.d.ts`.toLowerCase();
    const name = existsSync(folder) ? readdirSync(folder).find((it) => it.toLowerCase() === wanted) : undefined;
    return name === undefined ? undefined : this.parse(name, readFileSync(join(folder, name), "utf8"));
  }

  private parse(name: string, text: string) {
    // Loaded only where the cache has no answer.
    const { Declarations } = require("./declarations") as typeof import("./declarations");
    return new Declarations(name, text);
  }

  private remember<T>(question: string, answer: () => T): T {
    if (this.memory.has(question)) return this.memory.get(question) as T;
    const file = join(this.cache, `${encodeURIComponent(question)}.json`);
    const known: { answer?: T } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { answer: answer() };
    if (!existsSync(file)) {
      mkdirSync(this.cache, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(known));
      renameSync(`${file}.${process.pid}`, file);
    }
    this.memory.set(question, known.answer);
    return known.answer as T;
  }
}

function nameIn(token: string): string {
  return token.split(":")[2] ?? "";
}

function splitLast(name: string): [string, string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** The lines from the one that is `opening` to the brace that closes it at the same indentation. */
function block(text: string, opening: string, indent: string): string | undefined {
  const start = text.indexOf(`\n${opening}\n`);
  const end = text.indexOf(`\n${indent}}\n`, start);
  return start < 0 || end < 0 ? undefined : text.slice(start + 1, end + indent.length + 2);
}
