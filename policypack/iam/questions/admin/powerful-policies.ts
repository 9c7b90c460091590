import { no, type Verdict } from "../../answer/verdict";
import { powerfulPolicies } from "../../aws/generated/powerful-policies";
import { type Mention, mentionsOf } from "../../language/mentions";
import { isRead } from "../../language/policy";
import type { AccountPolicy, Principal } from "../../requests/principal";
import type { Scenario } from "../../requests/request";
import { lazily } from "../../shared/lazily";
import { textOf } from "../../shared/table";

/** Whoever a policy can be attached to. */
export const holders = ["user", "group", "role"] as const;

export type Holder = (typeof holders)[number];

/** What the policies that may be attached, or must be given as a boundary, are worth to those who get them. */
export interface Powers {
  /** Customer-managed policies that make their holder an administrator. */
  readonly sure: Readonly<Record<Holder, readonly AccountPolicy[]>>;
  /** Those that may do so: not read yet, or not decided. */
  readonly possible: Readonly<Record<Holder, readonly AccountPolicy[]>>;
  /** Why the latter are not decided, for people. */
  readonly doubts: readonly string[];
}

const none = { user: [], group: [], role: [] } as const;

export const noPowers: Powers = { sure: none, possible: none, doubts: [] };

/** Names of the policies of AWS that make their holder an administrator, decided by the core itself when the table was made. */
const namesByHolder = lazily((): Readonly<Record<string, readonly string[]>> => JSON.parse(textOf(powerfulPolicies)));

/** ARNs of AWS managed policies that make a user, a group's members or a role an administrator, the best known first. */
export function powerfulManagedPolicies(holder: Holder, partition: string): readonly string[] {
  return (namesByHolder()[holder] ?? []).map((name) => `arn:${partition}:iam::aws:policy/${name}`);
}

/** Whoever has a policy; one of any name, or any path, where that is left out. */
export type Named = Pick<Principal, "name" | "path"> & { readonly kind: Holder };

/** The power of whoever has the policy and nothing else, given what is found so far. */
type Worth<Power> = (policy: AccountPolicy, holder: Named, found: Powers) => Verdict<Power>;

/** A name that no policy tells from others, where none of them looks at names. */
const arbitrary = { name: "arbitrary-holder", path: "/" };

/**
 * What an account's policies are worth to whoever gives them to itself or others. Computed once for all; where policies look at names, once for
 * any name, and then for each who asks the few of which that is not a no: filling in a name never makes a yes of that.
 *
 * @param counts whether a power counts. What counts for none of those with an open name may do so for one of them
 */
export function powersByHolder<Power>(
  policies: readonly AccountPolicy[],
  worth: Worth<Power>,
  counts: (power: Power) => boolean,
): (who: Principal) => Powers {
  const counted: Worth<Power> = (...asked) => {
    const verdict = worth(...asked);
    return verdict.answer === "yes" && !counts(verdict.because) ? no : verdict;
  };
  if (!policies.some(looksAtNames)) {
    const powers = powersAmong(policies, (policy, kind, found) => counted(policy, { kind, ...arbitrary }, found));
    return () => powers;
  }
  const { sure, possible } = powersAmong(policies, (policy, kind, found) => worth(policy, { kind }, found));
  const known = new Map<string, Powers>();
  return (who) => {
    const key = [who.kind, who.path, who.name].join(" ");
    const named = nameOf(who);
    const powers =
      known.get(key) ??
      powersAmong(policies, (policy, kind, found) =>
        sure[kind].includes(policy) || possible[kind].includes(policy)
          ? counted(policy, who.kind === kind ? { kind, ...named } : { kind }, found)
          : no,
      );
    known.set(key, powers);
    return powers;
  };
}

function nameOf({ name, path }: Principal): Pick<Principal, "name" | "path"> {
  return { ...(name === undefined ? {} : { name }), ...(path === undefined ? {} : { path }) };
}

/** Whether a policy may tell those who have it apart by their names. */
function looksAtNames({ policy }: AccountPolicy): boolean {
  if (!isRead(policy)) return false;
  const { keys, values } = mentionsOf(policy.document);
  const isNamed = ({ key, value }: Mention) =>
    key === "resource" && [":user/", ":role/"].some((part) => value.includes(part));
  return ["aws:username", "aws:principalarn"].some((key) => keys.includes(key)) || values.some(isNamed);
}

/** What each of an account's policies is worth. One may let its holder attach another one, so they are asked about until no more are found. */
function powersAmong(
  policies: readonly AccountPolicy[],
  worth: (policy: AccountPolicy, holder: Holder, found: Powers) => Verdict<unknown>,
): Powers {
  let powers = noPowers;
  for (;;) {
    const found = powers;
    const next = powersBy(policies, (policy, holder) => worth(policy, holder, found));
    if (holders.every((holder) => next.sure[holder].length === found.sure[holder].length)) return next;
    powers = next;
  }
}

function powersBy(
  policies: readonly AccountPolicy[],
  worth: (policy: AccountPolicy, holder: Holder) => Verdict<unknown>,
): Powers {
  const doubts = new Set<string>();
  const found = holders.map((holder) => {
    const verdicts = policies.map((policy) => ({ policy, verdict: worth(policy, holder) }));
    for (const { verdict } of verdicts)
      if (verdict.answer === "unknown") for (const reason of verdict.because) doubts.add(reason);
    const those = (answer: Verdict<unknown>["answer"]) =>
      verdicts.filter(({ verdict }) => verdict.answer === answer).map(({ policy }) => policy);
    return { holder, sure: those("yes"), possible: those("unknown") };
  });
  const byHolder = (which: "sure" | "possible") => ({
    ...none,
    ...Object.fromEntries(found.map((each) => [each.holder, each[which]])),
  });
  return { sure: byHolder("sure"), possible: byHolder("possible"), doubts: [...doubts] };
}

/** ARNs of the account's own policies in a scenario, those of other accounts left out. */
export function arnsIn(policies: readonly AccountPolicy[], { account, partition }: Scenario): readonly string[] {
  return policies.flatMap(({ arn }) => {
    const [, , , , owner, ...name] = arn?.split(":") ?? [];
    return owner === "*" || owner === account ? [`arn:${partition}:iam::${account}:${name.join(":")}`] : [];
  });
}
