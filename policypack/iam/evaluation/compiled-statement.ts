import { actionsMatchingAny, allActions, universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import { isKnownKey } from "../aws/condition-keys";
import { type Condition, type Document, notYet, type Selection, type Statement } from "../language/document";
import { type Operator, parseOperator } from "../language/operator";
import { arnFields, arnPattern, type Pattern, resourcePatterns, textPattern } from "../language/pattern";
import { parseTemplate, type Template, variablesOf } from "../language/template";
import { derived } from "../shared/remembering";
import { likeTest, type Test } from "../solver/test";
import type { Approximation } from "./approximation";

/** What the values of an element or condition match, once their policy variables are filled in. */
export interface Values {
  /** Each value, cut into the fields of an ARN, or whole where it is none. */
  readonly templates: readonly (readonly Template[])[];
  /** Keys of the policy variables in the values. */
  readonly variables: readonly string[];
  /** The patterns of values without variables. */
  readonly patterns: readonly Pattern[] | undefined;
}

/** A condition ready to be resolved: what its operator means, and its values taken apart. */
export interface CompiledCondition extends Values {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
  /** What it asks of a request; undefined where policy variables decide. */
  readonly test: Test | undefined;
}

/** What a Resource or NotResource element matches. */
export interface CompiledResource extends Values {
  readonly inverted: boolean;
  readonly reading: "wide" | "narrow";
  /** What it asks of a request's resource; undefined where policy variables decide. */
  readonly test: Test | undefined;
  /** The same without the `Not` that it may carry. */
  readonly named: Test | undefined;
}

/** A statement under one approximation: plain Allow or Deny, with nothing unknown left. */
export interface CompiledStatement {
  readonly statement: Statement;
  readonly effect: "Allow" | "Deny";
  readonly actions: Bitset;
  /** Undefined when every resource matches. */
  readonly resource: CompiledResource | undefined;
  readonly compiledConditions: readonly CompiledCondition[];
  /** Condition keys and policy variables that decide whether it matches. */
  readonly keys: readonly string[];
  /** Keys of the policy variables among them. */
  readonly variables: readonly string[];
}

const compiled = derived((_: Document) => new Map<Approximation["name"] | "any", readonly CompiledStatement[]>());

/** The statements of a document that can have an effect under the approximation. */
export function compile(document: Document, approximation: Approximation): readonly CompiledStatement[] {
  const known = compiled(document);
  // Where all is known and understood, there is nothing to complete.
  const { open, notUnderstood } = gapsOf(document);
  const name = open.length + notUnderstood.length > 0 ? approximation.name : "any";
  let rules = known.get(name);
  if (rules === undefined) {
    rules = document.statements.flatMap((statement) => ruleOf(statement, document, approximation) ?? []);
    known.set(name, rules);
  }
  return rules;
}

/** Paths of the parts whose value is not known yet, and of conditions that are not understood. */
export interface Gaps {
  readonly open: readonly string[];
  readonly notUnderstood: readonly string[];
}

/** What in a document is not decided by its text alone. */
export const gapsOf: (document: Document) => Gaps = derived((document) => {
  const parts = document.statements.map((statement) => gapsIn(statement, document));
  return {
    open: parts.flatMap(({ open }) => open),
    notUnderstood: parts.flatMap(({ notUnderstood }) => notUnderstood),
  };
});

function gapsIn({ path, effect, action, resource, principal, conditions }: Statement, document: Document): Gaps {
  const open: string[] = [];
  const notUnderstood: string[] = [];
  if (effect === notYet) open.push(path);
  else {
    if (action.open) open.push(`${path}.${action.inverted ? "NotAction" : "Action"}`);
    if (resource.open) open.push(`${path}.${resource.inverted ? "NotResource" : "Resource"}`);
    if (principal?.open) open.push(`${path}.${principal.inverted ? "NotPrincipal" : "Principal"}`);
    open.push(...conditions.filter((condition) => condition.open).map((condition) => condition.path));
    for (const condition of conditions) {
      const reason = condition.open ? undefined : strangeness(condition, document);
      if (reason !== undefined) notUnderstood.push(`${condition.path}: ${reason}`);
    }
  }
  return { open, notUnderstood };
}

/** The rule of a statement that is an Allow or a Deny for sure or, under the approximation, is taken for one. */
function ruleOf(statement: Statement, document: Document, approximation: Approximation): CompiledStatement | undefined {
  const effect = effectUnder(statement, approximation);
  if (effect === undefined) return undefined;
  const open = effect === "Allow" ? approximation.allows : approximation.unknownDenies;
  const notUnderstood = effect === "Allow" ? approximation.allows : approximation.notUnderstoodDenies;
  const actions = actionsOf(statement.action, open);
  const resource = resourceOf(statement.resource, effect, open, document.variables);
  if (actions.isEmpty() || resource === "nothing") return undefined;
  const compiledConditions: CompiledCondition[] = [];
  for (const condition of statement.conditions) {
    const compiledCondition = atomOf(condition, document, open, notUnderstood);
    if (compiledCondition === "never") return undefined;
    if (compiledCondition !== "always") compiledConditions.push(compiledCondition);
  }
  const element = resource === "everything" ? undefined : resource;
  const variables = [
    ...compiledConditions.flatMap((compiledCondition) => compiledCondition.variables),
    ...(element?.variables ?? []),
  ];
  const keys = [...compiledConditions.map(({ key }) => key), ...variables];
  return { statement, effect, actions, resource: element, compiledConditions, keys, variables };
}

function effectUnder({ effect }: Statement, approximation: Approximation): "Allow" | "Deny" | undefined {
  if (effect !== notYet) return effect;
  if (approximation.unknownDenies === "more") return "Deny";
  return approximation.allows === "more" ? "Allow" : undefined;
}

const noActions = () => Bitset.empty(universeSize());

/** The actions that an Action or NotAction element names, with what is not known of it taken for the least or the most. */
export function actionsOf({ inverted, values, open }: Selection, reading: "less" | "more"): Bitset {
  if (open && inverted === (reading === "less")) return inverted ? noActions() : allActions();
  const named = actionsMatchingAny(values);
  return inverted ? named.not() : named;
}

function resourceOf(
  { inverted, values, open }: Selection,
  effect: "Allow" | "Deny",
  reading: "less" | "more",
  variables: boolean,
): CompiledResource | "everything" | "nothing" {
  if (open && inverted === (reading === "less")) return inverted ? "nothing" : "everything";
  if (values.some((value) => /^\*+$/.test(value))) return inverted ? "nothing" : "everything";
  if (values.length === 0) return inverted ? "everything" : "nothing";
  const templates = values.map((value) => parseTemplate(value, { variables, wildcards: true }));
  const width = (effect === "Allow") === inverted ? "narrow" : "wide";
  const toPatterns = (fields: readonly Template[]) => resourcePatterns(fields, width);
  const named = valuesOf(templates.map(arnFields), toPatterns);
  const test = named.patterns && likeTest(named.patterns, inverted);
  return { inverted, reading: width, ...named, test, named: named.patterns && likeTest(named.patterns) };
}

function valuesOf(
  templates: readonly (readonly Template[])[],
  toPatterns: (fields: readonly Template[]) => readonly Pattern[],
): Values {
  const variables = templates.flat().flatMap(variablesOf);
  return { templates, variables, patterns: variables.length > 0 ? undefined : templates.flatMap(toPatterns) };
}

/** The pattern of a condition's value without variables. */
export function conditionPatterns(operator: Operator, fields: readonly Template[]): readonly Pattern[] {
  const pattern =
    operator.family === "arn" ? arnPattern(fields) : textPattern(fields[0] ?? [], operator.match === "ignore-case");
  return pattern === undefined ? [] : [pattern];
}

/** Why a condition is not understood; undefined when it is. */
function strangeness(condition: Condition, document: Document): string | undefined {
  const operator = parseOperator(condition.operator);
  if (operator === undefined) return `the operator "${condition.operator}" is not known`;
  if (!isKnownKey(condition.key)) return `the condition key "${condition.key}" is not known`;
  if (condition.values.length === 0) return "AWS does not say what an empty list of values means";
  const isOdd = (value: string) => arnPattern(arnFields(templateOf(value, operator, document))) === undefined;
  if (operator.family === "arn" && condition.values.some(isOdd))
    return "AWS does not say what an ARN with fewer than six fields matches here";
  return undefined;
}

function templateOf(value: string, operator: Operator, document: Document): Template {
  return parseTemplate(value, { variables: document.variables, wildcards: operator.match === "wildcard" });
}

function atomOf(
  condition: Condition,
  document: Document,
  open: "less" | "more",
  notUnderstood: "less" | "more",
): CompiledCondition | "always" | "never" {
  const { key, values } = condition;
  const operator = parseOperator(condition.operator);
  if (condition.open) {
    if (operator === undefined || key === "") return open === "more" ? "always" : "never";
    // More values make a condition weaker, those of a negated operator make it stronger.
    if (!operator.negated && open === "more") return "always";
    if (operator.negated && open === "less") return "never";
    if (values.length === 0) return open === "more" ? "always" : "never";
  }
  if (operator === undefined || !isKnownKey(key) || values.length === 0)
    return notUnderstood === "more" ? "always" : "never";
  const whole = values.map((value) => templateOf(value, operator, document));
  const templates =
    operator.family === "arn"
      ? arnTemplates(whole, notUnderstood !== (operator.negated ? "more" : "less"))
      : whole.map((template) => [template]);
  const expected = valuesOf(templates, (fields) => conditionPatterns(operator, fields));
  const { patterns } = expected;
  return {
    key,
    operator,
    values,
    ...expected,
    test: patterns && { key, operator, patterns, exactPatterns: patterns, values },
  };
}

/**
 * ARNs with fewer than six fields either match nothing here, or count as completed like those of a Resource element: AWS does
 * not say. The approximation decides which, so that the answers from below and from above differ only where it matters.
 */
function arnTemplates(values: readonly Template[], completed: boolean): readonly (readonly Template[])[] {
  return values.map(arnFields).flatMap((fields) => {
    if (arnPattern(fields) !== undefined) return [fields];
    if (!completed) return [];
    return [[...fields, ...Array.from({ length: 6 - fields.length }, () => [{ kind: "any-run" } as const])]];
  });
}
