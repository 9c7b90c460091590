import type { Budget } from "../answer/budget";
import type { Witness } from "../answer/grant";
import { actionsOnSameResources, actionsWithoutResource } from "../aws/action-classes";
import { actionsMatching, arnTemplatesOf, universeSize } from "../aws/actions";
import { Bitset } from "../aws/bitset";
import { documentedKey } from "../aws/condition-key-names";
import { partitions } from "../aws/partitions";
import { lowerProtection } from "../evaluation/approximation";
import type { CompiledCondition, CompiledStatement } from "../evaluation/compiled-statement";
import { findAny, noActions } from "../evaluation/find-any";
import { circumstancesIn, type Layers, layersOfStatements, type PlacedStatement } from "../evaluation/policy-layers";
import type { Search } from "../evaluation/search";
import { arnGlob } from "../language/arn-glob";
import type { Document } from "../language/document";
import type { Operator } from "../language/operator";
import { textPattern } from "../language/pattern";
import { parseTemplate } from "../language/template";
import type { Scenario } from "../requests/request";
import { anyResource } from "../requests/resource-domain";
import { lazily } from "../shared/lazily";
import type { Domain } from "../solver/domain";
import { likeTest } from "../solver/test";
import { isChosen, isNetwork, isOnMfa, outside, principalArn, saysWho } from "./root-keys";

/** How a statement misses the root user that it means. */
export type RootMistake =
  /** An operator that takes no wildcards, given some. */
  | "operator"
  /** An ARN that is not the root user's. */
  | "arn"
  /** The root user of another partition. */
  | "partition"
  /** Another principal key, whose value is not that of a root user. */
  | "principal"
  /** Bound in some regions only. */
  | "region"
  /** Bound by something that whoever makes the request chooses. */
  | "choice"
  /** Bound in some networks only, and free in all others. */
  | "network"
  /** Bound only as long as it has, or has not, MFA. */
  | "mfa"
  /** A Resource that leaves out actions, because they take no resource or another sort of it. */
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
  /** Whether the statement binds some who have no MFA, so that it is only the weaker for it. */
  readonly isPartial?: true;
}

/** What is asked about beside the statement itself. */
export interface RootAsked {
  readonly partition: string;
  readonly as: "itself" | "AssumeRoot";
  readonly documents: readonly Document[];
  readonly budget: Budget;
}

/** One statement, asked in turn for each of the usual mistakes. Conditions that are not in question are taken as fulfilled. */
export class RootQuestion {
  private readonly rule: CompiledStatement;
  private readonly scenario: Scenario;

  constructor(
    private readonly placed: PlacedStatement,
    private readonly others: readonly PlacedStatement[],
    private readonly scenarioIn: (partition: string) => Scenario,
    private readonly asked: RootAsked,
  ) {
    this.rule = placed.rule;
    this.scenario = scenarioIn(asked.partition);
  }

  /** The first way in which root escapes; undefined when there is none. */
  gap(): RootGap | undefined {
    if (this.rule.effect === "Allow") {
      const witness = this.escape(this.rule, this.scenario);
      return witness && this.principalGap(this.rule, witness);
    }
    return (
      this.missedPrincipal() ??
      this.withoutMfa() ??
      this.neverHolds() ??
      this.otherRegion() ??
      this.chosen() ??
      this.elsewhere() ??
      this.missedResource()
    );
  }

  private missedPrincipal(): RootGap | undefined {
    const rule = this.only(saysWho);
    const witness = this.escape(rule, this.scenario);
    return witness && this.principalGap(rule, witness);
  }

