import type { Observations } from "./observations";
import { policyDocument } from "./policy-document";
import { unknownResult } from "./result-shape";
import type { InstalledSdks } from "./sdk";
import type { Resource } from "./stack";
import { type Json, type JsonObject, UNKNOWN, unwrapSecret } from "./wire";

/** Account and region that the user names for a run; undefined where the user names none. */
export interface GivenAccount {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

export const ASSUMED_ACCOUNT = "123456789012";
export const ASSUMED_REGION = "us-east-1";

/**
 * Answers that the user gives for functions of providers: per token one result, or a list of `{ args, result }` of which
 * the first whose arguments all agree is taken.
 */
export type Answers = ReadonlyMap<
  string,
  JsonObject | readonly { readonly args: JsonObject; readonly result: JsonObject }[]
>;

const POLICY_DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument";

/** Answers calls to provider functions without any provider. */
export class Invokes {
  readonly #asked = new Set<string>();

  constructor(
    private readonly account: GivenAccount,
    private readonly answers: Answers,
    private readonly sdks: InstalledSdks,
    private readonly observations: Observations,
  ) {}

  /**
   * @param provider the provider that would be asked, if there is one
   * @param isDefault whether it is configured by the stack, not by the program
   */
  answer(token: string, args: JsonObject, provider: Resource | undefined, isDefault = false): JsonObject {
    const given = this.#given(token, args);
    if (given !== undefined) {
      this.observations.assume(`${token} answers what --answers says`);
      return { ...unknownResult(token, this.sdks), ...args, ...given };
    }
    if (token === POLICY_DOCUMENT) return { ...args, id: "policy-document", ...policyDocument(args) };
    const plausible = plausibleAnswer(token, accountOf(provider, isDefault, this.account), args);
    const shape = { ...unknownResult(token, this.sdks), ...args };
    if (plausible === undefined) {
      this.observations.assume(
        `${token} cannot be called offline: texts in its answer count as unknown, numbers as 0, flags as false ` +
          "(answer it in a file for --answers)",
      );
      return shape;
    }
    if (plausible.assumption !== undefined) this.observations.assume(plausible.assumption);
    return { ...shape, ...plausible.result };
  }

  /** The given answers that nothing asked for: a token that is written wrong answers nothing. */
  get unasked(): readonly string[] {
    return [...this.answers.keys()].filter((token) => !this.#asked.has(token));
  }

  #given(token: string, args: JsonObject): JsonObject | undefined {
    this.#asked.add(token);
    const answer = this.answers.get(token);
    if (answer === undefined || !isList(answer)) return answer;
    return answer.find((one) => Object.entries(one.args).every(([key, value]) => same(args[key], value)))?.result;
  }
}

function isList<T>(value: JsonObject | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

const same = (left: Json | undefined, right: Json) => JSON.stringify(left) === JSON.stringify(right);

/** A value, and whether it was read from the configuration of a provider: then nobody had to assume it. */
interface Chosen {
  readonly value: string;
  readonly isRead: boolean;
}

interface ChosenAccount {
  readonly account: Chosen;
  readonly region: Chosen;
}

/** Account and region as the user or the provider's own configuration gives them away, otherwise the assumed ones. */
function accountOf(provider: Resource | undefined, isDefault: boolean, given: GivenAccount): ChosenAccount {
  const inputs = provider?.inputs ?? {};
  const region = unwrapSecret(inputs.region);
  const role = /arn:[\w-]+:iam::(\d{12}):role\//.exec(JSON.stringify(inputs.assumeRoles ?? inputs.assumeRole ?? ""));
  const allowed = /^\["(\d{12})"\]$/.exec(String(unwrapSecret(inputs.allowedAccountIds ?? "")));
  const read = {
    accountId: role?.[1] ?? allowed?.[1],
    region: typeof region === "string" && region !== "" && region !== UNKNOWN ? region : undefined,
  };
  return {
    account: chosen(read.accountId, given.accountId, isDefault, ASSUMED_ACCOUNT),
    region: chosen(read.region, given.region, isDefault, ASSUMED_REGION),
  };
}

function chosen(read: string | undefined, given: string | undefined, isDefault: boolean, otherwise: string): Chosen {
  // The user replaces what the stack says; what the program says of a provider of its own stands.
  if (given !== undefined && isDefault) return { value: given, isRead: false };
  return read === undefined ? { value: given ?? otherwise, isRead: false } : { value: read, isRead: true };
}

/** The partition of a region (AWS documentation, "Amazon Resource Names"). */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function plausibleAnswer(token: string, chosen: ChosenAccount, args: JsonObject) {
  const accountId = chosen.account.value;
  const region = chosen.region.value;
  const partition = partitionOf(region);
  const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        assumption: chosen.account.isRead ? undefined : `the account is ${accountId} (change it with --account)`,
        result: {
          accountId,
          arn: `arn:${partition}:iam::${accountId}:role/deploy`,
          id: accountId,
          userId: "AROAEXAMPLEROLE",
        },
      };
    case "aws:index/getRegion:getRegion":
      return {
        assumption: chosen.region.isRead ? undefined : `the region is ${region} (change it with --region)`,
        result: {
          region,
          name: region,
          id: region,
          endpoint: `ec2.${region}.${dnsSuffix}`,
          description: region,
          ...args,
        },
      };
    case "aws:index/getPartition:getPartition": {
      const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
      return {
        assumption: chosen.region.isRead ? undefined : `the partition is ${partition}`,
        result: { partition, dnsSuffix, reverseDnsPrefix, id: partition },
      };
    }
    case "aws:organizations/getOrganization:getOrganization":
      return {
        assumption: `the organization is o-assumed00 with all features, managed by account ${accountId}`,
        result: organization(partition, accountId),
      };
    default:
      return undefined;
  }
}

function organization(partition: string, accountId: string): JsonObject {
  const arn = (resource: string) => `arn:${partition}:organizations::${accountId}:${resource}`;
  return {
    id: "o-assumed00",
    arn: arn("organization/o-assumed00"),
    featureSet: "ALL",
    masterAccountId: accountId,
    masterAccountArn: arn(`account/o-assumed00/${accountId}`),
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
    roots: [{ id: "r-root", name: "Root", arn: arn("root/o-assumed00/r-root"), policyTypes: [] }],
  };
}
