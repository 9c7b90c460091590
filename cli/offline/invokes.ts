import type { Observations } from "./observations";
import { policyDocument } from "./policy-document";
import { unknownResult } from "./result-shape";
import type { InstalledSdks } from "./sdk";
import type { Resource } from "./stack";
import { type Json, type JsonObject, unwrapSecret } from "./wire";

/** The account that a run pretends to be in. */
export interface AssumedAccount {
  readonly accountId: string;
  readonly region: string;
}

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
  constructor(
    private readonly account: AssumedAccount,
    private readonly answers: Answers,
    private readonly sdks: InstalledSdks,
    private readonly observations: Observations,
  ) {}

  /** @param provider the provider that would be asked, if there is one */
  answer(token: string, args: JsonObject, provider: Resource | undefined): JsonObject {
    const given = this.#given(token, args);
    if (given !== undefined) {
      this.observations.assume(`${token} answers what --answers says`);
      return { ...unknownResult(token, this.sdks), ...args, ...given };
    }
    if (token === POLICY_DOCUMENT) return { ...args, id: "policy-document", ...policyDocument(args) };
    const plausible = plausibleAnswer(token, accountOf(provider, this.account), args);
    const shape = { ...unknownResult(token, this.sdks), ...args };
    if (plausible === undefined) {
      this.observations.assume(
        `${token} cannot be called offline: texts in its answer count as unknown, numbers as 0, flags as false ` +
          "(answer it in a file for --answers)",
      );
      return shape;
    }
    this.observations.assume(plausible.assumption);
    return { ...shape, ...plausible.result };
  }

  #given(token: string, args: JsonObject): JsonObject | undefined {
    const answer = this.answers.get(token);
    if (answer === undefined || !isList(answer)) return answer;
    return answer.find((one) => Object.entries(one.args).every(([key, value]) => same(args[key], value)))?.result;
  }
}

function isList<T>(value: JsonObject | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

const same = (left: Json | undefined, right: Json) => JSON.stringify(left) === JSON.stringify(right);

/** Account and region as the provider's own configuration gives them away, otherwise the assumed ones. */
function accountOf(provider: Resource | undefined, assumed: AssumedAccount): AssumedAccount {
  const inputs = provider?.inputs ?? {};
  const region = unwrapSecret(inputs.region);
  const role = /arn:[\w-]+:iam::(\d{12}):role\//.exec(JSON.stringify(inputs.assumeRoles ?? inputs.assumeRole ?? ""));
  const allowed = /^\["(\d{12})"\]$/.exec(String(unwrapSecret(inputs.allowedAccountIds ?? "")));
  return {
    accountId: role?.[1] ?? allowed?.[1] ?? assumed.accountId,
    region: typeof region === "string" && region !== "" ? region : assumed.region,
  };
}

/** The partition of a region (AWS documentation, "Amazon Resource Names"). */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function plausibleAnswer(token: string, { accountId, region }: AssumedAccount, args: JsonObject) {
  const partition = partitionOf(region);
  const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        assumption: `the account is ${accountId} (change it with --account)`,
        result: {
          accountId,
          arn: `arn:${partition}:iam::${accountId}:role/deploy`,
          id: accountId,
          userId: "AROAEXAMPLEROLE",
        },
      };
    case "aws:index/getRegion:getRegion":
      return {
        assumption: `the region is ${region} (change it with --region)`,
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
        assumption: `the partition is ${partition}`,
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
