import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { type Shape, shapeIn } from "./result-shape";
import { type ResourceProperties, tabledProperties, tabledResult } from "./sdk-table";
import { packageOf } from "./urn";

const NO_PROPERTIES: ResourceProperties = { inputs: new Set(), outputs: [] };

/**
 * What provider SDKs declare: as they are installed for a Node.js program, or else as the table of @pulumi/aws has it. Generated SDKs name a type's inputs in its constructor
 * (`resourceInputs["x"] = args?.x`) and declare its outputs as fields (`readonly x: pulumi.Output<string>`).
 */
export class InstalledSdks {
  readonly #resolveFrom: NodeJS.Require;
  readonly #properties = new Map<string, ResourceProperties>();
  readonly #outputTypes = new Map<string, string>();

  constructor(programDirectory: string) {
    this.#resolveFrom = createRequire(join(programDirectory, "index.js"));
  }

  /** The properties of a type token, or none where neither an SDK nor the table has it. */
  propertiesOf(type: string): ResourceProperties {
    const known = this.#properties.get(type);
    if (known !== undefined) return known;
    const code = this.textOf(type, ".js");
    const declaration = this.textOf(type, ".d.ts") ?? "";
    const properties =
      code === undefined
        ? (tabledProperties(type) ?? NO_PROPERTIES)
        : { inputs: inputsIn(code), outputs: outputsIn(declaration) };
    this.#properties.set(type, properties);
    return properties;
  }

  /** The shape of what a provider's function answers, if its SDK is installed or the table has it. */
  resultOf(token: string): { readonly [property: string]: Shape } | undefined {
    const declaration = this.textOf(token, ".d.ts");
    const name = token.split(":").at(-1) ?? "";
    if (declaration === undefined) return tabledResult(token);
    return shapeIn(name, declaration, () => this.#outputTypesOf(packageOf(token)));
  }

  #outputTypesOf(packageName: string): string {
    const known = this.#outputTypes.get(packageName);
    if (known !== undefined) return known;
    const file = join(this.rootOf(packageName) ?? "", "types", "output.d.ts");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    this.#outputTypes.set(packageName, text);
    return text;
  }

  /** The text of the file that declares a token (`.js` or `.d.ts`), if its SDK is installed. */
  textOf(token: string, extension: ".js" | ".d.ts"): string | undefined {
    const [packageName = "", moduleName = "", memberName = ""] = token.split(":");
    const root = this.rootOf(packageName);
    if (root === undefined) return undefined;
    const path = moduleName.replace(/^index(\/|$)/, "");
    const member = memberName.charAt(0).toLowerCase() + memberName.slice(1);
    for (const candidate of [path, join(path, member)]) {
      const file = fileIgnoringCase(join(root, candidate), extension);
      if (file !== undefined) return readFileSync(file, "utf8");
    }
    return undefined;
  }

  /** The folder of a package's SDK, if it is installed. */
  rootOf(packageName: string): string | undefined {
    try {
      return dirname(this.#resolveFrom.resolve(`@pulumi/${packageName}/package.json`));
    } catch {
      return undefined;
    }
  }
}

// The letter case of some tokens differs from that of the file they are declared in.
function fileIgnoringCase(path: string, extension: string): string | undefined {
  if (existsSync(path + extension)) return path + extension;
  const folder = dirname(path);
  if (!existsSync(folder)) return undefined;
  const wanted = (basename(path) + extension).toLowerCase();
  const found = readdirSync(folder).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : join(folder, found);
}

function inputsIn(code: string): ReadonlySet<string> {
  const assignments = [...code.matchAll(/^[ \t]*resourceInputs\["([^"]+)"\] = (.*)$/gm)];
  const fromArguments = assignments.filter(([, , value]) => /\bargs\b/.test(value ?? ""));
  return new Set(fromArguments.flatMap(([, name]) => name ?? []));
}

function outputsIn(declaration: string): readonly string[] {
  const fields = [...declaration.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm)];
  return fields.flatMap(([, name, type]) => (name === undefined || type?.endsWith("| undefined") ? [] : [name]));
}
