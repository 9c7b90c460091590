import {
  type Grant,
  isRead,
  mayAssumeFromOutside,
  mentionsOf,
  type Outsider,
  type Policy,
  type PrincipalFilter,
  type Shared,
  type Verdict,
} from "../../iam";
import { builtInIssuer, keyOfClaim, namesOwner, type PublicProvider, publicProvider } from "./public-providers";
import { issuersNamed } from "./trust-policy";

/** A public provider that a trust policy names, with whether tokens of others than those meant let their holders in. */
export interface Federation {
  readonly provider: PublicProvider;
  readonly issuer: string;
  readonly strangers: Verdict<Grant>;
  /** Whether the strangers have to run what the trust policy names, though anybody may start it. */
  readonly isCall: boolean;
}

/**
 * The public providers of a trust policy. One that names everybody takes the tokens of the providers that need no setting up; one
 * that is not wholly known may come to name any.
 */
export function federationsOf(trust: Policy, shared: Shared): readonly Federation[] {
  return [...new Set([...issuersNamed(trust), builtInIssuer])].flatMap((issuer): readonly Federation[] => {
    const provider = publicProvider(issuer);
    if (provider === undefined) return [];
    const strangers = mayAssumeFromOutside(trust, outsiderOf(provider, issuer, "owner or call", trust), shared);
    if (strangers.answer !== "no" || provider.called === undefined)
      return [{ provider, issuer, strangers, isCall: false }];
    const callers = mayAssumeFromOutside(trust, outsiderOf(provider, issuer, "owner", trust), shared);
    // Whether a call is all that is asked for would be advice: not worth a doubt.
    return [{ provider, issuer, strangers: callers.answer === "yes" ? callers : strangers, isCall: true }];
  });
}

/** Anybody in the provider whose tokens do not name who is meant. */
function outsiderOf(provider: PublicProvider, issuer: string, by: "owner" | "owner or call", trust: Policy): Outsider {
  const { claims, called = {}, always = [], tags = [] } = provider;
  const counted = [...Object.entries(claims), ...(by === "owner" ? [] : Object.entries(called))];
  const naming: Record<string, PrincipalFilter> = {};
  const signed = tags === "any" ? [] : tags;
  for (const claim of new Set(counted.map(([each]) => each))) {
    const places = counted.flatMap(([each, its]) => (each === claim ? its : []));
    const names: PrincipalFilter = (parts) => places.some((place) => namesOwner(parts, place));
    naming[keyOfClaim(issuer, claim)] = names;
    if (signed.includes(claim)) naming[`${requestTag}${claim}`] = names;
  }
  const isSigned = (key: string) => tags === "any" || signed.includes(key.slice(requestTag.length));
  const asked = isRead(trust) ? mentionsOf(trust.document).keys : [];
  return {
    from: { issuer },
    naming,
    always: always.map((claim) => keyOfClaim(issuer, claim)),
    never: asked.filter((key) => key.startsWith(requestTag) && !isSigned(key)),
  };
}

/** A token brings session tags as a claim ("Passing session tags using AssumeRoleWithWebIdentity", IAM User Guide). */
const requestTag = "aws:requesttag/";

/** Whether a stranger's way in is open from some networks only, to what is named, or through a cluster of one's own. */
export function isLimited({ provider, isCall }: Federation, { qualifiers }: Grant): boolean {
  return provider.isOwn === true || isCall || qualifiers.includes("network");
}

/** What to add to a Condition so that only those come in whom the trust policy means. */
export function pinOf({ provider, issuer }: Federation): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const [claim, value] = provider.pin;
  const operator = value.includes("*") ? "StringLike" : "StringEquals";
  return { [operator]: { [keyOfClaim(issuer, claim)]: value } };
}