  /** Which of the conditions on the caller is wrong, and how. */
  private principalGap(rule: CompiledStatement, witness: Witness): RootGap {
    const onArn = { ...rule, compiledConditions: rule.compiledConditions.filter(({ key }) => key === principalArn) };
    const named = onArn.compiledConditions
      .flatMap(({ values }) => values.filter((value) => /:root\b/i.test(value)))
      .join(" and ");
    if (named === "" || this.escape(onArn, this.scenario) === undefined) return this.keyGap(rule, witness);
    const isBoundIn = (partition: string) => this.escape(onArn, this.scenarioIn(partition)) === undefined;
    if (partitions.some(({ name }) => name !== this.asked.partition && isBoundIn(name)))
      return gapOf("partition", `${named} is of another partition than ${this.asked.partition}`, witness);
    const wildcards = { ...onArn, compiledConditions: onArn.compiledConditions.map(withWildcards) };
    const plain = onArn.compiledConditions.find(({ operator }) => operator.match !== "wildcard");
    if (plain !== undefined && this.escape(wildcards, this.scenario) === undefined) {
      const { operator, values } = plain;
      const reason = `${operator.canonical} takes no wildcards, so ${values.join(" and ")} matches no principal`;
      return gapOf("operator", reason, witness);
    }
    return gapOf("arn", `${named} is not the ARN of a root user`, witness);
  }

  private keyGap(rule: CompiledStatement, witness: Witness): RootGap {
    const isWrong = (compiledCondition: CompiledCondition) =>
      this.escape({ ...rule, compiledConditions: [compiledCondition] }, this.scenario) !== undefined;
    const wrong = rule.compiledConditions.find(isWrong) ?? rule.compiledConditions[0];
    if (wrong === undefined) return gapOf("principal", "it says nothing of the root user", witness);
    const domain = this.scenario.settled.get(wrong.key);
    const value = domain === undefined || domain.values === "any" ? undefined : domain.values[0]?.[0];
    const key = documentedKey(wrong.key);
    const reason =
      value === undefined
        ? `the root user's requests have no ${key}`
        : `${key} of the root user is ${/^[0-9]{12}$/.test(value) ? "its account's number" : value}`;
    return gapOf("principal", reason, witness);
  }

  /** A guard that lets root by with MFA, or in one of the two ways of being without it. */
  private withoutMfa(): RootGap | undefined {
    const rule = this.only(isOnMfa);
    if (rule.compiledConditions.length === 0 || this.asked.as === "AssumeRoot") return undefined;
    const without = (present: Domain) => {
      const settled = new Map([
        ...this.scenario.settled,
        ["aws:multifactorauthpresent", present] as const,
        ["aws:multifactorauthage", never] as const,
      ]);
      return this.escape(rule, { ...this.scenario, settled });
    };
    const byKey = without(never);
    const inSession = without({ absent: false, values: [["false"]], multivalued: false });
    const witness = byKey ?? inSession;
    if (witness === undefined) return undefined;
    const who = byKey === undefined ? "sessions without MFA" : "access keys, whose requests carry no MFA key";
    const isPartial = byKey === undefined || inSession === undefined;
    const gap = gapOf("mfa", isPartial ? `it spares ${who}` : "it spares everybody without MFA", witness);
    return isPartial ? { ...gap, isPartial } : gap;
  }

  private neverHolds(): RootGap | undefined {
    const parts = this.actionsListed();
    for (const actions of parts) {
      const rule = { ...this.rule, actions };
      if (this.isFulfilled(rule)) continue;
      const witness = this.escape(rule, this.scenario);
      if (witness !== undefined) return this.emptyGap(rule, witness);
    }
    return undefined;
  }

  /** Why no request fulfils the rule. */
  private emptyGap(rule: CompiledStatement, witness: Witness): RootGap {
    const { resource } = rule.statement;
    if (this.isFulfilled({ ...rule, resource: undefined })) {
      const which = `${resource.inverted ? "NotResource" : "Resource"} ${resource.values.slice(0, 3).join(" and ")}`;
      return gapOf("resource", `no request for ${witness.action} fits its ${which}`, witness);
    }
    const elsewhere = {
      ...rule,
      compiledConditions: rule.compiledConditions.filter(({ key }) => key !== "aws:assumedroot"),
    };
    if (this.asked.as === "AssumeRoot" && this.isFulfilled(elsewhere))
      return gapOf("session", "it spares sessions of sts:AssumeRoot", witness);
    const alone = rule.compiledConditions.find(
      (compiledCondition) =>
        !this.isFulfilled({ ...rule, resource: undefined, compiledConditions: [compiledCondition] }),
    );
    if (alone === undefined) return gapOf("condition", "no request fulfils all of its conditions", witness);
    const key = documentedKey(alone.key);
    const reason = `no request of the root user for ${witness.action} fulfils its condition on ${key}`;
    return { ...gapOf("condition", reason, witness), fix: `remove the condition on ${key}` };
  }

