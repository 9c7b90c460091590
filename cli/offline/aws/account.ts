import { partitionOfRegion } from "../../../policypack/iam";
import type { Resource } from "../../pulumi/stack";
import { isObject, type Json, UNKNOWN, unwrapSecret } from "../../pulumi/values";

/** Account and region that the user names for a run; undefined where the user names none. */
export interface GivenAccount {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  /** The region of the environment, which a provider without one of its own works in. */
  readonly ambientRegion?: string | undefined;
}

export const ASSUMED_ACCOUNT = "123456789012";
export const ASSUMED_REGION = "us-east-1";

/** A value, and who says so: the configuration of a provider, the user of this command, or nobody. */
export interface Chosen {
  readonly value: string;
  readonly from: "provider" | "user" | "nobody";
}

/** Where a provider works. */
export interface ChosenAccount {
  readonly account: Chosen;
  readonly region: Chosen;
}

/**
 * Account and region as the user or the provider's own configuration gives them away, otherwise the assumed ones.
 *
 * @param isDefault whether the provider is configured by the stack, not by the program
 */
export function accountOf(
  provider: Pick<Resource, "inputs"> | undefined,
  isDefault: boolean,
  given: GivenAccount,
): ChosenAccount {
  const inputs = provider?.inputs ?? {};
  const region = unwrapSecret(inputs.region);
  const read = {
    accountId: accountInRoles(inputs.assumeRoles ?? inputs.assumeRole) ?? onlyAllowed(inputs.allowedAccountIds),
    region: typeof region === "string" && region !== "" && region !== UNKNOWN ? region : undefined,
  };
  const account = chosen(read.accountId, given.accountId, isDefault, ASSUMED_ACCOUNT);
  return {
    // Credentials of the program's own may be those of another account than the one that the user names.
    account:
      account.from === "user" && !isDefault && hasOwnCredentials(provider) ? { ...account, from: "nobody" } : account,
    region: chosen(read.region, given.region, isDefault, given.ambientRegion ?? ASSUMED_REGION),
  };
}

/** The account of the last role that is assumed (Pulumi Registry, "AWS Provider: Installation & Configuration"). */
function accountInRoles(roles: Json | undefined): string | undefined {
  const arns = [...JSON.stringify(roles ?? "").matchAll(/arn:[\w-]+:iam::(\d{12}):role\//g)];
  return arns.at(-1)?.[1];
}

function onlyAllowed(accounts: Json | undefined): string | undefined {
  const [, account] = /^\["?(\d{12})"?\]$/.exec(textOf(accounts)) ?? [];
  return account;
}

/** Lists of a provider's configuration come as lists or as their JSON text. */
function textOf(value: Json | undefined): string {
  const plain = unwrapSecret(value) ?? "";
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

function hasOwnCredentials(provider: Pick<Resource, "inputs"> | undefined): boolean {
  const inputs = provider?.inputs ?? {};
  return ["profile", "accessKey", "assumeRole", "assumeRoles", "assumeRoleWithWebIdentity"].some((name) => {
    const value = unwrapSecret(inputs[name]);
    return value !== undefined && value !== "" && !(isObject(value) && Object.keys(value).length === 0);
  });
}

function chosen(read: string | undefined, given: string | undefined, isDefault: boolean, otherwise: string): Chosen {
  // The user replaces what the stack says; what the program says of a provider of its own stands.
  if (given !== undefined && (isDefault || read === undefined)) return { value: given, from: "user" };
  return read === undefined ? { value: otherwise, from: "nobody" } : { value: read, from: "provider" };
}

/** Partition of a region, and the end of the names of its endpoints ("AWS service endpoints", AWS General Reference). */
export function partitionOf(region: string): { readonly partition: string; readonly dnsSuffix: string } {
  const partition = partitionOfRegion(region);
  return { partition, dnsSuffix: DNS_SUFFIXES[partition] ?? "amazonaws.com" };
}

const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
};
