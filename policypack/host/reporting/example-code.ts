import { type Example, type ExampleResource, isUnknownFrom } from "../../rules";

/** Longest list or object on one line; what stands before it needs room too. */
const longestInLine = 60;

/** An example as a Pulumi program in TypeScript, for people to read; access keys are shortened to their first letters. */
export function exampleCode(example: Example): string {
  return example.resources.map((resource) => resourceCode(resource, example.resources)).join("\n");
}

function resourceCode(resource: ExampleResource, all: readonly ExampleResource[]): string {
  const variable = isReferenced(resource, all) ? `const ${identifier(resource.name)} = ` : "";
  const options = resource.provider === undefined ? "" : `, { provider: ${providerCode(resource.provider)} }`;
  const properties = literal(resource.properties, 0);
  const exists = resource.outputs === undefined ? "" : ` // exists: ${literal(resource.outputs, 0)}`;
  return `${variable}new ${className(resource.type)}(${text(resource.name)}, ${properties}${options});${exists}`;
}

function providerCode(properties: Readonly<Record<string, unknown>>): string {
  return `new aws.Provider("provider", ${literal(properties, 0)})`;
}

function isReferenced({ name }: ExampleResource, all: readonly ExampleResource[]): boolean {
  return all.some(({ properties }) => mentions(properties, name));
}

function mentions(value: unknown, name: string): boolean {
  if (isUnknownFrom(value)) return value.unknownFrom === name;
  return typeof value === "object" && value !== null && Object.values(value).some((inner) => mentions(inner, name));
}

/** `aws:iam/user:User` is `aws.iam.User`, `pulumi:providers:aws` is `aws.Provider`. */
function className(token: string): string {
  const [pack = "", module = "", type = ""] = token.split(":");
  if (pack === "pulumi" && module === "providers") return `${identifier(type)}.Provider`;
  const parts = module.split("/");
  const last = parts[parts.length - 1];
  const isFileName = last !== undefined && parts.length > 1 && last.toLowerCase() === type.toLowerCase();
  const folders = (isFileName ? parts.slice(0, -1) : parts).filter((part) => part !== "index");
  return [identifier(pack), ...folders, type].join(".");
}

function identifier(name: string): string {
  return name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase());
}

function literal(value: unknown, depth: number): string {
  if (isUnknownFrom(value)) return `${identifier(value.unknownFrom)}.id`;
  if (typeof value === "string") return documentCode(value, depth) ?? text(value);
  if (Array.isArray(value)) {
    return bracketed(
      "[",
      value.map((entry) => literal(entry, depth + 1)),
      "]",
      depth,
    );
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${keyCode(key)}: ${literal(inner, depth + 1)}`);
    return entries.length === 0 ? "{}" : bracketed("{ ", entries, " }", depth);
  }
  return JSON.stringify(value) ?? "undefined";
}

/** A policy is easier to read as an object than as its text. */
function documentCode(value: string, depth: number): string | undefined {
  if (!value.startsWith("{")) return undefined;
  try {
    return `JSON.stringify(${literal(JSON.parse(value), depth)})`;
  } catch {
    return undefined;
  }
}

function bracketed(open: string, entries: readonly string[], close: string, depth: number): string {
  const line = `${open}${entries.join(", ")}${close}`;
  if (!line.includes("\n") && line.length + depth * 2 <= longestInLine) return line;
  const indent = "  ".repeat(depth + 1);
  return `${open.trim()}\n${entries.map((entry) => `${indent}${entry},`).join("\n")}\n${"  ".repeat(depth)}${close.trim()}`;
}

function keyCode(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function text(value: string): string {
  return JSON.stringify(value.replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, "$1…"));
}
