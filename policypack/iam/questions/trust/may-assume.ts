import type { Shared } from "../../answer/budget";
import type { Grant } from "../../answer/grant";
import { no, type Verdict, yes } from "../../answer/verdict";
import { actionsMatching } from "../../aws/actions";
import type { Approximation } from "../../evaluation/approximation";
import { type CompiledStatement, compile } from "../../evaluation/compiled-statement";
import { findAny } from "../../evaluation/find-any";
import { layersOfStatements, type PlacedStatement } from "../../evaluation/policy-layers";
import { askAboutPower, forOneQuestion, searchScenarios } from "../../evaluation/search";
import { arnGlob } from "../../language/arn-glob";
import type { PrincipalElement, TrustedPrincipal } from "../../language/document";
import { matches } from "../../language/pattern";
import { isRead, type Policy } from "../../language/policy";
import type { Principal } from "../../requests/principal";

/** Who wants to assume a role. */
export interface Caller {
  readonly kind: "user" | "role";
  /** Of the user or role itself, with its path; a `*` stands for an account that is not known. */
  readonly arn: string;
  readonly account?: string;
  /** All of its tags; left out where they can be any. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * `named`: the trust policy names the caller itself, which in the role's own account is all that it needs. `anyone`: it names
 * everybody, with the same effect. `account`: it trusts the caller's account, whose policies must allow the call as well.
 */
export type TrustedAs = "named" | "anyone" | "account";

export interface Assumption extends Grant {
  readonly by: TrustedAs;
}

/**
 * Whether a role's trust policy lets the caller assume the role, with MFA or without; nothing but the trust policy is asked.
 * "AWS JSON policy elements: Principal" and "Cross-account policy evaluation logic" (IAM User Guide).
 */
export function mayAssume(
  trust: Policy,
  caller: Caller,
  options: { readonly mfa: boolean } & Shared,
): Verdict<Assumption> {
  const principal = { ...principalOf(caller), identity: [trust] };
  return askAboutPower(
    principal,
    (approximation) => {
      const rules = trustRules(trust, approximation);
      let doubt: Verdict<Assumption> = no;
      for (const by of ["named", "anyone", "account"] as const) {
        const verdict = assume(by, rules, principal, approximation, options.mfa);
        if (verdict.answer === "yes") return verdict;
        if (verdict.answer === "unknown") doubt = verdict;
      }
      return doubt;
    },
    () => gapsAbout(caller),
  );

  function assume(
    by: TrustedAs,
    rules: readonly PlacedStatement[] | "everything",
    principal: Principal,
    approximation: Approximation,
    mfa: boolean,
  ): Verdict<Assumption> {
    const documents = isRead(trust) ? [trust.document] : [];
    const { allows, denies } =
      rules === "everything" ? { allows: rules, denies: [] } : rulesFor(rules, caller, by, approximation);
    const layers = layersOfStatements(allows, denies, documents);
    const verdict = searchScenarios(
      principal,
      approximation,
      (search) => findAny(actionsMatching("sts:AssumeRole"), search),
      {
        layers,
        ...forOneQuestion(options),
        scenarios: (scenario) => scenario.mfa === mfa,
      },
    );
    if (verdict.answer !== "yes") return verdict;
    const { found, qualifiers } = verdict.because;
    return yes({ by, ...found, qualifiers, unless: [] });
  }
}

function gapsAbout(caller: Caller): readonly string[] {
  return caller.arn.endsWith("*") ? [`the name in ${caller.arn} is not known`] : [];
}

function trustRules(trust: Policy, approximation: Approximation): readonly PlacedStatement[] | "everything" {
  if (isRead(trust)) return compile(trust.document, approximation).map((rule) => ({ rule, origin: trust.origin }));
  return approximation.unread === "allows-everything" ? "everything" : [];
}

function principalOf(caller: Caller): Omit<Principal, "identity"> {
  const [, partition = "aws", , , , entity = ""] = caller.arn.split(":");
  const [, ...path] = entity.split("/");
  const name = path.pop() ?? "";
  const account = accountOf(caller);
  return {
    kind: caller.kind,
    name,
    path: path.length === 0 ? "/" : `/${path.join("/")}/`,
    partition,
    ...(account === undefined ? {} : { account }),
    ...(caller.tags === undefined ? {} : { tags: caller.tags }),
  };
}

function isAccount(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

function rulesFor(rules: readonly PlacedStatement[], caller: Caller, by: TrustedAs, approximation: Approximation) {
  const allows = rules.filter(
    ({ rule }) => rule.effect === "Allow" && isTrustedAs(by, rule, caller, approximation.allows === "more"),
  );
  const denies = rules.filter(
    ({ rule }) => rule.effect === "Deny" && isDenied(rule, caller, approximation.unknownDenies === "more"),
  );
  return { allows, denies };
}

function isTrustedAs(by: TrustedAs, { statement }: CompiledStatement, caller: Caller, more: boolean): boolean {
  const { principal } = statement;
  if (principal === undefined) return by === "anyone" && more;
  if (principal.open && more) return true;
  if (principal.inverted) return by === "anyone" && !principal.open && matchOf(principal, caller, !more) === undefined;
  return principal.entries.some((entry) => matchOfEntry(entry, caller, more) === by);
}

function isDenied({ statement }: CompiledStatement, caller: Caller, more: boolean): boolean {
  const { principal } = statement;
  if (principal === undefined) return more;
  if (principal.open && principal.inverted !== more) return more;
  return (matchOf(principal, caller, more !== principal.inverted) !== undefined) !== principal.inverted;
}

function matchOf({ entries }: PrincipalElement, caller: Caller, more: boolean): TrustedAs | undefined {
  for (const entry of entries) {
    const match = matchOfEntry(entry, caller, more);
    if (match !== undefined) return match;
  }
  return undefined;
}

/**
 * Where the caller's account is not known here, a trust policy that names an account, or somebody of the caller's name in it,
 * is taken to mean the caller's: policies of a program nearly always speak of the account that they are made in.
 */
function matchOfEntry({ type, value }: TrustedPrincipal, caller: Caller, more: boolean): TrustedAs | undefined {
  if (value === "*" && (type === "*" || type === "AWS")) return "anyone";
  if (type !== "AWS") return undefined;
  const [, partition] = caller.arn.split(":");
  const account = accountOf(caller);
  const root = /^arn:([^:]+):iam::([0-9]{12}):root$/.exec(value);
  if (isAccount(value) || root !== null) {
    const [, rootPartition = partition, named = value] = root ?? [];
    return rootPartition === partition && (account ?? named) === named ? "account" : undefined;
  }
  const arn = withAccount(caller.arn, account ?? value.split(":")[4] ?? "");
  return value === arn || (more && matches(arnGlob(arn), value)) ? "named" : undefined;
}

function accountOf({ arn, account }: Caller): string | undefined {
  const inArn = arn.split(":")[4] ?? "";
  return account ?? (isAccount(inArn) ? inArn : undefined);
}

function withAccount(arn: string, account: string): string {
  return arn
    .split(":")
    .map((field, i) => (i === 4 ? account : field))
    .join(":");
}
