import { keyFacts } from "../aws/condition-keys";
import type { CompiledCondition } from "../evaluation/compiled-statement";
import type { Domain } from "../solver/domain";
import type { Test } from "../solver/test";

export const principalArn = "aws:principalarn";

/** Keys that say who the caller is; each has one value in the requests of a root user, or none. */
export function saysWho(key: string): boolean {
  return (
    key === "aws:userid" ||
    key === "aws:username" ||
    key === "aws:sourceidentity" ||
    key === "aws:federatedprovider" ||
    /^aws:principal(?:arn|type|account|orgid|tag\/.*)$/.test(key)
  );
}

/**
 * Keys whose value whoever makes the request chooses: what it is made with, how it is signed, when its session began. Those of a
 * service that say what is done only narrow a guard.
 */
export function isChosen(key: string): boolean {
  return (
    /^aws:(?:useragent|referer|securetransport|tagkeys|tokenissuetime|requesttag\/.*)$/.test(key) ||
    /^s3:(?:authtype|signatureversion|signatureage|tlsversion)$/.test(key)
  );
}

export function isNetwork(key: string): boolean {
  return keyFacts(key)?.origin === "network";
}

/**
 * A network that is none of those that the conditions name, or one where requests lack the key. A wildcard names none: everybody can
 * have an endpoint of their own.
 */
export function outside(conditions: readonly CompiledCondition[]): Domain {
  const always = conditions.flatMap(({ operator, test, values }): Test[] => {
    const named = values.filter((value) => !value.includes("*") && !value.endsWith("/0"));
    if (operator.family === "null" || test === undefined || named.length < values.length) return [];
    return [{ ...test, operator: { ...operator, negated: true, ifExists: false, set: "none" } }];
  });
  return { absent: true, values: "any", multivalued: false, always };
}

export function isOnMfa(key: string): boolean {
  return key === "aws:multifactorauthpresent" || key === "aws:multifactorauthage";
}
