import { Budget, type Shared } from "../answer/budget";
import type { StatementRef, Witness } from "../answer/grant";
import { no, unknown, type Verdict, yes } from "../answer/verdict";
import { actionsMatching } from "../aws/actions";
import type { Bitset } from "../aws/bitset";
import { partitionOfRegion } from "../aws/partitions";
import { type Approximation, lowerProtection, upper } from "../evaluation/approximation";
import { gapsIn, orUnknown } from "../evaluation/both-sides";
import { type CompiledCondition, type CompiledStatement, compile } from "../evaluation/compiled-statement";
import { findAny } from "../evaluation/find-any";
import { circumstancesIn, type Layers, layersOf, layersOfStatements } from "../evaluation/policy-layers";
import { forOneQuestion, questionBudget, type Search } from "../evaluation/search";
import { type Condition, type Document, notYet, type Statement } from "../language/document";
import { matchesWildcards } from "../language/glob";
import { Mentioned } from "../language/mentions";
import type { Policy } from "../language/policy";
import { partitionsOf } from "../requests/partitions";
import type { Principal } from "../requests/principal";
import type { Scenario } from "../requests/request";
import { mfaScenarios } from "../requests/scenario";
import { actionsOutside } from "./mfa-gate";

/** How a condition on MFA misses what it is there for. */
export interface MfaFlaw {
  /**
   * `passes`: somebody without MFA gets by. `strikes`: a Deny that hits everybody with MFA. `locks-out`: a gate that holds, and
   * keeps those without MFA from setting it up.
   */
  readonly mistake: "passes" | "strikes" | "locks-out";
  readonly effect: "Allow" | "Deny";
  /** What the condition looks at: whether there is MFA, or only how long ago. */
  readonly about: "presence" | "age";
  /** Who gets by without MFA; empty for the other mistakes. */
  readonly who: readonly ("access key" | "session")[];
  /** A request that gets by, or that is denied in spite of MFA. */
  readonly witness: Witness;
}

export interface MfaStatementVerdict {
  readonly statement: StatementRef;
  readonly flaw: Verdict<MfaFlaw>;
}

/** What else decides about those who have the policy. */
export type Beside = Pick<Principal, "identity" | "boundary">;

const present = "aws:multifactorauthpresent";
const age = "aws:multifactorauthage";

/**
 * For every statement of an identity policy whose condition looks at MFA: whether the condition does what it is there for. That
 * of an Allow must not hold without MFA, that of a Deny must, in both ways of being without it: by access key, where AWS gives
 * neither key, and in a session that says `false`. Other conditions count as fulfilled, self-service is left aside, and what
 * another statement of the policy or of `beside` denies is no way past.
 * "AWS global condition context keys": aws:MultiFactorAuthPresent, aws:MultiFactorAuthAge; "Secure API access with MFA" (IAM User
 * Guide).
 */
export function mfaFlaws(
  policy: Policy & { readonly document: Document },
  beside: Beside = { identity: [] },
  options: Shared = {},
): readonly MfaStatementVerdict[] {
  return policy.document.statements.filter(looksAtMfa).map((statement) => ({
    statement: { origin: policy.origin, path: statement.path },
    flaw: flawOf(statement, policy, beside, options),
  }));
}

function looksAtMfa({ conditions }: Statement): boolean {
  return conditions.some((condition) => isOnMfa(condition) || (condition.open && condition.key === ""));
}

function isOnMfa({ key }: Pick<Condition, "key">): boolean {
  return key === present || key === age;
}

type ReadPolicy = Policy & { readonly document: Document };

