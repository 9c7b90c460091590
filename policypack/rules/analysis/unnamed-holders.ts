import {
  type Grant,
  isRead,
  mayAssumeFromOutside,
  mentionsOf,
  no,
  type Policy,
  type PrincipalFilter,
  type Shared,
  type Verdict,
} from "../../iam";
import { flagOf, type Graph, type Role } from "../../model";
import { namesOwner } from "./public-providers";
import { issuersNamed } from "./trust-policy";

/** Ways into a role for which one needs to be nobody in particular, though the trust policy names a pool or a service of one's own. */

const cognito = "cognito-identity.amazonaws.com";

const isWhole: PrincipalFilter = (parts) => parts.length === 1;

/**
 * Whether identities of an Amazon Cognito identity pool that have not signed in may assume the role. `amr` tells them apart; without
 * a condition on it they are let in. "IAM roles", Role trust and permissions (Amazon Cognito Developer Guide).
 */
export function unauthenticatedOf(trust: Policy, shared: Shared): Verdict<Grant> {
  if (isRead(trust) && !issuersNamed(trust).includes(cognito)) return no;
  return mayAssumeFromOutside(
    trust,
    {
      from: { issuer: cognito },
      naming: { [`${cognito}:sub`]: isWhole },
      known: { [`${cognito}:amr`]: ["unauthenticated"] },
    },
    shared,
  );
}

/** Whether every identity pool of the stack that the role's trust was made from asks its identities to sign in. */
export function asksToSignIn({ trust }: Role, { resources }: Graph): boolean {
  const pools = trust.from.flatMap((urn) => {
    const resource = resources.get(urn);
    return resource?.type.toLowerCase().endsWith(":identitypool") ? [resource] : [];
  });
  return (
    pools.length > 0 &&
    pools.every((pool) => {
      const allowed = flagOf(pool, "allowUnauthenticatedIdentities");
      return allowed.known && allowed.value !== true;
    })
  );
}

const names: PrincipalFilter = (parts) => parts.some((part) => part !== "");
const namesAnchor: PrincipalFilter = (parts) => namesOwner(parts, { after: "trust-anchor/", until: "" });

/**
 * Whether whoever holds a certificate of any trust anchor of the account may assume the role by IAM Roles Anywhere: nothing asks for
 * one trust anchor or for something in the certificate. "Trust model in AWS Identity and Access Management Roles Anywhere" (IAM
 * Roles Anywhere User Guide).
 */
export function certificateHoldersOf(trust: Policy, shared: Shared): Verdict<Grant> {
  const keys = isRead(trust) ? mentionsOf(trust.document).keys : [];
  const inCertificate = keys.filter(
    (key) => /^aws:(?:principal|request)tag\/x509/.test(key) || key === "sts:sourceidentity",
  );
  const naming = Object.fromEntries(inCertificate.map((key) => [key, names]));
  return mayAssumeFromOutside(
    trust,
    { from: { certificate: true }, naming: { ...naming, "aws:sourcearn": namesAnchor } },
    shared,
  );
}
