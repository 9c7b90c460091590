import { actionsMatching } from "./actions";
import { Budget, BudgetSpent, type Shared } from "./budget";
import { type Completion, lowerProtection, upper } from "./completion";
import type { Condition, Document, Statement } from "./document";
import { someAccount } from "./identity";
import { circumstancesIn, type Layers, layersOfRules, type PlacedRule } from "./layers";
import { type Operator, parseOperator } from "./operator";
import { partitions } from "./partitions";
import { textPattern } from "./pattern";
import { isRead, type Policy, type StatementRef, type Witness } from "./principal";
import { questionBudget, type Search } from "./question";
import { actionsWithoutResource } from "./resource";
import { type Atom, gapsOf, type Rule, rulesOf } from "./rule";
import { rootScenario, type Scenario } from "./scenario";
import { parseTemplate } from "./template";
import { findAny, noActions } from "./universe";
import { Undecided } from "./values";
import { no, unknown, type Verdict, yes } from "./verdict";

/** How a statement misses the root user that it means. */
export type RootMistake =
  /** An operator that takes no wildcards, given some. */
  | "operator"
  /** An ARN that is not the root user's. */
  | "arn"
  /** The root user of another partition. */
  | "partition"
  /** Bound in some regions only. */
  | "region"
  /** A Resource that leaves out the actions that take no resource. */
  | "resource"
  /** Conditions that no request fulfils. */
  | "condition"
  /** Sessions of sts:AssumeRoot are spared; only where they are asked about. */
  | "session";

export interface RootGap {
  readonly mistake: RootMistake;
  readonly reason: string;
  readonly fix: string;
  /** What the root user may do though the statement lists it. */
  readonly witness: Witness;
}

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

const principalArn = "aws:principalarn";

/**
 * For every Deny of a service control policy that is conditioned on the root user: whether it binds the root users of member
 * accounts for the actions and resources that it lists. A guard that means to be narrow (fewer actions, one bucket, one
 * network, one account, not for sts:AssumeRoot sessions) is none the worse for it, unless it is those sessions that are asked
 * about.
 * "Service control policies (SCPs)" (AWS Organizations User Guide), "AWS account root user" and "Centrally manage root access
 * for member accounts" (IAM User Guide).
 */
export function rootHold(document: Document, options: RootOptions): readonly RootStatementVerdict[] {
  return document.statements.filter(meansRoot).map((statement) => ({
    statement: { origin: options.origin, path: statement.path },
    escapes: escapesFrom(statement, document, options),
    narrowedBy: [...new Set(statement.conditions.map(({ key }) => key).filter((key) => key !== principalArn))],
  }));
}

function meansRoot({ effect, conditions }: Statement): boolean {
  return effect !== "Allow" && conditions.some((condition) => isAboutRoot(condition) && !isNegated(condition));
}

function isAboutRoot({ key, values }: Condition): boolean {
  return key === principalArn && values.some((value) => /:root\b/i.test(value));
}

function isNegated({ operator }: Condition): boolean {
  return parseOperator(operator)?.negated ?? false;
}

function escapesFrom(statement: Statement, document: Document, options: RootOptions): Verdict<RootGap> {
  try {
    const gap = gapIn(statement, document, options, lowerProtection);
    if (gap !== undefined) return yes(gap);
    const { open, strange } = gapsOf(document);
    const beside = gapsBeside(options);
    const reasons = [...open.map((path) => `${path} is not known yet`), ...strange, ...beside];
    if (reasons.length === 0) return no;
    const isBound = rulesOf(document, upper).some((rule) => rule.statement === statement);
    return isBound && gapIn(statement, document, options, upper) === undefined ? no : unknown(...reasons);
  } catch (error) {
    if (error instanceof Undecided || error instanceof BudgetSpent) return unknown(error.message);
    throw error;
  }
}

/** What is not known of the policies beside. */
function gapsBeside({ beside = [] }: RootOptions): readonly string[] {
  return beside.flatMap((policy) => {
    if (!isRead(policy)) return [`${policy.origin} is not known yet`];
    const { open, strange } = gapsOf(policy.document);
    return [...open.map((path) => `${path} of ${policy.origin} is not known yet`), ...strange];
  });
}

/** The first way in which root escapes; undefined when there is none. */
function gapIn(
  statement: Statement,
  document: Document,
  { origin, partition = "aws", beside = [], as = "itself", budget }: RootOptions,
  completion: Completion,
): RootGap | undefined {
  // What is not read may deny everything.
  if (completion.unread === "denies-everything" && !beside.every(isRead)) return undefined;
  const read = [{ origin, document }, ...beside.filter(isRead)];
  const denies = read.flatMap((policy) =>
    rulesOf(policy.document, completion)
      .filter(({ effect }) => effect === "Deny")
      .map((rule): PlacedRule => ({ rule, origin: policy.origin })),
  );
  const placed = denies.find(({ rule }) => rule.statement === statement);
  if (placed === undefined) return undefined;
  const question = new RootQuestion(
    placed.rule,
    denies.filter((each) => each !== placed),
    origin,
    rootScenario(partition, accountIn(statement), as),
    as,
    read.map((policy) => policy.document),
    new Budget(questionBudget, budget),
  );
  return question.missedPrincipal() ?? question.neverHolds() ?? question.otherRegion() ?? question.missedResource();
}

/** The account that the statement is about: one that it names, unless it is about all. */
function accountIn({ conditions }: Statement): string {
  const values = conditions.filter(isAboutRoot).flatMap((condition) => condition.values);
  const named = values.map((value) => /\b[0-9]{12}\b/.exec(value)?.[0]);
  return named.every((account) => account !== undefined) ? (named[0] ?? someAccount) : someAccount;
}

