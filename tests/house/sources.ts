import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import * as ts from "typescript";

export const ROOT = join(__dirname, "..", "..");

const SOURCE_FOLDERS = ["policypack", "cli", "stacks", "tools", "tests", "examples"];
const NOT_SOURCES = new Set(["dist", "node_modules"]);

/** Paths of all TypeScript sources of the repository, relative to it. */
export function sourceFiles(): string[] {
  return SOURCE_FOLDERS.flatMap((folder) => filesUnder(folder, ".ts"));
}

/** Paths, relative to the repository, of the files under one of its folders whose names end so. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : filesUnder(path, ending);
    return entry.isFile() && entry.name.endsWith(ending) ? [path] : [];
  });
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function jsonOf<T>(path: string): T {
  return JSON.parse(textOf(path));
}

export function parse(path: string, text = textOf(path)): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** One import of a source, in whatever form it is written. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  /** A file or folder of the repository, relative to it, or a package's name with `node:` names whole. */
  readonly to: string;
  readonly local: boolean;
  /** Gone from the compiled JavaScript. */
  readonly typeOnly: boolean;
}

export function importsOf(path: string, text?: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const local = specifier.text.startsWith(".");
    const to = local ? posix.join(posix.dirname(path), specifier.text) : packageOf(specifier.text);
    found.push({ from: path, to, local, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && loadsModule(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.isTypeOnly) return true;
  const names = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee)) return callee.getText() === "require.resolve";
  return ts.isIdentifier(callee) && callee.text === "require";
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}
