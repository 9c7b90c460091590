import { remembering } from "../shared/remembering";
import { type Document, notYet, type PolicyKind, type Statement } from "./document";
import { elementsOf, type Fault, FaultList, isRecord } from "./fault";
import { childPath, JsonError, parseJson } from "./json";
import { readStatement } from "./statement";

export interface ParsedDocument {
  /** Undefined when nothing can be analysed. */
  readonly document: Document | undefined;
  readonly faults: readonly Fault[];
}

/**
 * Reads a policy: JSON text, or the value that such a text stands for, with `notYet` wherever something is not known yet.
 * Never throws: what is wrong is in `faults`, and `document` holds everything that can be analysed.
 * Elements and their grammar: "Grammar of the IAM JSON policy language" (IAM User Guide).
 */
export function parseDocument(input: unknown, kind: PolicyKind): ParsedDocument {
  return typeof input === "string" ? textsOf[kind](input) : readDocument(input, kind, new FaultList());
}

/** A run shows a policy when it is made and again at its end, and many resources may have the same one. */
const textsOf: Readonly<Record<PolicyKind, (text: string) => ParsedDocument>> = {
  identity: remembering((text) => readText(text, "identity")),
  trust: remembering((text) => readText(text, "trust")),
  scp: remembering((text) => readText(text, "scp")),
  resource: remembering((text) => readText(text, "resource")),
};

function readText(input: string, kind: PolicyKind): ParsedDocument {
  try {
    const { value, positions, duplicates } = parseJson(input);
    const faults = new FaultList(positions);
    for (const { path, position } of duplicates)
      faults.add(
        "hides",
        path,
        "this key is given twice in one object; only the last one counts",
        "keep one",
        position,
      );
    return readDocument(value, kind, faults);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const faults = new FaultList();
    const fix = "correct the JSON text; a JSON formatter shows the place";
    faults.add("unreadable", error.path, `not JSON: ${error.message}`, fix, error.position);
    return { document: undefined, faults: faults.faults };
  }
}

const shape = 'write an object such as {"Version": "2012-10-17", "Statement": [...]}';

function readDocument(input: unknown, kind: PolicyKind, faults: FaultList): ParsedDocument {
  if (input === notYet)
    return { document: { kind, variables: true, statements: [unknownStatement("$")] }, faults: faults.faults };
  if (!isRecord(input)) {
    faults.add("unreadable", "$", "a policy must be a JSON object", shape);
    return { document: undefined, faults: faults.faults };
  }
  const members = elementsOf(input, "$", ["Version", "Id", "Statement"], faults);
  const version = readVersion(members.get("Version"), faults);
  const list = members.get("Statement");
  if (list === undefined) {
    faults.add("unreadable", "$", "a policy must have a Statement", shape);
    return { document: undefined, faults: faults.faults };
  }
  const statements = readStatements(list, kind, faults);
  if (version === notYet && statements.some(({ hasVariables }) => hasVariables))
    return { document: { kind, variables: true, statements: [unknownStatement("$")] }, faults: faults.faults };
  const document = {
    kind,
    variables: version !== "2008-10-17",
    statements: statements.map(({ statement }) => statement),
  };
  return { document, faults: faults.faults };
}

function readStatements(list: unknown, kind: PolicyKind, faults: FaultList) {
  const entries = Array.isArray(list)
    ? list.map((entry, index) => ({ entry, path: childPath("$.Statement", index) }))
    : [{ entry: list, path: "$.Statement" }];
  if (entries.length === 0) faults.add("refused", "$.Statement", "a policy needs at least one statement", "add one");
  const sids = new Set<string>();
  return entries.flatMap(({ entry, path }) => {
    if (entry === notYet) return [{ statement: unknownStatement(path), hasVariables: true }];
    if (!isRecord(entry)) {
      faults.add(
        "unreadable",
        path,
        "a statement must be a JSON object",
        "write an object with Effect, Action and Resource",
      );
      return [];
    }
    const { Sid: sid } = entry;
    if (typeof sid === "string" && sid !== "") {
      if (sids.has(sid)) faults.add("refused", childPath(path, "Sid"), `the Sid "${sid}" is used twice`, "rename one");
      sids.add(sid);
    }
    const statement = readStatement(entry, path, kind, faults);
    return statement === undefined ? [] : [{ statement, hasVariables: usesVariables(statement) }];
  });
}

/** AWS: "IAM JSON policy elements: Version"; without one, the old version holds. */
function readVersion(value: unknown, faults: FaultList): string | typeof notYet {
  if (value === notYet) return notYet;
  if (value === undefined) return "2008-10-17";
  if (value === "2008-10-17" || value === "2012-10-17") return value;
  faults.add("refused", "$.Version", "the version of the policy language is wrong", 'write "Version": "2012-10-17"');
  return "2012-10-17";
}

/** A statement of which nothing is known. */
function unknownStatement(path: string): Statement {
  const open = { inverted: false, values: [], open: true };
  return { path, effect: notYet, action: open, resource: open, conditions: [] };
}

function usesVariables(statement: Statement): boolean {
  const texts = [...statement.resource.values, ...statement.conditions.flatMap((condition) => condition.values)];
  return texts.some((text) => text.includes("${"));
}
