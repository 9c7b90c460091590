import { isMap, type Wire, type WireMap } from "../rpc";
import { htmlEscaped, sorted } from "./go-json";

const MEMBERS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"];
const WRITTEN = [...MEMBERS, "Condition"];

/** The results of aws:iam/getPolicyDocument ("Data Source: aws_iam_policy_document"). Throws on documents that are no JSON. */
export function policyDocument(args: WireMap): WireMap {
  const version = typeof args.version === "string" ? args.version : "2012-10-17";
  const own = {
    Version: version,
    Id: args.policyId ?? "",
    Statement: maps(args.statements).map((it) => statement(it)),
  };
  const sources = texts(args.sourcePolicyDocuments).map(parsed);
  const overrides = texts(args.overridePolicyDocuments).map(parsed);
  const merged = [...sources, own, ...overrides].reduce<WireMap>(merge, {});
  return { ...args, version, json: written(merged, 2), minifiedJson: written(merged), id: "policy-document" };
}

function statement(from: WireMap): WireMap {
  return {
    Sid: from.sid ?? "",
    Effect: from.effect ?? "Allow",
    Action: oneOrMany(texts(from.actions)),
    NotAction: oneOrMany(texts(from.notActions)),
    Resource: oneOrMany(texts(from.resources).map(variables)),
    NotResource: oneOrMany(texts(from.notResources).map(variables)),
    Principal: principals(maps(from.principals)),
    NotPrincipal: principals(maps(from.notPrincipals)),
    Condition: conditions(maps(from.conditions)),
  };
}

function principals(blocks: WireMap[]): Wire {
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === "*" && texts(only.identifiers).join() === "*") return "*";
  const byType: Record<string, string[]> = {};
  for (const block of blocks) {
    const identifiers = texts(block.identifiers).map(variables);
    byType[String(block.type)] = [...(byType[String(block.type)] ?? []), ...descending(identifiers)];
  }
  return Object.fromEntries(
    Object.entries(byType).map(([type, list]) => [type, list.length === 1 ? list[0] : list] as [string, Wire]),
  );
}

function conditions(blocks: WireMap[]): WireMap {
  const operators: Record<string, Record<string, string[]>> = {};
  for (const block of blocks) {
    const [operator, key] = [String(block.test), String(block.variable)];
    const keys = operators[operator] ?? {};
    operators[operator] = keys;
    keys[key] = [...(keys[key] ?? []), ...texts(block.values).map(variables)];
  }
  return Object.fromEntries(
    Object.entries(operators).map(([operator, keys]): [string, Wire] => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, list]): [string, Wire] => [key, list.length === 1 ? (list[0] ?? "") : list]),
      ),
    ]),
  );
}

/** A later statement takes the place of an earlier one with its Sid; a later version or id replaces an earlier one. */
function merge(into: WireMap, next: WireMap): WireMap {
  const statements = maps(into.Statement);
  for (const added of maps(next.Statement)) {
    const same = statements.findIndex((it) => added.Sid && it.Sid === added.Sid);
    if (same >= 0) statements[same] = added;
    else statements.push(added);
  }
  const version = [String(into.Version ?? ""), String(next.Version ?? "")].sort()[1] ?? "";
  return { Version: version, Id: next.Id || into.Id || "", Statement: statements };
}

function parsed(text: string): WireMap {
  const document: Wire = JSON.parse(text);
  if (!isMap(document)) throw new Error("a source or override policy document is not a JSON object");
  const statements = isMap(document.Statement) ? [document.Statement] : maps(document.Statement);
  return { ...document, Statement: statements.map(normal) };
}

/** The data source reads principals and conditions of other documents into blocks, and so writes them like its own. */
function normal(from: WireMap): WireMap {
  return {
    ...from,
    Principal: principals(principalBlocks(from.Principal)),
    NotPrincipal: principals(principalBlocks(from.NotPrincipal)),
    Condition: conditions(conditionBlocks(from.Condition)),
  };
}

function principalBlocks(value: Wire | undefined): WireMap[] {
  if (typeof value === "string") return [{ type: "*", identifiers: ["*"] }];
  return Object.entries(isMap(value) ? value : {}).map(([type, identifiers]) => ({
    type,
    identifiers: list(identifiers),
  }));
}

function conditionBlocks(value: Wire | undefined): WireMap[] {
  return Object.entries(isMap(value) ? value : {}).flatMap(([test, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([variable, values]) => ({ test, variable, values: list(values) })),
  );
}

function list(value: Wire): Wire[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function written(document: WireMap, indent?: number): string {
  const statements = maps(document.Statement).map((it) => inOrder(it, WRITTEN));
  const top = inOrder({ ...document, Statement: statements }, ["Version", "Id", "Statement"]);
  return htmlEscaped(JSON.stringify(top, undefined, indent));
}

/** Go writes a struct's fields in the order of their declaration and leaves the empty ones out. */
function inOrder(from: WireMap, names: string[]): WireMap {
  const kept = names.filter((name) => !isEmpty(from[name]));
  return Object.fromEntries(
    kept.map((name) => [name, name === "Statement" ? from[name] : sorted(from[name] ?? null)] as [string, Wire]),
  );
}

function isEmpty(value: Wire | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function oneOrMany(values: string[]): Wire {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : descending(values);
}

function descending(values: string[]): string[] {
  return [...new Set(values)].sort((a, b) => Buffer.compare(Buffer.from(b), Buffer.from(a)));
}

/** The data source writes IAM's policy variables as `&{aws:username}`. */
function variables(text: string): string {
  return text.replaceAll("&{", "${");
}

function texts(value: Wire | undefined): string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function maps(value: Wire | undefined): WireMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