  /** What each entry of the Action element means: none of them stands there to mean nothing. */
  private actionsListed(): readonly Bitset[] {
    const { action } = this.rule.statement;
    if (action.inverted || action.open) return this.rule.actions.isEmpty() ? [] : [this.rule.actions];
    return action.values.map(actionsMatching).filter((actions) => !actions.isEmpty());
  }

  /** Whether some request fulfils the rule. */
  private isFulfilled(rule: CompiledStatement): boolean {
    return this.fulfilling(rule) !== undefined;
  }

  private fulfilling(rule: CompiledStatement): Witness | undefined {
    const allows = [{ rule: { ...rule, effect: "Allow" as const }, origin: this.placed.origin }];
    const search = this.search(layersOfStatements(allows, [], this.asked.documents), this.scenario);
    return findAny(rule.actions, search, (action) => resourceOf(action, this.scenario))?.witnesses[0];
  }

  private otherRegion(): RootGap | undefined {
    const rule = this.only((key) => key === "aws:requestedregion");
    const regional = rule.compiledConditions.filter(({ operator }) => !operator.negated);
    // Asked for in the region of whatever gets the role, and nothing by itself.
    const alone = rule.actions.andNot(actionsMatching("iam:PassRole"));
    const actions = alone.isEmpty() ? rule.actions : alone;
    const witness = this.escape({ ...rule, actions, compiledConditions: regional }, this.scenario);
    const regions = regional.flatMap(({ values }) => values).join(" and ");
    return witness && gapOf("region", `it holds only where aws:RequestedRegion is ${regions}`, witness);
  }

  private chosen(): RootGap | undefined {
    for (const key of new Set(
      this.rule.compiledConditions.map((compiledCondition) => compiledCondition.key).filter(isChosen),
    )) {
      const witness = this.escape(
        this.only((each) => each === key),
        this.scenario,
      );
      if (witness === undefined) continue;
      return gapOf("choice", `it depends on ${documentedKey(key)}, which whoever makes the request chooses`, witness);
    }
    return undefined;
  }

  /** Somebody who comes from no network that the statement names. A guard that spares one network binds in all others. */
  private elsewhere(): RootGap | undefined {
    const { compiledConditions } = this.rule;
    for (const key of new Set(compiledConditions.map((each) => each.key).filter(isNetwork))) {
      const on = compiledConditions.filter((each) => each.key === key);
      const settled = new Map([...this.scenario.settled, [key, outside(on)] as const]);
      const witness = this.escape(
        this.only((each) => each === key),
        { ...this.scenario, settled },
      );
      if (witness === undefined) continue;
      const reason = `it holds only where ${documentedKey(key)} is one that the statement names, and whoever makes the request can make it from elsewhere`;
      return gapOf("network", reason, witness);
    }
    return undefined;
  }

  /** Actions that a Resource which stands for everything misses all the same. */
  private missedResource(): RootGap | undefined {
    const { resource } = this.rule.statement;
    if (this.rule.resource === undefined) return undefined;
    let missed = noActions();
    for (const { service, isWhole } of resource.values.flatMap(boundless)) {
      const actions = this.rule.actions.and(actionsMatching(`${service}:*`));
      if (resource.inverted) missed = isWhole ? missed.or(this.unfitting(actions)) : missed;
      else missed = missed.or(isWhole ? this.unfitting(actions) : actions.and(actionsWithoutResource()));
    }
    const witness = this.escape({ ...this.rule, actions: missed, compiledConditions: [] }, this.scenario);
    if (witness === undefined) return undefined;
    const reason = actionsWithoutResource().intersects(missed)
      ? "its Resource leaves out actions that take no resource"
      : "its Resource leaves out actions that take another sort of resource";
    return gapOf("resource", resource.inverted ? "its NotResource spares every resource" : reason, witness);
  }

