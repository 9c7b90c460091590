import { partitionOfRegion } from "../../iam";
import type { ProviderOf, Resource } from "./resource";

/** What a provider tells of the account that it works in. */
export interface Scope {
  /** URN of the provider. */
  readonly provider?: string;
  /** The accounts it can be; undefined when any. */
  readonly accounts?: readonly string[];
  readonly profile?: string;
  readonly partition?: string;
}

/** The scope of the provider that a resource is made with; `{}` where nothing is known. */
export function scopeOf(resource: Resource): Scope {
  const { provider } = resource;
  return provider === undefined ? {} : { ...scopeOfProvider(provider), provider: provider.urn };
}

/**
 * Reads account, profile and partition from a provider's properties, whose lists and objects arrive as JSON text. The last
 * assumed role decides the account (Pulumi Registry, "AWS Provider: Installation & Configuration").
 */
export function scopeOfProvider({ properties }: Pick<ProviderOf, "properties">): Scope {
  const accounts = accountsOf(properties);
  const profile = properties.profile;
  const partition = partitionOf(properties.region);
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(typeof profile === "string" && profile !== "" ? { profile } : {}),
    ...(partition === undefined ? {} : { partition }),
  };
}

/** Whether two providers surely work in different accounts. Two regions of one account are one account. */
export function differ(one: Scope, other: Scope): boolean {
  if (one.accounts !== undefined && other.accounts !== undefined) {
    return !one.accounts.some((account) => other.accounts?.includes(account));
  }
  const profilesDecide = one.accounts === undefined && other.accounts === undefined;
  return profilesDecide && one.profile !== undefined && other.profile !== undefined && one.profile !== other.profile;
}

export function isSameProvider(one: Scope, other: Scope): boolean {
  return one.provider !== undefined && one.provider === other.provider;
}

/** The account, where the scope leaves only one. */
export function accountOf(scope: Scope): string | undefined {
  return scope.accounts?.length === 1 ? scope.accounts[0] : undefined;
}

/** The partition that a region lies in; undefined where the region is not known. */
export function partitionOf(region: unknown): string | undefined {
  return typeof region !== "string" || region === "" ? undefined : partitionOfRegion(region);
}

function accountsOf(properties: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const roles = [properties.assumeRoles, properties.assumeRole, properties.assumeRoleWithWebIdentity]
    .map(unpack)
    .find((value) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0));
  if (roles !== undefined) {
    const role: unknown = Array.isArray(roles) ? roles.at(-1) : roles;
    const arn: unknown = typeof role === "object" && role !== null && "roleArn" in role ? role.roleArn : undefined;
    const account = typeof arn === "string" ? parseArn(arn)?.account : undefined;
    if (account !== undefined && account !== "") return [account];
  }
  const allowed = unpack(properties.allowedAccountIds);
  if (!Array.isArray(allowed) || allowed.length === 0) return undefined;
  const accounts = allowed.filter((account) => typeof account === "string" || typeof account === "number").map(String);
  return accounts.length === allowed.length ? accounts : undefined;
}

/** A property of a provider that is no text arrives as the JSON text of its value. */
export function unpack(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value === "" ? undefined : value;
  }
}

export interface Arn {
  readonly partition: string;
  readonly account: string;
  /** What follows the account: `role/path/name`. */
  readonly resource: string;
}

/** Undefined for a text that is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, , , account, ...resource] = text.split(":");
  if (prefix !== "arn" || partition === undefined || account === undefined || resource.length === 0) return undefined;
  return { partition, account, resource: resource.join(":") };
}

/** The account that an ARN names beats the one that the provider tells. */
export function scopeWithin(arn: string | undefined, scope: Scope): Scope {
  const account = arn === undefined ? undefined : parseArn(arn)?.account;
  return account === undefined || account === "" ? scope : { ...scope, accounts: [account] };
}
