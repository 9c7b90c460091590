import type { Shared } from "../../answer/budget";
import type { Grant } from "../../answer/grant";
import { no, type Verdict, yes } from "../../answer/verdict";
import { actionsMatching } from "../../aws/actions";
import type { Approximation } from "../../evaluation/approximation";
import { askAboutPower } from "../../evaluation/both-sides";
import { type CompiledStatement, compile } from "../../evaluation/compiled-statement";
import { findAny } from "../../evaluation/find-any";
import { layersOfStatements, type PlacedStatement } from "../../evaluation/policy-layers";
import { forOneQuestion, searchScenarios } from "../../evaluation/search";
import type { TrustedPrincipal } from "../../language/document";
import { isRead, type Policy } from "../../language/policy";
import type { Principal } from "../../requests/principal";
import {
  accountOf,
  type Caller,
  meansAll,
  meansCaller,
  meansSome,
  type Share,
  type TrustedAs,
} from "./principal-element";

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
    return verdict.answer === "yes" ? yes({ by, ...verdict.because }) : verdict;
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
  if (principal?.open === true && more) return true;
  if (principal !== undefined && !principal.inverted) {
    return meansSome(principal, (entry) => (meansCaller(entry, caller, more) === by ? "all" : "none"), more);
  }
  // What is not said, and everybody but those who are named, is anyone.
  return by === "anyone" && meansSome(principal, shareOf(caller, !more), more);
}

function isDenied({ statement: { principal } }: CompiledStatement, caller: Caller, more: boolean): boolean {
  return meansAll(principal, shareOf(caller, more !== principal?.inverted), more);
}

function shareOf(caller: Caller, more: boolean): (entry: TrustedPrincipal) => Share {
  return (entry) => (meansCaller(entry, caller, more) === undefined ? "none" : "all");
}