function flawOf(statement: Statement, policy: ReadPolicy, beside: Beside, options: Shared): Verdict<MfaFlaw> {
  const together: Principal = { kind: "user", ...beside, identity: [policy, ...beside.identity] };
  const question = (approximation: Approximation) =>
    new MfaQuestion(statement, policy, together, approximation, forOneQuestion(options));
  return orUnknown(() => {
    // A Deny strikes for sure with what is known of it; what is not known yet may still keep people from getting by.
    const [least, most] = [question(lowerProtection), question(upper)];
    const sure = most.strikes() ?? least.passes();
    if (sure !== undefined && statement.effect !== notYet) return yes(sure);
    const reasons = gapsIn(together);
    if (reasons.length === 0) {
      const locked = least.locksOut();
      return locked === undefined ? no : yes(locked);
    }
    const isPossible = least.strikes() !== undefined || most.isLeftOut || most.passes() !== undefined;
    return isPossible ? unknown(...reasons) : no;
  });
}

/** One statement under one approximation, asked for both mistakes. */
class MfaQuestion {
  private readonly rule: CompiledStatement | undefined;
  private readonly scenarios: ReturnType<typeof mfaScenarios>;
  private readonly budget: Budget;

  constructor(
    private readonly statement: Statement,
    private readonly policy: ReadPolicy,
    private readonly together: Principal,
    private readonly approximation: Approximation,
    options: Shared,
  ) {
    this.rule = this.ruleUnder(approximation) ?? (this.isOpenOnMfa ? undefined : this.ruleUnder(lowerProtection));
    this.scenarios = mfaScenarios(partitionIn(statement, policy.document), options);
    this.budget = options.budget ?? new Budget(questionBudget);
  }

  private ruleUnder(approximation: Approximation): CompiledStatement | undefined {
    return compile(this.policy.document, approximation).find((each) => each.statement === this.statement);
  }

  /** Whether what is not known yet is the condition on MFA itself, or that there is a Deny at all. */
  private get isOpenOnMfa(): boolean {
    const { effect, conditions } = this.statement;
    return effect === notYet || conditions.some((each) => each.open && (isOnMfa(each) || each.key === ""));
  }

  /** Whether the approximation leaves out a statement that may come to be a Deny. */
  get isLeftOut(): boolean {
    return this.rule === undefined && this.statement.effect !== "Allow";
  }

  strikes(): MfaFlaw | undefined {
    const { rule } = this;
    if (rule?.effect !== "Deny") return undefined;
    const { withMfa } = this.scenarios;
    if (this.canFail(rule, withMfa)) return undefined;
    const witness = this.find(this.only({ ...rule, effect: "Allow" }), rule, withMfa);
    return witness && { mistake: "strikes", effect: "Deny", about: this.about, who: [], witness };
  }

  passes(): MfaFlaw | undefined {
    const { rule } = this;
    if (rule === undefined) return undefined;
    const meant: CompiledStatement =
      rule.effect === "Allow"
        ? rule
        : {
            ...rule,
            effect: "Allow",
            compiledConditions: rule.compiledConditions.filter((compiledCondition) => !isOnMfa(compiledCondition)),
          };
    const all = layersOf(this.together, this.approximation);
    if (rule.effect === "Deny" && this.isForStaleSessions(rule) && this.hasGate(rule, all)) return undefined;
    // Instead of what the policies allow: what this statement is about.
    const [, ...limits] = all.layers;
    const own = rule.effect === "Deny" ? [{ rule, origin: this.policy.origin }] : [];
    const layers = { ...all, layers: [...this.only(meant).layers, ...limits], denies: [...own, ...all.denies] };
    const found = this.scenarios.without.map((scenario) => this.find(layers, meant, scenario));
    const [byKey, bySession] = found;
    const witness = byKey ?? bySession;
    if (witness === undefined) return undefined;
    const who = [...(byKey ? ["access key" as const] : []), ...(bySession ? ["session" as const] : [])];
    return { mistake: "passes", effect: rule.effect, about: this.about, who, witness };
  }

