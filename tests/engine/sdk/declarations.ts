import ts from "typescript";
import type { Properties, Shape } from "./shape";

/** Reads one declaration file of a Pulumi SDK; only as much of TypeScript as the SDK generators write. */
export class Declarations {
  private readonly source: ts.SourceFile;

  constructor(fileName: string, text: string) {
    this.source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, false);
  }

  /** The name of the resource class that the file declares. */
  resourceClass(): string | undefined {
    return this.source.statements.filter(ts.isClassDeclaration)[0]?.name?.text;
  }

  /** The output properties of a resource class. */
  outputsOf(className: string): Properties {
    const declared = this.source.statements.filter(ts.isClassDeclaration).find((it) => it.name?.text === className);
    return this.propertiesOf(declared?.members.filter(ts.isPropertyDeclaration) ?? []);
  }

  /** The properties of an interface; undefined where the file has none of that name. */
  interfaceNamed(name: string): Properties | undefined {
    const declared = this.source.statements.filter(ts.isInterfaceDeclaration).find((it) => it.name.text === name);
    return declared && this.propertiesOf(declared.members.filter(ts.isPropertySignature));
  }

  private propertiesOf(members: readonly (ts.PropertyDeclaration | ts.PropertySignature)[]): Properties {
    const properties: Properties = {};
    for (const member of members) {
      if (member.type === undefined) continue;
      properties[member.name.getText(this.source).replaceAll(/["']/g, "")] = {
        shape: this.shapeOf(member.type),
        required: member.questionToken === undefined && !this.mayBeUndefined(member.type),
      };
    }
    return properties;
  }

  private shapeOf(type: ts.TypeNode): Shape {
    if (type.kind === ts.SyntaxKind.StringKeyword) return { kind: "string" };
    if (type.kind === ts.SyntaxKind.NumberKeyword) return { kind: "number" };
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return { kind: "boolean" };
    if (ts.isArrayTypeNode(type)) return { kind: "list", of: this.shapeOf(type.elementType) };
    if (ts.isParenthesizedTypeNode(type)) return this.shapeOf(type.type);
    if (ts.isUnionTypeNode(type)) return this.unionOf(type);
    if (ts.isTypeLiteralNode(type)) return this.mapOf(type);
    if (ts.isTypeReferenceNode(type)) return this.referenceTo(type);
    return { kind: "any" };
  }

  private unionOf(type: ts.UnionTypeNode): Shape {
    const parts = type.types.filter((it) => it.kind !== ts.SyntaxKind.UndefinedKeyword).map((it) => this.shapeOf(it));
    const [only, second] = parts;
    if (parts.some((it) => it.kind === "object" && it.name === "iam.PolicyDocument")) return { kind: "policy" };
    return only !== undefined && second === undefined ? only : { kind: "oneOf", of: parts };
  }

  private mapOf(type: ts.TypeLiteralNode): Shape {
    const index = type.members.find(ts.isIndexSignatureDeclaration);
    return { kind: "map", of: index === undefined ? { kind: "any" } : this.shapeOf(index.type) };
  }

  private referenceTo(type: ts.TypeReferenceNode): Shape {
    const name = type.typeName.getText(this.source);
    const [argument] = type.typeArguments ?? [];
    if (argument !== undefined && /^pulumi\.(Input|Output)$/.test(name)) return this.shapeOf(argument);
    const nested = /^(?:inputs|outputs)\.(.+)$/.exec(name)?.[1];
    if (nested !== undefined) return { kind: "object", name: nested };
    // A resource in place of its id, an ARN alias and an enumeration all arrive as text.
    return /^(pulumi\.|any$)/.test(name) ? { kind: "any" } : { kind: "string" };
  }

  private mayBeUndefined(type: ts.TypeNode): boolean {
    if (ts.isUnionTypeNode(type)) return type.types.some((it) => it.kind === ts.SyntaxKind.UndefinedKeyword);
    const [argument] = ts.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : [];
    return argument !== undefined && this.mayBeUndefined(argument);
  }
}