  /** The actions of which no request fits the rule's Resource. */
  private unfitting(actions: Bitset): Bitset {
    let open = actions;
    let found = noActions();
    for (let action = open.first(); action !== undefined; action = open.first()) {
      const alike = open.and(actionsOnSameResources(action));
      const one = { ...this.rule, compiledConditions: [], actions: Bitset.of(universeSize(), [action]) };
      if (!this.isFulfilled(one)) found = found.or(alike);
      open = open.andNot(alike);
    }
    return found;
  }

  /** The rule with no conditions but those on such keys. */
  private only(isAsked: (key: string) => boolean): CompiledStatement {
    return {
      ...this.rule,
      resource: undefined,
      compiledConditions: this.rule.compiledConditions.filter(({ key }) => isAsked(key)),
    };
  }

  /** A request that the rule lists and nothing denies; of an Allow, one that it allows. */
  private escape(rule: CompiledStatement, scenario: Scenario): Witness | undefined {
    const own = [{ rule, origin: this.placed.origin }];
    const { documents } = this.asked;
    const layers =
      rule.effect === "Allow"
        ? layersOfStatements(own, this.others, documents)
        : layersOfStatements("everything", [...own, ...this.others], documents);
    return findAny(rule.actions, this.search(layers, scenario), (action) => resourceOf(action, scenario))?.witnesses[0];
  }

  private search(layers: Layers, scenario: Scenario): Search {
    const freed = new Set(circumstancesIn(layers));
    return { layers, scenario, freed, budget: this.asked.budget, approximation: lowerProtection };
  }
}

/** What a request for the action can be about; a bucket has no slash ("General purpose bucket naming rules", Amazon S3 User Guide). */
function resourceOf(action: number, scenario: Scenario): Domain {
  const domain = anyResource(action, scenario);
  const isBucket = arnTemplatesOf(action).every((template) => template.endsWith(":s3:::*"));
  return isBucket && domain.always !== undefined ? { ...domain, always: [...domain.always, withoutSlash()] } : domain;
}

const withoutSlash = lazily(() => likeTest([arnGlob("arn:*:s3:::*/*")], true));

const never: Domain = { absent: true, values: [], multivalued: false };

const fixes: Readonly<Record<RootMistake, string>> = {
  operator: "use StringLike or ArnLike",
  arn: 'compare aws:PrincipalArn with "arn:*:iam::*:root" by ArnLike',
  partition: 'write "arn:*:iam::*:root", which holds in every partition',
  principal:
    'compare aws:PrincipalArn with "arn:*:iam::*:root" by ArnLike, and nothing else that says who the caller is',
  region: "remove the condition on aws:RequestedRegion",
  choice: "remove that condition",
  network:
    "remove that condition, or spare the network that root may use by its negation (NotIpAddress, StringNotEquals)",
  mfa: "use BoolIfExists, or deny the root user with MFA and without",
  resource: 'write "Resource": "*"',
  condition: "remove the conditions that exclude each other; conditions on one block must all hold",
  session: "remove the condition on aws:AssumedRoot, unless central root access is to go on working",
};

function gapOf(mistake: RootMistake, reason: string, witness: Witness): RootGap {
  return { mistake, reason, fix: fixes[mistake], witness };
}

/** The same condition, if its operator took wildcards. */
function withWildcards(compiledCondition: CompiledCondition): CompiledCondition {
  const patterns = compiledCondition.values.map((value) =>
    textPattern(parseTemplate(value, { variables: false, wildcards: true })),
  );
  const operator: Operator = { ...compiledCondition.operator, family: "string", match: "wildcard" };
  const test = {
    key: compiledCondition.key,
    operator,
    patterns,
    exactPatterns: patterns,
    values: compiledCondition.values,
  };
  return { ...compiledCondition, operator, patterns, test };
}

/**
 * The service of a Resource value that stands for every resource there, wildcards included; none when it bounds the resource.
 * `isWhole`: in every region and account, too.
 */
function boundless(value: string): readonly { readonly service: string; readonly isWhole: boolean }[] {
  const [arn, , service = "*", region = "*", account = "*", ...rest] = value.split(":");
  const resource = rest.length === 0 ? "*" : rest.join(":");
  if (arn !== "arn" || !resource.includes("*") || !/^[*?/:]*$/.test(resource)) return [];
  return [{ service, isWhole: [region, account].every((field) => /^\**$/.test(field)) }];
}
