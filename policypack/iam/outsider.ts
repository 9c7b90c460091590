import { actionsMatching } from "./actions";
import { Budget, type Shared } from "./budget";
import type { Completion } from "./completion";
import { comparesText, type Test } from "./condition";
import type { Document, PrincipalElement, TrustedPrincipal } from "./document";
import { circumstancesIn, layersOfRules, type PlacedRule } from "./layers";
import { parseOperator } from "./operator";
import { anyRun, type Pattern, textPattern } from "./pattern";
import { type Grant, isRead, type Policy } from "./principal";
import { askAboutPower, questionBudget, searchScenarios } from "./question";
import { arnGlob, likeTest } from "./resource";
import { rulesOf } from "./rule";
import { type Scenario, scenarioOfAccount, scenarioOfToken } from "./scenario";
import { parseTemplate, type Template } from "./template";
import { findAny } from "./universe";
import type { Domain } from "./values";
import { type Verdict, yes } from "./verdict";

/**
 * Whether a value that a trust policy compares a key with says by name who is meant.
 *
 * @param parts the value cut at its wildcards: a single part is a text without any
 */
export type Naming = (parts: readonly string[]) => boolean;

/** Somebody whom a trust policy does not mean: it fulfils no value that names who is meant, and is free in all else. */
export interface Outsider {
  /**
   * `account`: any user or role of that account. `token`: whoever holds a token of that issuer, written as trust policies
   * write it, such as `token.actions.githubusercontent.com`.
   */
  readonly from: { readonly account: string } | { readonly issuer: string };
  /** By condition key in lower case: which of its values name somebody. Keys left out name nobody. */
  readonly naming: Readonly<Record<string, Naming>>;
}

/**
 * Whether a role's trust policy lets an outsider assume the role; nothing but the trust policy is asked. A yes that holds in one
 * network only carries the qualifier `network`. "AWS JSON policy elements: Principal", "IAM and AWS STS condition context keys",
 * Available keys for AWS OIDC federation (IAM User Guide).
 */
export function mayEnter(trust: Policy, outsider: Outsider, options: Shared = {}): Verdict<Grant> {
  const { from } = outsider;
  const action = "account" in from ? "sts:AssumeRole" : "sts:AssumeRoleWithWebIdentity";
  const principal = { kind: "user", identity: [trust] } as const;
  const scenario = scenarioOf(trust, outsider);
  return askAboutPower(principal, (completion) => {
    const documents = isRead(trust) ? [trust.document] : [];
    const { allows, denies } = rulesFor(trust, from, completion);
    const layers = layersOfRules(allows, denies, documents);
    const verdict = searchScenarios(principal, completion, (search) => findAny(actionsMatching(action), search), {
      layers,
      budget: new Budget(questionBudget, options.budget),
      prepared: { scenarios: [scenario], circumstances: circumstancesIn(layers) },
    });
    if (verdict.answer !== "yes") return verdict;
    return yes({ ...verdict.because.found, qualifiers: verdict.because.qualifiers, unless: [] });
  });
}

function rulesFor(trust: Policy, from: Outsider["from"], completion: Completion) {
  if (!isRead(trust))
    return { allows: completion.unread === "allows-everything" ? ("everything" as const) : [], denies: [] };
  const placed: readonly PlacedRule[] = rulesOf(trust.document, completion).map((rule) => ({
    rule,
    origin: trust.origin,
  }));
  return {
    allows: placed.filter(
      ({ rule: { effect, statement } }) =>
        effect === "Allow" && isLetIn(statement.principal, from, completion.allows === "more"),
    ),
    denies: placed.filter(
      ({ rule: { effect, statement } }) =>
        effect === "Deny" && isKeptOut(statement.principal, from, completion.openDenies === "more"),
    ),
  };
}

/** Whether the element means some of those outside. */
function isLetIn(element: PrincipalElement | undefined, from: Outsider["from"], more: boolean): boolean {
  if (element === undefined) return more;
  if (element.open && more) return true;
  if (element.inverted) return !element.open && !element.entries.some((entry) => includes(entry, from) === "all");
  return element.entries.some((entry) => includes(entry, from) !== "none");
}

