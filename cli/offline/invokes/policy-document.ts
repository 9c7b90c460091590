import { byBytes, goJson, sorted } from "../../pulumi/go-json";
import { isObject, type Json, type JsonObject } from "../../pulumi/values";

/**
 * Computes `aws.iam.getPolicyDocument` (Pulumi AWS documentation, "aws.iam.getPolicyDocument"), which needs no account:
 * the documents in `sourcePolicyDocuments`, then the statements, then `overridePolicyDocuments`; a statement replaces an
 * earlier one with the same Sid.
 *
 * @throws where the provider refuses too: JSON that is none, a Sid used twice, `&{` in a document of version 2008-10-17
 */
export function policyDocument(args: JsonObject): { json: string; minifiedJson: string } {
  const merged: Document = { version: "", id: "", statements: [] };
  const sids = new Set<string>();
  for (const [index, text] of strings(args.sourcePolicyDocuments).entries()) {
    const source = parsedDocument(text, `sourcePolicyDocuments[${index}]`);
    for (const { Sid } of source.statements) refuseDuplicate(sids, Sid, `sourcePolicyDocuments[${index}]`);
    merge(merged, source);
  }
  merge(merged, documentOf(args));
  for (const [index, text] of strings(args.overridePolicyDocuments).entries()) {
    merge(merged, parsedDocument(text, `overridePolicyDocuments[${index}]`));
  }
  const json: JsonObject = {
    ...(merged.version !== "" && { Version: merged.version }),
    ...(merged.id !== "" && { Id: merged.id }),
    ...(merged.statements.length > 0 && { Statement: merged.statements }),
  };
  return { json: goJson(json, 2), minifiedJson: goJson(json) };
}

interface Document {
  version: string;
  id: string;
  statements: JsonObject[];
}

function merge(into: Document, from: Document): void {
  if (from.id !== "") into.id = from.id;
  if (from.version > into.version) into.version = from.version;
  for (const statement of from.statements) {
    const sid = statement.Sid;
    const same = sid === undefined ? -1 : into.statements.findIndex((existing) => existing.Sid === sid);
    if (same === -1) into.statements.push(statement);
    else into.statements[same] = statement;
  }
}

function documentOf(args: JsonObject): Document {
  const version = typeof args.version === "string" ? args.version : "2012-10-17";
  const sids = new Set<string>();
  const statements = objects(args.statements).map((statement, index) => {
    refuseDuplicate(sids, statement.sid, `statements[${index}]`);
    return statementOf(statement, version);
  });
  return { version, id: typeof args.policyId === "string" ? args.policyId : "", statements };
}

function statementOf(statement: JsonObject, version: string): JsonObject {
  const text = (value: Json | undefined) => (value === "" ? undefined : value);
  const resources = (value: Json | undefined) => oneOrDescending(withVariables(strings(value), version));
  return withoutEmpty({
    Sid: text(statement.sid),
    Effect: text(statement.effect) ?? "Allow",
    Action: oneOrDescending(strings(statement.actions)),
    NotAction: oneOrDescending(strings(statement.notActions)),
    Resource: resources(statement.resources),
    NotResource: resources(statement.notResources),
    Principal: principalsOf(objects(statement.principals), version),
    NotPrincipal: principalsOf(objects(statement.notPrincipals), version),
    Condition: conditionsOf(objects(statement.conditions), version),
  });
}

function principalsOf(principals: JsonObject[], version: string): Json | undefined {
  const byType = new Map<string, Json>();
  for (const principal of principals) {
    const type = String(principal.type);
    const identifiers = oneOrDescending(withVariables(strings(principal.identifiers), version)) ?? [];
    const earlier = byType.get(type);
    byType.set(type, earlier === undefined ? identifiers : [...[earlier].flat(), ...[identifiers].flat()]);
  }
  return principalElement(byType);
}

