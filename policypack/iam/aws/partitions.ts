/** A partition of AWS: accounts, identities and ARNs of one are unknown to all others. */
export interface Partition {
  readonly name: string;
  /** How the names of its regions begin; none for `aws`, whose regions are all that are left. */
  readonly regionPrefix: string | undefined;
  /** Where requests to IAM and other services without regions of their own are made. */
  readonly globalRegion: string;
}

/** "Amazon Resource Names (ARNs)" and "AWS service endpoints" (AWS General Reference), Regions (AWS SDKs and Tools Reference Guide). */
export const partitions: readonly Partition[] = [
  { name: "aws", regionPrefix: undefined, globalRegion: "us-east-1" },
  { name: "aws-us-gov", regionPrefix: "us-gov-", globalRegion: "us-gov-west-1" },
  { name: "aws-cn", regionPrefix: "cn-", globalRegion: "cn-north-1" },
  { name: "aws-eusc", regionPrefix: "eusc-", globalRegion: "eusc-de-east-1" },
  { name: "aws-iso", regionPrefix: "us-iso-", globalRegion: "us-iso-east-1" },
  { name: "aws-iso-b", regionPrefix: "us-isob-", globalRegion: "us-isob-east-1" },
  { name: "aws-iso-e", regionPrefix: "eu-isoe-", globalRegion: "eu-isoe-west-1" },
  { name: "aws-iso-f", regionPrefix: "us-isof-", globalRegion: "us-isof-south-1" },
];

/** The partition that a region lies in; a region that nobody knows lies in `aws`. */
export function partitionOfRegion(region: string): string {
  const found = partitions.find(({ regionPrefix }) => regionPrefix !== undefined && region.startsWith(regionPrefix));
  return found?.name ?? "aws";
}

/** Services whose requests are made in the global region of the partition, whatever they are about. */
const withoutRegions: ReadonlySet<string> = new Set([
  "iam",
  "organizations",
  "account",
  "cloudfront",
  "route53",
  "support",
]);

/** In Beijing or Ningxia: of China's services without regions, IAM alone is surely in the first one. */
const chinese = ["cn-north-1", "cn-northwest-1"];

/** Services that are called in another region of `aws` ("AWS service endpoints", AWS General Reference). */
const oregon: ReadonlySet<string> = new Set(["globalaccelerator", "devicefarm"]);

/** No request of its own: asked for in the region of the service that gets the role. */
const passRole = "iam:PassRole";

/**
 * The regions that aws:RequestedRegion can name in requests for an action; undefined for those that are made in any. STS has an
 * endpoint for all regions and one in each. "AWS global condition context keys", aws:RequestedRegion, and "AWS: Denies access to AWS
 * based on the requested Region" (IAM User Guide).
 *
 * @param action as AWS writes it, `iam:CreateUser`
 */
export function regionsOf(action: string, partition: string): readonly string[] | undefined {
  const [service = ""] = action.split(":");
  if (action === passRole) return undefined;
  if (oregon.has(service)) return partition === "aws" ? ["us-west-2"] : undefined;
  if (!withoutRegions.has(service)) return undefined;
  if (partition === "aws-cn" && service !== "iam") return chinese;
  return [partitions.find(({ name }) => name === partition)?.globalRegion ?? "us-east-1"];
}
