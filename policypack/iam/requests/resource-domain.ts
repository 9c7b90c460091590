import { accessLevelOf, actionName, allActions, arnTemplatesOf, universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import type { Test } from "../solver/test";
import type { Statement } from "../language/document";
import { resourceVariable } from "../aws/condition-keys";
import { parseOperator } from "../language/operator";
import { anyRun, anyRunInField, arnPattern, literal, type Pattern } from "../language/pattern";
import type { Rule } from "../evaluation/compiled-statement";
import type { Scenario } from "./scenario";
import { lazily } from "../shared/table";
import type { Domain } from "../solver/domain";

const domains = new Map<string, Domain>();

/** Every resource that a request for the action can name, in the account of the scenario only or in any. */
export function anyResource(action: number, scenario: Scenario, accounts: "own" | "all" = "all"): Domain {
  const account = accounts === "own" ? scenario.account : "????????????";
  const templates = arnTemplatesOf(action);
  const limits = limitsOf(action);
  const key = [
    scenario.partition,
    account,
    limits === noLimits ? "" : limits === limitsOfAws() ? "own" : "linked",
    ...templates,
  ].join(" ");
  let domain = domains.get(key);
  if (domain === undefined) {
    // A caller with endless accounts could bring more than memory holds.
    if (domains.size > mostDomainsKept) domains.clear();
    domain = resourcesOf(templates, scenario.partition, account, limits);
    domains.set(key, domain);
  }
  return domain;
}

const mostDomainsKept = 8192;

function resourcesOf(
  templates: readonly string[],
  partition: string,
  account: string,
  limits: readonly Test[],
): Domain {
  if (templates.length === 0) return { absent: false, values: [["*"]], multivalued: false };
  const patterns = templates.map((template) => templatePattern(template, partition, account));
  return { absent: false, values: "any", multivalued: false, always: [likeTest(patterns), ...limits] };
}

const noLimits: readonly Test[] = [];

const rolesOfServices = "arn:*:iam::*:role/aws-service-role/*";

/** What every resource fulfils that can be changed: AWS keeps its own policies and roles to itself. */
export const notOfAws: () => Test = lazily(() =>
  likeTest(["arn:*:iam::aws:*", "arn:*:iam::*:role/aws-reserved/*", rolesOfServices].map(arnGlob), true),
);

const limitsOfAws = lazily((): readonly Test[] => [notOfAws()]);

const limitsOfServices = lazily((): readonly Test[] => [likeTest([arnGlob(rolesOfServices)])]);

/**
 * What no policy can allow: to change or make what belongs to AWS. Roles of services are made and deleted by calls of their own
 * ("AWS managed policies", "Using service-linked roles", IAM User Guide).
 */
export function limitsOf(action: number): readonly Test[] {
  const name = actionName(action);
  if (!name.startsWith("iam:") || name === "iam:PassRole" || ["read", "list"].includes(accessLevelOf(action)))
    return noLimits;
  return name.endsWith("ServiceLinkedRole") ? limitsOfServices() : limitsOfAws();
}

/** Actions whose request always has the resource `*`. */
export const actionsWithoutResource: () => Bitset = lazily(() => actionsWhere((templates) => templates.length === 0));

function actionsWhere(holds: (templates: readonly string[]) => boolean): Bitset {
  return Bitset.of(
    universeSize(),
    [...allActions()].filter((action) => holds(arnTemplatesOf(action))),
  );
}

/** Actions on resources in whose ARN the service is this one, wherever their own prefix is another. */
const actionsOnService: () => ReadonlyMap<string, Bitset> = lazily(() => {
  const members = new Map<string, number[]>();
  for (const action of allActions())
    for (const service of new Set(arnTemplatesOf(action).map((template) => template.split(":")[2] ?? ""))) {
      const known = members.get(service);
      if (known === undefined) members.set(service, [action]);
      else known.push(action);
    }
  return new Map([...members].map(([service, actions]) => [service, Bitset.of(universeSize(), actions)]));
});

const touching = new WeakMap<Statement, Bitset>();

/** The actions of a rule on whose resources its Resource element can match; the others it names in vain. */
export function reachableActions(rule: Rule): Bitset {
  return rule.resource === undefined || rule.resource.inverted ? rule.actions : rule.actions.and(actionsTouching(rule));
}

/** The actions on whose resources the values of a rule's Resource or NotResource can match, as far as their service tells. */
export function actionsTouching(rule: Rule): Bitset {
  let actions = touching.get(rule.statement);
  if (actions === undefined) {
    actions = onResources(rule);
    touching.set(rule.statement, actions);
  }
  return actions;
}

function onResources({ statement }: Rule): Bitset {
  const found: Bitset[] = [];
  for (const value of statement.resource.values) {
    const service = value.split(":")[2];
    if (!value.startsWith("arn:") || service === undefined || /[*?$]/.test(service) || value.includes("*:"))
      return actionsWithoutResource().not();
    found.push(actionsOnService().get(service) ?? Bitset.empty(universeSize()));
  }
  return Bitset.union(universeSize(), found);
}

/** `arn:${Partition}:iam::${Account}:role/*` with the placeholders filled in; a wildcard stays inside its field. */
export function templatePattern(template: string, partition: string, account: string): Pattern {
  const filled = template
    .replaceAll("${Partition}", partition)
    .replaceAll("${Account}", account)
    .replaceAll("${Region}", "*");
  const pattern = arnGlob(filled);
  const colonless = namesWithoutColon.get(template.split(":")[2] ?? "") ?? 0;
  let seen = 0;
  const tokens = pattern.tokens.map((token) => (token === anyRun && ++seen <= colonless ? anyRunInField : token));
  return { ...pattern, tokens };
}

/**
 * How many of the names in a service's ARNs, from the left, can hold no colon: all of IAM ("IAM and AWS STS quotas", name
 * requirements, IAM User Guide), and the bucket of S3 but not its key ("General purpose bucket naming rules", Amazon S3 User Guide).
 */
const namesWithoutColon: ReadonlyMap<string, number> = new Map([
  ["iam", Number.POSITIVE_INFINITY],
  ["s3", 1],
]);

/** An ARN with wildcards, each inside its field. */
export function arnGlob(text: string): Pattern {
  const fields = text.split(":").map((field) => wildcardParts(field));
  const joined = [
    ...fields.slice(0, 5),
    fields.slice(5).flatMap((field, i) => (i === 0 ? field : [{ kind: "text", text: ":" } as const, ...field])),
  ];
  return arnPattern(joined) ?? literal(text);
}

function wildcardParts(text: string) {
  return [...text].map((character) => {
    if (character === "*") return { kind: "any-run" } as const;
    if (character === "?") return { kind: "any-one" } as const;
    return { kind: "text", text: character } as const;
  });
}

const like = parseOperator("StringLike");
const notLike = parseOperator("StringNotLike");

/** The value matches one of the patterns. */
export function likeTest(patterns: readonly Pattern[], negated = false): Test {
  const operator = negated ? notLike : like;
  if (operator === undefined) throw new Error("StringLike is an operator");
  return { key: resourceVariable, operator, patterns, exactPatterns: patterns, values: [] };
}
