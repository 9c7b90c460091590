import { isManagedPolicyArn, managedPolicyArns, managedPolicyText } from "../../../policypack/iam";
import type { JsonObject } from "../../pulumi/values";
import { type ChosenAccount, partitionOf } from "../aws/account";
import { ORGANIZATION, ROOT } from "../aws/output-table";

interface PlausibleAnswer {
  /** What is assumed by it; nothing where it is known. */
  readonly assumption: string | undefined;
  readonly result: JsonObject;
}

/** What a function of the AWS provider would answer as far as account, region and AWS's own policies tell; else undefined. */
export function plausibleAnswer(token: string, chosen: ChosenAccount, args: JsonObject): PlausibleAnswer | undefined {
  const accountId = chosen.account.value;
  const region = chosen.region.value;
  const { partition, dnsSuffix } = partitionOf(region);
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        assumption:
          chosen.account.from === "provider" ? undefined : `the account is ${accountId} (change it with --account)`,
        result: {
          accountId,
          arn: `arn:${partition}:iam::${accountId}:role/deploy`,
          id: accountId,
          userId: "AROAEXAMPLEROLE",
        },
      };
    case "aws:index/getRegion:getRegion":
      return {
        assumption: chosen.region.from === "provider" ? undefined : `the region is ${region} (change it with --region)`,
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
        assumption: chosen.region.from === "provider" ? undefined : `the partition is ${partition}`,
        result: { partition, dnsSuffix, reverseDnsPrefix, id: partition },
      };
    }
    case "aws:index/getAvailabilityZones:getAvailabilityZones": {
      const excluded = Array.isArray(args.excludeNames) ? args.excludeNames : [];
      const names = ["a", "b", "c"].map((zone) => `${region}${zone}`).filter((name) => !excluded.includes(name));
      return { assumption: `the region ${region} has the zones a, b and c`, result: { names, region, id: region } };
    }
    case "aws:iam/getPolicy:getPolicy": {
      const result = managedPolicy(partition, args);
      return result && { assumption: undefined, result };
    }
    case "aws:organizations/getOrganization:getOrganization":
      return {
        assumption: `the organization is ${ORGANIZATION} with all features, managed by account ${accountId}`,
        result: organization(partition, accountId),
      };
    default:
      return undefined;
  }
}

function organization(partition: string, accountId: string): JsonObject {
  const arn = (resource: string) => `arn:${partition}:organizations::${accountId}:${resource}`;
  return {
    id: ORGANIZATION,
    arn: arn(`organization/${ORGANIZATION}`),
    featureSet: "ALL",
    masterAccountId: accountId,
    masterAccountArn: arn(`account/${ORGANIZATION}/${accountId}`),
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
    roots: [{ id: ROOT, name: "Root", arn: arn(`root/${ORGANIZATION}/${ROOT}`), policyTypes: [] }],
  };
}

/** One of AWS's own policies by its ARN or its name; names are without the path (IAM API, "GetPolicy", "ListPolicies"). */
function managedPolicy(partition: string, { arn, name, pathPrefix }: JsonObject): JsonObject | undefined {
  const known = typeof arn === "string" ? (isManagedPolicyArn(arn) ? arn : undefined) : arnOf(name, pathPrefix);
  const text = known && managedPolicyText(known);
  if (known === undefined || text === undefined) return undefined;
  const path = pathOf(known);
  const inPartition = typeof arn === "string" ? arn : known.replace(/^arn:aws:/, `arn:${partition}:`);
  return {
    arn: inPartition,
    id: inPartition,
    name: path.split("/").at(-1) ?? "",
    path: path.slice(0, path.lastIndexOf("/") + 1),
    policy: text,
    tags: {},
  };
}

function arnOf(name: JsonObject[string] | undefined, pathPrefix: JsonObject[string] | undefined): string | undefined {
  const prefix = typeof pathPrefix === "string" ? pathPrefix : "/";
  return managedPolicyArns().find((arn) => {
    const path = pathOf(arn);
    return path.split("/").at(-1) === name && path.startsWith(prefix);
  });
}

/** Path and name: `/job-function/Billing`. */
function pathOf(arn: string): string {
  return arn.slice(arn.indexOf(":policy/") + ":policy".length);
}
