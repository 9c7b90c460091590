import type { Shared } from "../../answer/budget";
import type { Grant } from "../../answer/grant";
import { any, no, unknown, type Verdict } from "../../answer/verdict";
import { actionsMatching } from "../../aws/actions";
import { type Approximation, upper } from "../../evaluation/approximation";
import { askAboutPower } from "../../evaluation/both-sides";
import { type CompiledCondition, type CompiledStatement, compile } from "../../evaluation/compiled-statement";
import { findAny } from "../../evaluation/find-any";
import type { FoundRequests } from "../../evaluation/found-requests";
import { circumstancesIn, layersOfStatements, type PlacedStatement } from "../../evaluation/policy-layers";
import { forOneQuestion, type Search, searchScenarios } from "../../evaluation/search";
import type { Document, TrustedPrincipal } from "../../language/document";
import { Mentioned, mentionsOf } from "../../language/mentions";
import { parseOperator } from "../../language/operator";
import { anyRun, literal, type Pattern, textPattern } from "../../language/pattern";
import { isRead, type Policy } from "../../language/policy";
import { parseTemplate, type Template } from "../../language/template";
import { accountsBeside, mostPatterns, someAccount } from "../../requests/accounts";
import { partitionsOf } from "../../requests/partitions";
import type { Scenario } from "../../requests/request";
import type { Domain } from "../../solver/domain";
import { comparesText, likeTest, type Test } from "../../solver/test";
import { scenarioOfCertificate, scenarioOfToken, scenariosOfAccount } from "./outside-scenarios";
import { arnsOfOutside, meansAll, meansSome, type Outside, shareOfOutside } from "./principal-element";

/**
 * Whether a value that a trust policy compares a key with says by name who is meant.
 *
 * @param parts the value cut at its wildcards: a single part is a text without any
 */
export type PrincipalFilter = (parts: readonly string[]) => boolean;

/** Somebody whom a trust policy does not mean: it fulfils no value that names who is meant, and is free in all else. */
export interface Outsider {
  /**
   * `account`: any user or role of that account. `anyAccountBut`: of some account that is none of these. `issuer`: whoever holds a
   * token of that issuer, written as trust policies write it, such as `token.actions.githubusercontent.com`. `certificate`: whoever
   * holds a certificate that IAM Roles Anywhere accepts in the role's account.
   */
  readonly from: Outside | { readonly anyAccountBut: readonly string[] };
  /** By condition key in lower case: which of its values name somebody. Keys left out name nobody. */
  readonly naming: Readonly<Record<string, PrincipalFilter>>;
  /** Keys of `naming` that every request of such a caller has. */
  readonly always?: readonly string[];
  /** Keys that no request of such a caller has. */
  readonly never?: readonly string[];
  /** By condition key: the one value that it has. */
  readonly known?: Readonly<Record<string, readonly string[]>>;
  /** Whether only requests without MFA are asked about. */
  readonly withoutMfa?: boolean;
}

/**
 * Whether a role's trust policy lets an outsider assume the role; nothing but the trust policy is asked. A yes that holds in one
 * network only carries the qualifier `network`. "AWS JSON policy elements: Principal", "IAM and AWS STS condition context keys",
 * Available keys for AWS OIDC federation (IAM User Guide).
 */
export function mayAssumeFromOutside(trust: Policy, outsider: Outsider, options: Shared = {}): Verdict<Grant> {
  const action = "issuer" in outsider.from ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole";
  return mayCallFromOutside(trust, outsider, (search) => findAny(actionsMatching(action), search), options);
}

/** Whether a policy of a resource lets an outsider make a request that the search finds; nothing but that policy is asked. */
export function mayCallFromOutside(
  trust: Policy,
  outsider: Outsider,
  find: (search: Search) => FoundRequests | undefined,
  options: Shared,
): Verdict<Grant> {
  const { from } = outsider;
  if (!("anyAccountBut" in from)) return ask(trust, { ...outsider, from }, find, options);
  const patterns = accountPatternsIn(trust);
  const taken = new Set([...from.anyAccountBut, someAccount]);
  const accounts = accountsBeside(taken, patterns.slice(0, mostPatterns));
  const verdict = any(accounts.map((account) => ask(trust, { ...outsider, from: { account } }, find, options)));
  if (verdict.answer !== "no" || patterns.length <= mostPatterns) return verdict;
  return unknown("the policy has more patterns of accounts than are told apart");
}

/** Account ids with wildcards, wherever the trust policy says whose they are. */
function accountPatternsIn(trust: Policy): readonly string[] {
  if (!isRead(trust)) return [];
  const entries = trust.document.statements.flatMap(({ principal }) => principal?.entries ?? []);
  const named = entries.flatMap(({ value }) => value.split(":")[4] ?? []).filter((account) => /[*?]/.test(account));
  return [...new Set([...named, ...new Mentioned([trust.document]).accountPatterns])];
}

function ask(
  trust: Policy,
  outsider: Asked,
  find: (search: Search) => FoundRequests | undefined,
  options: Shared,
): Verdict<Grant> {
  const { from } = outsider;
  // No Allow means any of them, whatever its open parts come to be.
  if (rulesFor(trust, from, upper).allows.length === 0) return no;
  const scenarios = scenariosOf(trust, outsider, options);
  const principal = { kind: "user", identity: [trust] } as const;
  return askAboutPower(principal, (approximation) => {
    const documents = isRead(trust) ? [trust.document] : [];
    const { allows, denies } = rulesFor(trust, from, approximation);
    const layers = layersOfStatements(allows, denies, documents);
    const prepared = { scenarios, circumstances: circumstancesIn(layers) };
    return searchScenarios(principal, approximation, find, { layers, ...forOneQuestion(options), prepared });
  });
}

