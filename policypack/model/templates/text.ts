import type { CollectionTag, ScalarTag, YAMLMap, YAMLSeq } from "yaml";
import { JsonError, parseJson } from "../../iam";
import type { ReadFault } from "../resources/read-fault";

export type TextFault = Omit<ReadFault, "where"> & { readonly path: string };

export interface ParsedText {
  /** Undefined where the text is neither JSON nor YAML. */
  readonly value: unknown;
  readonly faults: readonly TextFault[];
}

/** AWS CloudFormation User Guide, "Understand CloudFormation quotas": a template in S3 has at most 1 MB. */
const maximumLength = 1 << 20;

/**
 * The text of a template as plain data: JSON, or YAML whose short forms are written out (`!Ref a` as `{"Ref": "a"}`). Scalars of YAML
 * stay text, so that an account id keeps its leading zeros and a version of the policy language is no date.
 */
export function parseTemplateText(text: string): ParsedText {
  if (text.length > maximumLength) return unreadable("longer than the 1 MB that CloudFormation takes", "$");
  if (!/^\uFEFF?\s*\{/.test(text)) return parseYaml(text);
  const json = parseJsonText(text);
  if (json.value !== undefined) return json;
  // YAML has braces too.
  const yaml = parseYaml(text);
  return yaml.value === undefined ? json : yaml;
}

/** JSON text as plain data; a key given twice is a fault, since the first one is lost. */
export function parseJsonText(text: string): ParsedText {
  try {
    const { value, duplicates } = parseJson(text);
    const faults = duplicates.map(({ path, position }) => hidden(path, position.line, position.column));
    return { value, faults };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { line, column } = error.position;
    return unreadable(`not JSON: ${error.message}`, placed(error.path, line, column));
  }
}

/** AWS CloudFormation User Guide, "Intrinsic function reference". */
const functions = [
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
];
const longForms: readonly (readonly [short: string, long: string])[] = [
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
];

type Yaml = typeof import("yaml");

// Few stacks hold a template, and the library takes as long to load as the rest of the model.
const loadYaml = (): Yaml => require("yaml");

/** More than any template opens without closing; the library's time grows with the square of it. */
const maximumNesting = 500;

function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > maximumNesting) return true;
  }
  return false;
}

const tooDeep = unreadable("nested too deeply, or with aliases, which CloudFormation does not take", "$");

function parseYaml(text: string): ParsedText {
  if (isNestedTooDeeply(text)) return tooDeep;
  const yaml = loadYaml();
  try {
    const document = yaml.parseDocument(text, {
      schema: "failsafe",
      customTags: (tags) => [...tags, ...longForms.flatMap(([short, long]) => tagsOf(yaml, short, long))],
      logLevel: "error",
    });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
      if (error.code === "DUPLICATE_KEY") return { value: undefined, faults: [hidden("$", line, col)] };
      // The library's messages quote the text, which may hold a password.
      const what = error.code.toLowerCase().replaceAll("_", " ");
      return unreadable(`neither JSON nor YAML (${what})`, placed("$", line, col));
    }
    // AWS CloudFormation User Guide, "Template formats": aliases are not taken.
    return { value: document.toJS({ maxAliasCount: 0 }), faults: [] };
  } catch {
    return tooDeep;
  }
}

function tagsOf({ YAMLMap, Pair, Scalar }: Yaml, tag: string, long: string): readonly (ScalarTag | CollectionTag)[] {
  const call = (argument: unknown): YAMLMap => {
    const map = new YAMLMap();
    map.items.push(new Pair(new Scalar(long), argument));
    return map;
  };
  return [
    { tag, resolve: (text) => ({ [long]: text }) },
    { tag, collection: "seq", resolve: (list: YAMLMap | YAMLSeq) => call(list) },
    { tag, collection: "map", resolve: (map: YAMLMap | YAMLSeq) => call(map) },
  ];
}

function placed(path: string, line: number, column: number): string {
  return `${path}, line ${line} column ${column}`;
}

function hidden(path: string, line: number, column: number): TextFault {
  return {
    path: placed(path, line, column),
    message: "this key is given twice in one object; only the last one counts",
    fix: "Keep one.",
    effect: "hides",
  };
}

function unreadable(message: string, path: string): ParsedText {
  const fix = "Correct the text; JSON.stringify of an object cannot go wrong.";
  return { value: undefined, faults: [{ path, message, fix, effect: "unreadable" }] };
}
