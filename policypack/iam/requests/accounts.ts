import { matchesWildcards } from "../language/glob";
import type { Mentioned } from "../language/mentions";
import { accepted, advance, type Pattern, start, textPattern } from "../language/pattern";
import { parseTemplate } from "../language/template";
import type { Principal } from "./principal";

/** An account id of AWS's documentation; stands for one that no policy mentions. */
export const someAccount = "123456789012";

/** Patterns of accounts that are told apart; beyond that, not every set of them has its account. */
export const mostPatterns = 6;

/** Another order of the digits finds another account for the same set of patterns. */
const shifts = [0, 1, 2, 3];

/** What there is to find without a pattern. */
const plainAccounts = shifts.map((shift) => Array.from(someAccount, (digit) => (Number(digit) + shift) % 10).join(""));

/** The accounts that somebody can be in, so that every other one is like one of them to all policies. */
export interface Accounts {
  readonly all: readonly string[];
  /** Whether there are more than those, of which nothing is known then. */
  readonly isCut: boolean;
}

/** @param texts texts of the question itself, whose accounts are told apart as well */
export function accountsOf(
  { account, managedPolicyArns = [] }: Pick<Principal, "account" | "managedPolicyArns">,
  mentioned: Mentioned,
  texts: readonly string[] = [],
): Accounts {
  if (account !== undefined) return { all: [account], isCut: false };
  const patterns = mentioned.accountPatterns;
  const own = managedPolicyArns.map((arn) => arn.split(":")[4] ?? "").filter(isAccount);
  const asked = texts.flatMap((text) => text.split(":")).filter(isAccount);
  const found = new Set([...own, ...asked]);
  const roles = new Set<string>();
  for (const [each, role] of mentioned.accounts) {
    const whole = `${role}\r${patterns.filter((pattern) => matchesWildcards(pattern, each)).join(" ")}`;
    if (!roles.has(whole)) found.add(each);
    roles.add(whole);
  }
  const taken = new Set([...found, ...mentioned.accounts.keys()]);
  for (const other of accountsBeside(taken, patterns.slice(0, mostPatterns))) found.add(other);
  return { all: [...found], isCut: patterns.length > mostPatterns };
}

function isAccount(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

/** Accounts other than the taken ones: one for each set of the patterns that some account matches, and no other pattern with it. */
export function accountsBeside(taken: ReadonlySet<string>, patterns: readonly string[]): readonly string[] {
  if (patterns.length === 0) return plainAccounts.filter((account) => !taken.has(account)).slice(0, 1);
  const read = patterns.map((pattern) => textPattern(parseTemplate(pattern, { variables: false, wildcards: true })));
  const found = new Map<string, string>();
  for (const shift of shifts) {
    for (const [set, account] of accountsBySet(read, shift))
      if (!taken.has(account) && !found.has(set)) found.set(set, account);
  }
  return [...found.values()];
}

function accountsBySet(patterns: readonly Pattern[], shift: number): ReadonlyMap<string, string> {
  let states = new Map([["", { positions: patterns.map(start), text: "" }]]);
  for (let place = 0; place < someAccount.length; place++) {
    const next = new Map<string, { positions: (readonly number[])[]; text: string }>();
    for (const { positions, text } of states.values())
      for (let digit = 0; digit < 10; digit++) {
        const character = String((Number(someAccount[place]) + shift + digit) % 10);
        const after = patterns.map((pattern, i) => advance(pattern, positions[i] ?? [], character.charCodeAt(0)));
        const key = after.join(";");
        if (!next.has(key)) next.set(key, { positions: after, text: text + character });
      }
    states = next;
  }
  const found = new Map<string, string>();
  for (const { positions, text } of states.values()) {
    const set = patterns.map((pattern, i) => accepted(pattern, positions[i] ?? [])).join();
    if (!found.has(set)) found.set(set, text);
  }
  return found;
}