function rulesFor(trust: Policy, from: Outside, approximation: Approximation) {
  if (!isRead(trust))
    return { allows: approximation.unread === "allows-everything" ? ("everything" as const) : [], denies: [] };
  const placed: readonly PlacedStatement[] = compile(trust.document, approximation).map((rule) => ({
    rule,
    origin: trust.origin,
  }));
  const shareOf = (entry: TrustedPrincipal) => shareOfOutside(entry, from);
  return {
    allows: placed.flatMap((each) => {
      const { effect, statement } = each.rule;
      if (effect !== "Allow" || !meansSome(statement.principal, shareOf, approximation.allows === "more")) return [];
      const arns = arnsOfOutside(statement.principal, from);
      return arns === "all" || approximation.allows === "more"
        ? [each]
        : [{ ...each, rule: forCallers(each.rule, arns) }];
    }),
    denies: placed.filter(
      ({ rule: { effect, statement } }) =>
        effect === "Deny" && meansAll(statement.principal, shareOf, approximation.unknownDenies === "more"),
    ),
  };
}

/** The same rule for callers with such an ARN. */
function forCallers(rule: CompiledStatement, arns: readonly Pattern[]): CompiledStatement {
  const test = { ...likeTest(arns), key: "aws:principalarn" };
  const { operator, patterns } = test;
  const compiledCondition: CompiledCondition = {
    key: test.key,
    operator,
    values: [],
    templates: [],
    variables: [],
    patterns,
    test,
  };
  return {
    ...rule,
    compiledConditions: [...rule.compiledConditions, compiledCondition],
    keys: [...rule.keys, compiledCondition.key],
  };
}

/** An outsider in one account, where it is in any. */
type Asked = Outsider & { readonly from: Outside };

function scenariosOf(trust: Policy, outsider: Asked, { now }: Shared): readonly Scenario[] {
  const { from, naming, always = [], never = [], known = {}, withoutMfa = false } = outsider;
  const keys = isRead(trust) ? mentionsOf(trust.document).keys : [];
  const named = new Map<string, Domain>([
    ...Object.entries(naming).map(([key, names]) => [key, domainFor(trust, key, names, { always, known })] as const),
    ...never.map((key) => [key, neverThere] as const),
    ...Object.entries(known).map(([key, value]) => [key, { ...neverThere, absent: false, values: [value] }] as const),
  ]);
  return partitionsIn(trust).flatMap((partition) => {
    const facts = { named, keys, now: now?.getTime(), partition, withoutMfa };
    if ("issuer" in from) return [scenarioOfToken(from.issuer.toLowerCase(), facts)];
    if ("certificate" in from) return [scenarioOfCertificate(facts)];
    return scenariosOfAccount(from.account, facts);
  });
}

/** The partitions that the role can be in, and so whoever assumes it: of those that its trust policy names, and `aws`. */
function partitionsIn(trust: Policy): readonly string[] {
  if (!isRead(trust)) return ["aws"];
  const principals = trust.document.statements.flatMap(({ principal }) => principal?.entries ?? []);
  const arns = principals.map(({ value }) => value).filter((value) => value.startsWith("arn:"));
  return partitionsOf(undefined, new Mentioned([trust.document]), arns);
}

const neverThere: Domain = { absent: true, values: [], multivalued: false };

/** Claims that every token carries ("OpenID Connect Core 1.0", ID Token). */
function isInEveryToken(key: string): boolean {
  return key.endsWith(":sub") || key.endsWith(":aud");
}

/** The values of a key that an outsider can have: none that names who is meant. */
function domainFor(
  trust: Policy,
  key: string,
  names: PrincipalFilter,
  { always = [], known = {} }: Pick<Outsider, "always" | "known">,
): Domain {
  // What is the role's own is no outsider's.
  const named = [
    ...(isRead(trust) ? namedIn(trust.document, key, names) : []),
    ...Object.values(known).flat().map(literal),
  ];
  const absent = !isInEveryToken(key) && !always.includes(key);
  const numbers = isRead(trust) ? numbersIn(trust.document, key) : [];
  if (numbers.length > 0) {
    const others = ["1", "999999999999998", "999999999999999"].filter((number) => !numbers.includes(number));
    return { absent, values: others.map((number) => [number]), multivalued: false };
  }
  const unnamed: Test = { ...likeTest([...named, withStar], true), key };
  return { absent, values: "any", multivalued: key.endsWith("paths"), always: [unnamed] };
}

/** Numbers that a condition compares the key with as such: each of them is somebody's. */
function numbersIn({ statements }: Document, key: string): readonly string[] {
  return statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ key: compared, operator, values }) =>
      compared === key && parseOperator(operator)?.family === "numeric" ? values : [],
    ),
  );
}

/** No name holds a star: one in a condition was meant as a wildcard, and under StringEquals nobody fulfils it. */
const withStar: Pattern = { tokens: [anyRun, "*".charCodeAt(0), anyRun], ignoreCase: false };

/** What an Allow compares the key with, and what a Deny spares: both say who is meant. */
function namedIn({ statements, variables }: Document, key: string, names: PrincipalFilter): readonly Pattern[] {
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
