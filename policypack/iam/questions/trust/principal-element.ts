import { arnGlob } from "../../language/arn-glob";
import type { PrincipalElement, TrustedPrincipal } from "../../language/document";
import { matchesWildcards } from "../../language/glob";
import { matches, type Pattern } from "../../language/pattern";

/**
 * Who is meant by `Principal` and `NotPrincipal`: "AWS JSON policy elements: Principal" and "AWS JSON policy elements: NotPrincipal" (IAM User Guide).
 */

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

/**
 * Those outside: all of an account, all with a token of an issuer (written as trust policies write it, in any case), all with a
 * certificate that IAM Roles Anywhere accepts in the role's account.
 */
export type Outside = { readonly account: string } | { readonly issuer: string } | { readonly certificate: true };

/** How many of those asked about an entry means. */
export type Share = "all" | "some" | "none";

/**
 * Whether an element means some of those asked about. One that is left out names nobody.
 *
 * @param more whether what is not known yet is taken to mean them
 */
export function meansSome(
  element: PrincipalElement | undefined,
  shareOf: (entry: TrustedPrincipal) => Share,
  more: boolean,
): boolean {
  if (element === undefined) return more;
  if (element.open && more) return true;
  if (element.inverted) return !element.open && !element.entries.some((entry) => shareOf(entry) === "all");
  return element.entries.some((entry) => shareOf(entry) !== "none");
}

/** Whether an element means all of those asked about; as `meansSome`. */
export function meansAll(
  element: PrincipalElement | undefined,
  shareOf: (entry: TrustedPrincipal) => Share,
  more: boolean,
): boolean {
  if (element === undefined) return more;
  if (element.open && element.inverted !== more) return more;
  if (element.inverted) return element.entries.every((entry) => shareOf(entry) === "none");
  return element.entries.some((entry) => shareOf(entry) === "all");
}

/** Whether an element could mean a user or role of this name, whatever its account and path. */
export function mayName(element: PrincipalElement | undefined, name: string): boolean {
  if (element === undefined || element.open) return true;
  return element.entries.some(({ value }) => value === "*" || value.endsWith(`/${name}`));
}

/**
 * As what an entry means the caller, if it does. Where the caller's account is not known here, an entry that names an account, or
 * somebody of the caller's name in it, is taken to mean the caller's: policies of a program nearly always speak of the account that
 * they are made in.
 */
export function meansCaller({ type, value }: TrustedPrincipal, caller: Caller, more: boolean): TrustedAs | undefined {
  if (isEverybody({ type, value })) return "anyone";
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

/** How many of those outside an entry means. */
export function shareOfOutside({ type, value }: TrustedPrincipal, from: Outside): Share {
  if ("certificate" in from) return type === "Service" && value === rolesAnywhere ? "all" : "none";
  if (isEverybody({ type, value })) return "all";
  if ("issuer" in from) {
    if (type !== "Federated") return "none";
    return value === "*" || issuerOf(value) === from.issuer.toLowerCase() ? "all" : "none";
  }
  if (type !== "AWS") return "none";
  const [prefix, , , , account = "", ...entity] = value.split(":");
  // AWS refuses an account that is a pattern here; whoever writes one means more than one account.
  if (prefix === "arn" && /[*?]/.test(account)) return matchesWildcards(account, from.account) ? "some" : "none";
  if (value === from.account || (prefix === "arn" && account === from.account && entity.join(":") === "root"))
    return "all";
  return prefix === "arn" && account === from.account ? "some" : "none";
}

/** The ARNs of those outside that the element means, where it does not mean all of them. */
export function arnsOfOutside(element: PrincipalElement | undefined, from: Outside): "all" | readonly Pattern[] {
  if (element === undefined || element.inverted) return "all";
  const meant = element.entries.filter((entry) => shareOfOutside(entry, from) !== "none");
  if (meant.some((entry) => shareOfOutside(entry, from) === "all")) return "all";
  return meant.map(({ value }) => {
    // The sessions of a role have its ARN in aws:PrincipalArn ("AWS global condition context keys", IAM User Guide).
    const [, account = "", role = ""] = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)/.exec(value) ?? [];
    return arnGlob(role === "" ? value.replace(/:root$/, ":*") : `arn:*:iam::${account}:role/*${role}`);
  });
}

/**
 * The issuer that an entry of Principal.Federated means, in lower case: what follows `oidc-provider/` in an ARN, or the name of
 * a provider that is built in, such as `accounts.google.com`. Undefined for a SAML provider.
 */
export function issuerOf(federated: string): string | undefined {
  if (!federated.startsWith("arn:")) return federated.toLowerCase();
  const [, issuer] = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(federated) ?? [];
  return issuer?.toLowerCase();
}

/** The account of a caller; undefined where it is not known. */
export function accountOf({ arn, account }: Caller): string | undefined {
  const inArn = arn.split(":")[4] ?? "";
  return account ?? (isAccount(inArn) ? inArn : undefined);
}

const rolesAnywhere = "rolesanywhere.amazonaws.com";

function isEverybody({ type, value }: TrustedPrincipal): boolean {
  return value === "*" && (type === "*" || type === "AWS");
}

function isAccount(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

function withAccount(arn: string, account: string): string {
  return arn
    .split(":")
    .map((field, i) => (i === 4 ? account : field))
    .join(":");
}
