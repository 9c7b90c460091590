import {
  type Grant,
  isRead,
  mayAssumeFromOutside,
  no,
  type Policy,
  type PrincipalFilter,
  type Shared,
  type Verdict,
} from "../../iam";
import type { Graph, Role } from "../../model";
import type { Settings } from "../authoring/settings";
import { accountsIn } from "./mentioned-accounts";

/** Who outside the role's account may assume it, by its trust policy. */
export interface Entrances {
  /** Somebody whom nothing in the trust policy names. */
  readonly anybody: Verdict<Grant>;
  /** Somebody in an organization that the trust policy names and the settings do not. */
  readonly otherOrganization: Verdict<Grant>;
  /** By account: those that the trust policy speaks of and the settings do not trust. */
  readonly accounts: ReadonlyMap<string, Verdict<Grant>>;
  /** Those among them that come in without MFA, external id or organization. */
  readonly unasked: ReadonlySet<string>;
}

const isWhole: PrincipalFilter = (parts) => parts.length === 1;

/** Conditions that no outsider fulfils, as they name whom they mean ("AWS global condition context keys", IAM User Guide). */
const organizations: Readonly<Record<string, PrincipalFilter>> = {
  "aws:principalorgid": isWhole,
  "aws:principalorgpaths": ([first = ""]) => first.includes("/"),
  "aws:userid": (parts) => isWhole(parts) || (parts[0] ?? "").includes(":"),
};

/** "Access to AWS accounts owned by third parties" (IAM User Guide): a secret of the two, which guards against a confused deputy. */
const externalId: Readonly<Record<string, PrincipalFilter>> = { "sts:externalid": isWhole };

function onlyOrganization(id: string): Readonly<Record<string, PrincipalFilter>> {
  return {
    ...organizations,
    "aws:principalorgid": (parts) => isWhole(parts) && parts[0] === id,
    "aws:principalorgpaths": ([first = ""]) => first.startsWith(`${id}/`),
  };
}

/** @param own the role's own account, where it is known */
export function entrancesOf(trust: Policy, own: string | undefined, settings: Settings, shared: Shared): Entrances {
  const mentioned = accountsIn({ kind: "role", identity: [trust] });
  const { trustedOrganization, trustedAccounts = [] } = settings;
  const known = {
    "aws:resourceaccount": [own ?? literalFor(trust, "aws:resourceaccount") ?? "000000000000"],
    "aws:resourceorgid": [literalFor(trust, "aws:resourceorgid") ?? "o-ofthisrole"],
  };
  const from = { anyAccountBut: [...mentioned, ...known["aws:resourceaccount"]] };
  const anybody = mayAssumeFromOutside(trust, { from, naming: organizations, known }, shared);
  const otherOrganization =
    trustedOrganization === undefined || anybody.answer !== "no"
      ? no
      : mayAssumeFromOutside(trust, { from, naming: onlyOrganization(trustedOrganization), known }, shared);
  const outside = mentioned.filter((account) => account !== own && !trustedAccounts.includes(account));
  const naming = { ...organizations, ...externalId };
  const ask = (account: string, withoutMfa: boolean) =>
    mayAssumeFromOutside(trust, { from: { account }, naming, known, withoutMfa }, shared);
  return {
    anybody,
    otherOrganization,
    accounts: new Map(outside.map((account) => [account, ask(account, false)])),
    unasked: new Set(outside.filter((account) => ask(account, true).answer === "yes")),
  };
}

/** A text that the trust policy compares a key of the role itself with: what it is, then, as far as anybody can tell. */
function literalFor(trust: Policy, key: string): string | undefined {
  if (!isRead(trust)) return undefined;
  const values = trust.document.statements.flatMap(({ conditions }) =>
    conditions.flatMap((condition) => (condition.key === key ? condition.values : [])),
  );
  return values.find((value) => !/[*?$]/.test(value));
}

/** The account that the role comes to be in: its own, or the one in which its provider makes others of the stack. */
export function accountOf(role: Role, { users, groups, roles }: Graph): string | undefined {
  if (role.account !== undefined) return role.account;
  const provider = role.resource?.provider?.urn;
  if (provider === undefined || role.resource?.part !== undefined) return undefined;
  const made = [...users, ...groups, ...roles].filter(
    ({ resource, account }) =>
      account !== undefined && resource?.part === undefined && resource?.provider?.urn === provider,
  );
  return made[0]?.account;
}
