import { mayEnter, type Naming } from "../iam/outsider";
import type { Grant, Policy } from "../iam/principal";
import type { Verdict } from "../iam/verdict";
import { builtInIssuer, keyOfClaim, namesOwner, type PublicProvider, publicProvider } from "./public-providers";
import { issuersNamed } from "./trust";

/** A public provider that a trust policy names, with whether tokens of others than those meant let their holders in. */
export interface Federation {
  readonly provider: PublicProvider;
  readonly issuer: string;
  readonly strangers: Verdict<Grant>;
}

/**
 * The public providers of a trust policy. One that names everybody takes the tokens of the providers that need no setting up; one
 * that is not wholly known may come to name any.
 */
export function federationsOf(trust: Policy): readonly Federation[] {
  return [...new Set([...issuersNamed(trust), builtInIssuer])].flatMap((issuer) => {
    const provider = publicProvider(issuer);
    if (provider === undefined) return [];
    const strangers = mayEnter(trust, { from: { issuer }, naming: namingOf(provider, issuer) });
    return [{ provider, issuer, strangers }];
  });
}

/** How the provider's claims name a caller. */
function namingOf({ claims }: PublicProvider, issuer: string): Readonly<Record<string, Naming>> {
  return Object.fromEntries(
    Object.entries(claims).map(([claim, places]): [string, Naming] => [
      keyOfClaim(issuer, claim),
      (parts) => places.some((place) => namesOwner(parts, place)),
    ]),
  );
}

/** Whether a stranger's way in is open from some networks only, or leads through a cluster of one's own. */
export function isLimited({ provider }: Federation, { qualifiers }: Grant): boolean {
  return provider.isOwn === true || qualifiers.includes("network");
}

/** A condition that lets in only whom the trust policy means, as it would be written. */
export function pinInWords({ provider, issuer }: Federation): string {
  const [claim, value] = provider.pin;
  const operator = value.includes("*") ? "StringLike" : "StringEquals";
  return `"Condition": {"${operator}": {"${keyOfClaim(issuer, claim)}": "${value}"}}`;
}
