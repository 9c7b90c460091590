import { type Grant, isRead, issuerOf, type Policy, type Statement, type TrustedPrincipal } from "../../iam";
import { type Graph, peek, type Role, type Waiting } from "../../model";

/**
 * The role's trust policy, as far as it can be known: a principal whose ARN is not known yet is the identity or the identity
 * provider of the stack that the policy was made from, or the provider whose claims its statement compares.
 */
export function knownTrust({ trust, resource }: Role, graph: Graph): Policy {
  const { policy } = trust;
  if (!isRead(policy)) return policy;
  const sources = trust.from.filter((urn) => urn !== resource?.urn).map((urn) => principalsOf(urn, graph));
  const isMadeHere = sources.length > 0 && sources.every((source) => source !== undefined);
  const made = sources.flatMap((source) => source ?? []);
  const statements = policy.document.statements.map((statement) => {
    const { principal } = statement;
    if (principal?.open !== true) return statement;
    const compared = issuersCompared(statement).map((value) => ({ type: "Federated", value }) as const);
    const open = !isMadeHere && compared.length === 0;
    return { ...statement, principal: { ...principal, open, entries: [...principal.entries, ...made, ...compared] } };
  });
  return { ...policy, document: { ...policy.document, statements } };
}

/** What a principal made from the resource can be: nobody from outside where the resource is an identity or a SAML provider. */
function principalsOf(urn: string, graph: Graph): readonly TrustedPrincipal[] | undefined {
  const providers = graph.identityProviders.get(urn) ?? [];
  if (providers.length === 0) return graph.madeBy.has(urn) ? [] : undefined;
  const issuers = providers.map(({ protocol, url }) => (protocol === "SAML" ? "" : (peek(url) ?? undefined)));
  if (issuers.includes(undefined)) return undefined;
  return issuers.flatMap((url) => {
    const value = url?.replace(/^https:\/\//, "");
    return value ? [{ type: "Federated", value } as const] : [];
  });
}

/** Issuers whose claims a statement compares: `gitlab.com` for the condition key `gitlab.com:sub`. */
export function issuersCompared({ conditions }: Statement): readonly string[] {
  const keys = conditions.map(({ key }) => key).filter((key) => /^[^:.]*\.[^:]*:/.test(key));
  return [...new Set(keys.map((key) => key.slice(0, key.indexOf(":"))))];
}

/** The issuers that the Allows of a trust policy name, and where one of them names everybody, those whose claims it compares. */
export function issuersNamed(trust: Policy): readonly string[] {
  if (!isRead(trust)) return [];
  const issuers = trust.document.statements.flatMap((statement) => {
    const { effect, principal } = statement;
    if (effect !== "Allow" || principal === undefined) return [];
    if (principal.inverted || principal.entries.some(({ value }) => value === "*")) return issuersCompared(statement);
    return principal.entries.flatMap(({ type, value }) => (type === "Federated" ? (issuerOf(value) ?? []) : []));
  });
  return [...new Set(issuers)];
}

/** What has to become known before the trust policy can be judged. */
export function waitingForTrust({ trust }: Role): readonly Waiting[] {
  return [trust.waiting ?? { urn: trust.by.urn, property: trust.property, on: trust.from }];
}

/** A grant by a role's trust policy, with the role itself in its requests: who may assume a role does not turn on its name. */
export function ofRole(role: Role, grant: Grant): Grant {
  const name = peek(role.name) ?? role.resource?.name;
  if (name === undefined) return grant;
  const witnesses = grant.witnesses.map((witness) => ({
    ...witness,
    resource: witness.resource.replace(
      /:([0-9]{12}):role\/example$/,
      (_, account: string) => `:${role.account ?? account}:role${role.path ?? "/"}${name}`,
    ),
  }));
  return { ...grant, witnesses };
}