function principalElement(byType: ReadonlyMap<string, Json>): Json | undefined {
  if (byType.size === 0) return undefined;
  const [[type, identifiers] = []] = byType;
  if (byType.size === 1 && type === "*" && [identifiers].flat().join() === "*") return "*";
  return sorted(Object.fromEntries(byType));
}

function conditionsOf(conditions: JsonObject[], version: string): Json | undefined {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const condition of conditions) {
    const test = String(condition.test);
    const variable = String(condition.variable);
    const byVariable = byTest.get(test) ?? new Map<string, string[]>();
    const values = withVariables(strings(condition.values), version);
    byTest.set(test, byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...values]));
  }
  return conditionElement(byTest);
}

type ConditionValues = ReadonlyMap<string, ReadonlyMap<string, string[]>>;

function conditionElement(byTest: ConditionValues): Json | undefined {
  if (byTest.size === 0) return undefined;
  const flattened = [...byTest].map(([test, byVariable]) => {
    return [test, Object.fromEntries([...byVariable].map(([variable, values]) => [variable, single(values)]))] as const;
  });
  return sorted(Object.fromEntries(flattened));
}

const single = (list: string[]): Json => (list.length === 1 ? (list[0] ?? "") : list);

/** `&{` is how a program writes `${` without its own language taking it as interpolation. */
function withVariables(values: string[], version: string): string[] {
  const refused = version === "2008-10-17" ? values.find((value) => value.includes("&{")) : undefined;
  if (refused !== undefined) throw new Error(`"&{" in "${refused}" is not supported in document version 2008-10-17`);
  return values.map((value) => value.replaceAll("&{", "${"));
}

function oneOrDescending(values: string[]): Json | undefined {
  const unique = [...new Set(values)].sort(byBytes).reverse();
  return unique.length === 0 ? undefined : single(unique);
}

/** Reads a document that is merged in; its lists of actions and resources keep their order. */
function parsedDocument(text: string, where: string): Document {
  let parsed: Json;
  try {
    parsed = text === "" ? {} : (JSON.parse(text) as Json);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(parsed)) throw new Error(`${where} is not a policy document`);
  const statement = parsed.Statement;
  return {
    version: typeof parsed.Version === "string" ? parsed.Version : "",
    id: typeof parsed.Id === "string" ? parsed.Id : "",
    statements: (isObject(statement) ? [statement] : objects(statement)).map(parsedStatement),
  };
}

function parsedStatement(statement: JsonObject): JsonObject {
  const text = (value: Json | undefined) => (value === "" ? undefined : value);
  return withoutEmpty({
    Sid: text(statement.Sid),
    Effect: text(statement.Effect),
    Action: statement.Action,
    NotAction: statement.NotAction,
    Resource: statement.Resource,
    NotResource: statement.NotResource,
    Principal: parsedPrincipals(statement.Principal),
    NotPrincipal: parsedPrincipals(statement.NotPrincipal),
    Condition: parsedConditions(statement.Condition),
  });
}

function parsedPrincipals(value: Json | undefined): Json | undefined {
  if (typeof value === "string") return "*";
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([type, identifiers]) => {
    return [type, Array.isArray(identifiers) ? strings(identifiers).sort(byBytes).reverse() : identifiers] as const;
  });
  return principalElement(new Map(entries));
}

function parsedConditions(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return undefined;
  const byTest = Object.entries(value).map(([test, variables]) => {
    const entries = Object.entries(isObject(variables) ? variables : {});
    return [test, new Map(entries.map(([variable, values]) => [variable, [values].flat().map(String)]))] as const;
  });
  return conditionElement(new Map(byTest));
}

function refuseDuplicate(seen: Set<string>, sid: Json | undefined, where: string): void {
  if (typeof sid !== "string" || sid === "") return;
  if (seen.has(sid)) throw new Error(`duplicate Sid "${sid}" in ${where}: remove it or make it unique`);
  seen.add(sid);
}

function withoutEmpty(element: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(element).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map((item) => (item === null ? "" : String(item))) : [];
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
