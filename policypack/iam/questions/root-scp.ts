import { Budget, type Shared } from "../answer/budget";
import type { StatementRef, Witness } from "../answer/grant";
import { no, unknown, type Verdict, yes } from "../answer/verdict";
import { actionsMatchingAny, allActions } from "../aws/actions";
import { type Approximation, lowerProtection, upper } from "../evaluation/approximation";
import { fromBothSides, orUnknown } from "../evaluation/both-sides";
import { compile, gapsOf } from "../evaluation/compiled-statement";
import { findAny } from "../evaluation/find-any";
import { circumstancesIn, layersOfStatements, type PlacedStatement } from "../evaluation/policy-layers";
import { questionBudget } from "../evaluation/search";
import type { Condition, Document, Statement } from "../language/document";
import { Mentioned } from "../language/mentions";
import { parseOperator } from "../language/operator";
import { isRead, type Policy } from "../language/policy";
import { accountsBeside, accountsOf, mostPatterns } from "../requests/accounts";
import type { Scenario } from "../requests/request";
import { exactly, rootScenario } from "../requests/scenario";
import type { Domain } from "../solver/domain";
import { principalArn } from "./root-keys";
import { type RootGap, RootQuestion } from "./root-question";

export type { RootGap, RootMistake } from "./root-question";

export interface RootStatementVerdict {
  readonly statement: StatementRef;
  /** Yes: root escapes what the statement lists. No: the statement, or others of the same policy, bind it for all of that. */
  readonly escapes: Verdict<RootGap>;
  /** Condition keys that limit what the statement means to bind, such as `aws:sourceip`: it is none the worse for them. */
  readonly narrowedBy: readonly string[];
}

export interface RootOptions extends Shared {
  /** The policy's name in the statements that the answer refers to. */
  readonly origin: string;
  /** Of the organization; `aws` by default. */
  readonly partition?: string;
  /** Other service control policies on the same accounts, whose Denies may close what a statement leaves open. */
  readonly beside?: readonly Policy[];
  /** Who is to be held: the root user signed in `itself`, which is the default, or a session of sts:AssumeRoot. */
  readonly as?: "itself" | "AssumeRoot";
}

/**
 * For every statement of a service control policy that is about the root user, a Deny that means it or an Allow that leaves it
 * out: whether it binds the root users of member accounts for the actions and resources that it lists. A guard that means to be
 * narrow (fewer actions, one bucket, one network, one account, not for sts:AssumeRoot sessions) is none the worse for it, unless it
 * is those sessions that are asked about.
 * "Service control policies (SCPs)" (AWS Organizations User Guide), "AWS account root user" and "Centrally manage root access
 * for member accounts" (IAM User Guide).
 */
export function rootHold(document: Document, options: RootOptions): readonly RootStatementVerdict[] {
  return document.statements.filter(isAboutRoot).map((statement) => ({
    statement: { origin: options.origin, path: statement.path },
    escapes: escapesFrom(statement, document, options),
    narrowedBy: [...new Set(statement.conditions.map(({ key }) => key).filter((key) => key !== principalArn))],
  }));
}

/**
 * Whether the root user of some account, signed in itself, may do anything under the policies of one level, beside what their
 * Denies spare on purpose by NotAction. Without an Allow among them, AWS's own FullAWSAccess is taken for attached.
 */