/** Whether it means all of them, so that a Deny leaves none a way in. */
function isKeptOut(element: PrincipalElement | undefined, from: Outsider["from"], more: boolean): boolean {
  if (element === undefined) return more;
  if (element.open && element.inverted !== more) return more;
  if (element.inverted) return element.entries.every((entry) => includes(entry, from) === "none");
  return element.entries.some((entry) => includes(entry, from) === "all");
}

/** How many of those outside an entry means. */
function includes({ type, value }: TrustedPrincipal, from: Outsider["from"]): "all" | "some" | "none" {
  if (value === "*" && (type === "*" || type === "AWS")) return "all";
  if ("issuer" in from) {
    if (type !== "Federated") return "none";
    return value === "*" || issuerOf(value) === from.issuer.toLowerCase() ? "all" : "none";
  }
  if (type !== "AWS") return "none";
  const [prefix, , , , account, ...entity] = value.split(":");
  if (value === from.account || (prefix === "arn" && account === from.account && entity.join(":") === "root"))
    return "all";
  return prefix === "arn" && account === from.account ? "some" : "none";
}

/**
 * The issuer that an entry of Principal.Federated means, in lower case: what follows `oidc-provider/` in an ARN, or the name of
 * a provider that is built in, such as `accounts.google.com`. Undefined for a SAML provider.
 */
export function issuerOf(federated: string): string | undefined {
  if (!federated.startsWith("arn:")) return federated.toLowerCase();
  const [, issuer] = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(federated) ?? [];
  return issuer?.toLowerCase();
}

function scenarioOf(trust: Policy, { from, naming }: Outsider): Scenario {
  const keys = isRead(trust)
    ? trust.document.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key))
    : [];
  const named = new Map(Object.entries(naming).map(([key, names]) => [key, domainFor(trust, key, names)]));
  if ("issuer" in from) return scenarioOfToken(from.issuer.toLowerCase(), named, keys);
  const principalArn = { ...likeTest([arnGlob(`arn:*:iam::${from.account}:*`)]), key: "aws:principalarn" };
  return scenarioOfAccount(from.account, named, principalArn);
}

/** Claims that every token carries ("OpenID Connect Core 1.0", ID Token). */
function isInEveryToken(key: string): boolean {
  return key.endsWith(":sub") || key.endsWith(":aud");
}

/** The values of a key that an outsider can have: none that names who is meant. */
function domainFor(trust: Policy, key: string, names: Naming): Domain {
  const named = isRead(trust) ? namedIn(trust.document, key, names) : [];
  const always: Test = { ...likeTest([...named, withStar], true), key };
  return { absent: !isInEveryToken(key), values: "any", multivalued: key.endsWith("paths"), always: [always] };
}

/** No name holds a star: one in a condition was meant as a wildcard, and under StringEquals nobody fulfils it. */
const withStar: Pattern = { tokens: [anyRun, "*".charCodeAt(0), anyRun], ignoreCase: false };

/** What an Allow compares the key with, and what a Deny spares: both say who is meant. */
function namedIn({ statements, variables }: Document, key: string, names: Naming): readonly Pattern[] {
  return statements.flatMap(({ effect, conditions }) =>
    conditions.flatMap(({ key: compared, operator: written, values }) => {
      const operator = parseOperator(written);
      if (compared !== key || operator === undefined || !comparesText({ operator })) return [];
      if (operator.negated !== (effect === "Deny")) return [];
      const wildcards = operator.match === "wildcard";
      return values.flatMap((value) => {
        const template = parseTemplate(value, { variables, wildcards });
        return names(literalsOf(template)) ? [textPattern(template, operator.match === "ignore-case")] : [];
      });
    }),
  );
}

/** The texts between the wildcards and variables. */
function literalsOf(template: Template): readonly string[] {
  const parts = [""];
  for (const part of template) {
    if (part.kind === "text") parts.push(`${parts.pop() ?? ""}${part.text}`);
    else parts.push("");
  }
  return parts;
}
