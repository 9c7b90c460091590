import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InstalledSdks } from "../../pulumi/installed-sdks";
import { markerFor } from "../../pulumi/unknown-markers";
import { packageOf } from "../../pulumi/urn";
import type { Json, JsonObject } from "../../pulumi/values";

const DEEPEST = 4;

/**
 * An answer for a function of a provider that nobody can call offline, shaped like its declared result so that a program
 * can read it: markers for texts, two elements for lists of texts and one for lists of objects, 0 and false for the rest.
 */
export function unknownResult(token: string, args: JsonObject, sdks: InstalledSdks): JsonObject {
  const declaration = sdks.textOf(token, ".d.ts");
  const name = token.split(":").at(-1) ?? "";
  if (declaration === undefined) return {};
  const types = new OutputTypes(sdks.rootOf(packageOf(token)));
  return objectFor(
    bodyOf(`interface ${capitalized(name)}Result `, declaration, 0),
    types,
    DEEPEST,
    `${token} ${JSON.stringify(args)}`,
  );
}

/** The nested types of an SDK's results: thousands of interfaces in one file, read only when a result refers to one. */
class OutputTypes {
  #text: string | undefined;

  constructor(private readonly sdkRoot: string | undefined) {}

  /** The body of `outputs.namespace.Name`. */
  bodyOf(reference: string): string {
    const [name = "", namespace] = reference.split(".").slice(1).reverse();
    const text = this.#load();
    const start = namespace === undefined ? 0 : text.indexOf(`namespace ${namespace} {`);
    return bodyOf(`interface ${name} `, text, Math.max(start, 0));
  }

  #load(): string {
    const file = join(this.sdkRoot ?? "", "types", "output.d.ts");
    this.#text ??= this.sdkRoot !== undefined && existsSync(file) ? readFileSync(file, "utf8") : "";
    return this.#text;
  }
}

function objectFor(body: string, types: OutputTypes, depth: number, origin: string): JsonObject {
  const withoutComments = body.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const members = withoutComments.matchAll(/^[ \t]*(?:readonly )?(\w+)\??: ([^;{]*)/gm);
  return Object.fromEntries(
    [...members].map(([, name = "", type = ""]) => [name, valueFor(name, type.trim(), types, depth, origin)]),
  );
}

function valueFor(name: string, type: string, types: OutputTypes, depth: number, origin: string): Json {
  if (type === "string[]") return [1, 2].map((index) => markerFor(singular(name), `${origin} ${index}`));
  if (type.endsWith("[]")) return depth === 0 ? [] : [valueFor(name, type.slice(0, -2), types, depth, origin)];
  if (type.startsWith("outputs."))
    return depth === 0 ? {} : objectFor(types.bodyOf(type), types, depth - 1, `${origin} ${name}`);
  if (type === "number") return 0;
  if (type === "boolean") return false;
  // Maps are declared as `{ [key: string]: … }`, of which the brace is not part of the captured type.
  return type === "" ? {} : markerFor(name, origin);
}

const singular = (name: string) => name.replace(/s$/, "");

/** The text between an interface's braces; generated declarations close it on the column where its line begins. */
function bodyOf(heading: string, text: string, from: number): string {
  const start = text.indexOf(heading, from);
  if (start === -1) return "";
  const end = text.indexOf(`\n${leadingSpaces(text, start)}}`, start);
  return text.slice(start + heading.length, end === -1 ? undefined : end);
}

/** The indentation of the line that an index lies on. */
function leadingSpaces(text: string, index: number): string {
  const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
  return /^\s*/.exec(line)?.[0] ?? "";
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