  /** A Deny that lets nobody without MFA set it up, whoever may set it up for them. */
  locksOut(): MfaFlaw | undefined {
    const { rule } = this;
    const [, session] = this.scenarios.without;
    if (rule?.effect !== "Deny" || session === undefined || this.canFail(rule, session)) return undefined;
    const deny = [{ rule, origin: this.policy.origin }];
    const layers = layersOfStatements("everything", deny, [this.policy.document]);
    const refused = settingUp().find(
      (action) => rule.actions.intersects(action) && this.findAmong(layers, action, session) === undefined,
    );
    if (refused === undefined) return undefined;
    const witness = this.findAmong(this.only({ ...rule, effect: "Allow" }), refused, session);
    return witness && { mistake: "locks-out", effect: "Deny", about: this.about, who: [], witness };
  }

  private get about(): MfaFlaw["about"] {
    return this.statement.conditions.some(({ key }) => key === present) ? "presence" : "age";
  }

  /** A Deny that nobody without MFA meets, and of those with it the ones whose sign-in is too old: it is no gate and means to be none. */
  private isForStaleSessions(rule: CompiledStatement): boolean {
    return (
      this.canHold(rule, this.scenarios.withMfa) && !this.scenarios.without.some((each) => this.canHold(rule, each))
    );
  }

  /** Whether another Deny keeps those without MFA out of something that this one is about, even if not the same to the letter. */
  private hasGate(rule: CompiledStatement, { denies }: Layers): boolean {
    const outside = rule.actions.and(actionsOutside([]));
    return denies.some(
      ({ rule: other }) =>
        other !== rule &&
        other.compiledConditions.some(isOnMfa) &&
        other.actions.intersects(outside) &&
        !this.scenarios.without.some((scenario) => this.canFail(other, scenario)),
    );
  }

  /** Whether some request has values for which the rule's conditions on MFA hold. */
  private canHold(rule: CompiledStatement, scenario: Scenario): boolean {
    return this.find(this.only({ ...withMfaOnly(rule), effect: "Allow" }), rule, scenario) !== undefined;
  }

  /** Whether some request has values for which the rule's conditions on MFA do not hold. */
  private canFail(rule: CompiledStatement, scenario: Scenario): boolean {
    const deny = [{ rule: { ...withMfaOnly(rule), effect: "Deny" as const }, origin: this.policy.origin }];
    return this.find(layersOfStatements("everything", deny, [this.policy.document]), rule, scenario) !== undefined;
  }

  private only(rule: CompiledStatement): Layers {
    return layersOfStatements([{ rule, origin: this.policy.origin }], [], [this.policy.document]);
  }

  private find(layers: Layers, { actions }: CompiledStatement, scenario: Scenario): Witness | undefined {
    return this.findAmong(layers, actions.and(actionsOutside([])), scenario);
  }

  private findAmong(layers: Layers, actions: Bitset, scenario: Scenario): Witness | undefined {
    const { budget, approximation } = this;
    const search: Search = { layers, scenario, freed: new Set(circumstancesIn(layers)), budget, approximation };
    return findAny(actions, search)?.witnesses[0];
  }
}

/** Without either, nobody sets up a device of their own ("Assigning a virtual MFA device in the AWS Management Console", IAM User Guide). */
const settingUp = (): readonly Bitset[] => ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"].map(actionsMatching);

function withMfaOnly(rule: CompiledStatement): CompiledStatement {
  return {
    ...rule,
    resource: undefined,
    compiledConditions: rule.compiledConditions.filter((compiledCondition: CompiledCondition) =>
      isOnMfa(compiledCondition),
    ),
  };
}

/** The partition that the statement is about, by its ARNs or regions; `aws` where it may be that one. MFA is the same in all. */
function partitionIn(statement: Statement, document: Document): string {
  const mentioned = new Mentioned([{ ...document, statements: [statement] }]);
  const [aws = "aws", other = aws] = partitionsOf(undefined, mentioned);
  const { regions } = mentioned;
  const isOfAws = (text: string) => partitionOfRegion(text) === "aws";
  return mentioned.partitions.some((text) => matchesWildcards(text, "aws")) || regions.some(isOfAws) ? aws : other;
}
