import { nearestName, settingsPolicy, undecidedPolicy } from "../../policypack/host";
import { Failure } from "../terminal/failure";

/** Which rules a run asks, beside what the configuration says. */
export interface Selection {
  /** These alone; all of them where there are none. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** @throws Failure for a rule that there is not, with the nearest one that there is */
export function requireRules({ only, skip }: Selection, names: readonly string[]): void {
  for (const [flag, rules] of Object.entries({ "--only": only, "--skip": skip })) {
    for (const rule of rules) if (!names.includes(rule)) throw noSuchRule(flag, rule, names);
  }
}

/** Whether a rule is asked; what is said of the configuration and of doubts is no rule's, and stays. */
export function isAsked({ only, skip }: Selection, name: string): boolean {
  const isChosen =
    only.length === 0 || only.includes(name) || name === settingsPolicy.id || name === undecidedPolicy.id;
  return isChosen && !skip.includes(name);
}

function noSuchRule(flag: string, rule: string, names: readonly string[]): Failure {
  const nearest = nearestName(rule, names);
  const fix = nearest === undefined ? "List the rules with: aws-identity-guardrails rules" : `Did you mean ${nearest}?`;
  return new Failure(`${flag} ${rule}: there is no such rule`, fix);
}
