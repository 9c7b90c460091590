import { brotliDecompressSync } from "node:zlib";
import { awsSdk } from "./generated/aws-sdk";
import type { Shape } from "./result-shape";

/** The properties of a resource type, as an SDK declares them. */
export interface ResourceProperties {
  readonly inputs: ReadonlySet<string>;
  /** Outputs that always have a value; those that are no inputs too, or were left out, the provider fills in. */
  readonly outputs: readonly string[];
}

/** What a release of @pulumi/aws declares, for programs that have no Node.js SDK beside them: those in other languages. */
export interface SdkTable {
  /** Inputs and outputs by type token. */
  readonly resources: Readonly<Record<string, readonly [inputs: readonly string[], outputs: readonly string[]]>>;
  /** Shapes of results by the token of the function. */
  readonly functions: Readonly<Record<string, { readonly [property: string]: Shape }>>;
}

let table: SdkTable | undefined;

/** Unpacked when it is first asked, which most Node.js programs never do. */
export function sdkTable(): SdkTable {
  table ??= JSON.parse(brotliDecompressSync(Buffer.from(awsSdk.data, "base64")).toString("utf8")) as SdkTable;
  return table;
}

export function tabledProperties(type: string): ResourceProperties | undefined {
  const found = type.startsWith("aws:") ? sdkTable().resources[type] : undefined;
  return found && { inputs: new Set(found[0]), outputs: found[1] };
}

export function tabledResult(token: string): { readonly [property: string]: Shape } | undefined {
  return token.startsWith("aws:") ? sdkTable().functions[token] : undefined;
}