export function rootMay(
  policies: readonly Policy[],
  options: Omit<RootOptions, "origin" | "beside"> = {},
): Verdict<Witness> {
  const { partition = "aws", as = "itself", budget, now } = options;
  const read = policies.filter(isRead);
  const documents = read.map(({ document }) => document);
  const accounts = accountsOf({}, new Mentioned(documents));
  const outside = sparedBy(read, options).reduce((set, spared) => set.andNot(spared), allActions());
  const ask = (approximation: Approximation): Witness | undefined => {
    const placed = read.flatMap(({ document, origin }) =>
      compile(document, approximation).map((rule): PlacedStatement => ({ rule, origin })),
    );
    const allows = placed.filter(({ rule }) => rule.effect === "Allow");
    const isAllowList = documents.some(({ statements }) => statements.some(({ effect }) => effect !== "Deny"));
    const layers = layersOfStatements(
      isAllowList ? allows : "everything",
      placed.filter(({ rule }) => rule.effect === "Deny"),
      documents,
    );
    for (const account of accounts.all) {
      const scenario = withOrganization(rootScenario(partition, account, as, { now }), documents);
      const search = {
        layers,
        scenario,
        freed: new Set(circumstancesIn(layers)),
        budget: new Budget(questionBudget, budget),
        approximation,
      };
      const found = findAny(outside, search)?.witnesses[0];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const reasons = () => [
    ...policies.flatMap((policy) => gapsOfPolicy(policy)),
    ...(accounts.isCut ? ["the policies tell more accounts apart than were tried"] : []),
  ];
  return orUnknown(() =>
    fromBothSides(policies.every(isRead) ? found(ask(lowerProtection)) : no, reasons, () => found(ask(upper))),
  );
}

function found<T>(gap: T | undefined): Verdict<T> {
  return gap === undefined ? no : yes(gap);
}

/** The actions that Denies about the root user, or about everybody, leave out on purpose. */
function sparedBy(
  policies: readonly (Policy & { readonly document: Document })[],
  options: Omit<RootOptions, "origin">,
) {
  return policies.flatMap(({ document, origin }) =>
    document.statements.flatMap((statement) => {
      const { effect, action, conditions } = statement;
      if (effect !== "Deny" || !action.inverted || action.open) return [];
      const isBinding =
        isAboutRoot(statement) && escapesFrom(statement, document, { ...options, origin }).answer === "no";
      return isBinding || conditions.length === 0 ? [actionsMatchingAny(action.values)] : [];
    }),
  );
}

/** A Deny on a condition that means the root user, or an Allow on one that leaves it out. */
function isAboutRoot({ effect, conditions }: Statement): boolean {
  return conditions.some((condition) => meansRoot(condition) && isNegated(condition) === (effect === "Allow"));
}

/** Values by which people mean the root user, rightly or not. */
const rootNames: Readonly<Record<string, RegExp>> = {
  [principalArn]: /:root\b/i,
  "aws:principaltype": /^(?:root|account)$/i,
  "aws:username": /^<?root/i,
  "aws:userid": /^(?:[0-9]{12}|root|\$\{aws:PrincipalAccount\})$/i,
};

function meansRoot({ key, values }: Condition): boolean {
  const names = rootNames[key];
  return names !== undefined && values.some((value) => names.test(value));
}

function isNegated({ operator }: Condition): boolean {
  return parseOperator(operator)?.negated ?? false;
}

function escapesFrom(statement: Statement, document: Document, options: RootOptions): Verdict<RootGap> {
  const reasons = (): readonly string[] => {
    const { open, notUnderstood } = gapsOf(document);
    return [...open.map((path) => `${path} is not known yet`), ...notUnderstood, ...gapsBeside(options)];
  };
  const isBound = () => compile(document, upper).some((rule) => rule.statement === statement);
  return orUnknown(() =>
    fromBothSides(found(gapIn(statement, document, options, lowerProtection)), reasons, () =>
      isBound() ? found(gapIn(statement, document, options, upper)) : unknown(...reasons()),
    ),
  );
}

/** What is not known of the policies beside. */
function gapsBeside({ beside = [] }: RootOptions): readonly string[] {
  return beside.flatMap(gapsOfPolicy);
}

function gapsOfPolicy(policy: Policy): readonly string[] {
  if (!isRead(policy)) return [`${policy.origin} is not known yet`];
  const { open, notUnderstood } = gapsOf(policy.document);
  return [...open.map((path) => `${path} of ${policy.origin} is not known yet`), ...notUnderstood];
}

/** The first way in which root escapes; undefined when there is none. */
function gapIn(
  statement: Statement,
  document: Document,
  { origin, partition = "aws", beside = [], as = "itself", budget, now }: RootOptions,
  approximation: Approximation,
): RootGap | undefined {
  // What is not read may deny everything.
  if (approximation.unread === "denies-everything" && !beside.every(isRead)) return undefined;
  const read = [{ origin, document }, ...beside.filter(isRead)];
  const documents = read.map((policy) => policy.document);
  const placed = read.flatMap((policy) =>
    compile(policy.document, approximation).map((rule): PlacedStatement => ({ rule, origin: policy.origin })),
  );
  const asked = placed.find(({ rule }) => rule.statement === statement);
  if (asked === undefined) return undefined;
  const denies = placed.filter((each) => each !== asked && each.rule.effect === "Deny");
  const shared = new Budget(questionBudget, budget);
  // A statement about one account binds what it means to bind when it binds the root user there.
  const gaps = accountsIn(statement, document).map((account) => {
    const scenarioIn = (where: string) =>
      withOrganization(rootScenario(where, account, as, { now }), [
        { ...document, statements: [statement] },
        ...documents,
      ]);
    return new RootQuestion(asked, denies, scenarioIn, { partition, as, documents, budget: shared }).gap();
  });
  return gaps.includes(undefined) ? undefined : gaps[0];
}

/** The accounts that the statement can be about: those that it names, and others that the policy tells apart. */
function accountsIn({ conditions }: Statement, document: Document): readonly string[] {
  const valuesOn = (...keys: readonly string[]) =>
    conditions.filter((each) => keys.includes(each.key) && !isNegated(each)).flatMap(({ values }) => values);
  const ofRoot = valuesOn(principalArn).filter((value) => /:root\b/i.test(value));
  const inArns = ofRoot.map((value) => /(?<![0-9])[0-9]{12}(?![0-9])/.exec(value)?.[0]);
  const named = [
    ...(inArns.includes(undefined) ? [] : inArns),
    ...valuesOn("aws:principalaccount", "aws:userid", "aws:resourceaccount").filter((value) =>
      /^[0-9]{12}$/.test(value),
    ),
  ];
  const spokenOf = new Mentioned([document]);
  const others = accountsBeside(new Set(spokenOf.accounts.keys()), spokenOf.accountPatterns.slice(0, mostPatterns));
  return [...new Set([...others, ...named.flatMap((account) => account ?? [])])];
}

/** In an organization's accounts every request carries its id: the one that the policies name, for they are about their own. */
function withOrganization(scenario: Scenario, documents: readonly Document[]): Scenario {
  const conditions = documents.flatMap(({ statements }) => statements.flatMap((statement) => statement.conditions));
  const named = conditions.flatMap(({ key, values }) => (key === "aws:principalorgid" ? values : []));
  const id = named.find((value) => /^o-[a-z0-9]{10,32}$/.test(value)) ?? "o-a1b2c3d4e5";
  const paths: Domain = { absent: false, values: "any", multivalued: true };
  const settled = new Map([
    ...scenario.settled,
    ["aws:principalorgid", exactly(id)] as const,
    ["aws:principalorgpaths", paths] as const,
  ]);
  return { ...scenario, settled };
}