/** One Deny, asked in turn for each of the usual mistakes. Conditions that are not in question are taken as fulfilled. */
class RootQuestion {
  constructor(
    private readonly rule: Rule,
    private readonly others: readonly PlacedRule[],
    private readonly origin: string,
    private readonly scenario: Scenario,
    private readonly as: "itself" | "AssumeRoot",
    private readonly documents: readonly Document[],
    private readonly budget: Budget,
  ) {}

  missedPrincipal(): RootGap | undefined {
    const rule = { ...this.rule, resource: undefined, atoms: this.atomsOn(principalArn) };
    const witness = this.escape(rule, this.scenario);
    if (witness === undefined) return undefined;
    const isBoundIn = (partition: string) =>
      this.escape(rule, rootScenario(partition, this.scenario.account, this.as)) === undefined;
    const named = rule.atoms.flatMap(({ values }) => values.filter((value) => /:root\b/i.test(value))).join(" and ");
    if (partitions.some(({ name }) => name !== this.scenario.partition && isBoundIn(name)))
      return gapOf("partition", `${named} is of another partition than ${this.scenario.partition}`, witness);
    const wildcards = { ...rule, atoms: rule.atoms.map(withWildcards) };
    const plain = rule.atoms.find(({ operator }) => operator.match !== "wildcard");
    if (plain !== undefined && this.escape(wildcards, this.scenario) === undefined) {
      const { operator, values } = plain;
      const reason = `${operator.canonical} takes no wildcards, so ${values.join(" and ")} matches no principal`;
      return gapOf("operator", reason, witness);
    }
    return gapOf("arn", `${named} is not the ARN of a root user`, witness);
  }

  neverHolds(): RootGap | undefined {
    if (this.isFulfilled(this.rule)) return undefined;
    const witness = this.escape(this.rule, this.scenario);
    if (witness === undefined) return undefined;
    const elsewhere = { ...this.rule, atoms: this.rule.atoms.filter(({ key }) => key !== "aws:assumedroot") };
    return this.as === "AssumeRoot" && this.isFulfilled(elsewhere)
      ? gapOf("session", "it spares sessions of sts:AssumeRoot", witness)
      : gapOf("condition", "no request fulfils all of its conditions", witness);
  }

  /** Whether some request fulfils the rule; one without actions asks for nothing. */
  private isFulfilled(rule: Rule): boolean {
    const allows = [{ rule: { ...rule, effect: "Allow" as const }, origin: this.origin }];
    const search = this.search(layersOfRules(allows, [], this.documents), this.scenario);
    return rule.actions.isEmpty() || findAny(rule.actions, search) !== undefined;
  }

  otherRegion(): RootGap | undefined {
    const regional = this.atomsOn("aws:requestedregion").filter(({ operator }) => !operator.negated);
    const witness = this.escape({ ...this.rule, resource: undefined, atoms: regional }, this.scenario);
    const regions = regional.flatMap(({ values }) => values).join(" and ");
    return witness && gapOf("region", `it holds only where aws:RequestedRegion is ${regions}`, witness);
  }

  missedResource(): RootGap | undefined {
    const { resource } = this.rule.statement;
    if (this.rule.resource === undefined || resource.inverted) return undefined;
    const services = resource.values.flatMap(boundlessService).map((service) => actionsMatching(`${service}:*`));
    const without = services.reduce((set, actions) => set.or(actions), noActions()).and(actionsWithoutResource());
    const witness = this.escape({ ...this.rule, actions: this.rule.actions.and(without), atoms: [] }, this.scenario);
    return witness && gapOf("resource", "its Resource leaves out actions that take no resource", witness);
  }

  private atomsOn(key: string): readonly Atom[] {
    return this.rule.atoms.filter((atom) => atom.key === key);
  }

  /** A request that the rule lists and nothing denies. */
  private escape(rule: Rule, scenario: Scenario): Witness | undefined {
    const denies = [{ rule, origin: this.origin }, ...this.others];
    return findAny(rule.actions, this.search(layersOfRules("everything", denies, this.documents), scenario))
      ?.witnesses[0];
  }

  private search(layers: Layers, scenario: Scenario): Search {
    return {
      layers,
      scenario,
      freed: new Set(circumstancesIn(layers)),
      budget: this.budget,
      completion: lowerProtection,
    };
  }
}

const fixes: Readonly<Record<RootMistake, string>> = {
  operator: "use StringLike or ArnLike",
  arn: 'compare aws:PrincipalArn with "arn:*:iam::*:root" by ArnLike',
  partition: 'write "arn:*:iam::*:root", which holds in every partition',
  region: "remove the condition on aws:RequestedRegion",
  resource: 'write "Resource": "*"',
  condition: "remove the conditions that exclude each other; conditions on one block must all hold",
  session: "remove the condition on aws:AssumedRoot, unless central root access is to go on working",
};

function gapOf(mistake: RootMistake, reason: string, witness: Witness): RootGap {
  return { mistake, reason, fix: fixes[mistake], witness };
}

/** The same condition, if its operator took wildcards. */
function withWildcards(atom: Atom): Atom {
  const patterns = atom.values.map((value) => textPattern(parseTemplate(value, { variables: false, wildcards: true })));
  const operator: Operator = { ...atom.operator, family: "string", match: "wildcard" };
  const test = { key: atom.key, operator, patterns, exactPatterns: patterns, values: atom.values };
  return { ...atom, operator, patterns, test };
}

/** The service of a Resource value that stands for every resource there, wildcards included; none when it bounds the resource. */
function boundlessService(value: string): readonly string[] {
  const [arn, , service = "*", , , resource = "*"] = value.split(":");
  return arn === "arn" && /^\*+$/.test(resource) ? [service] : [];
}
