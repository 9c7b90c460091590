import { type Partition, partitions } from "../aws/partitions";
import { matchesWildcards } from "../language/glob";
import type { Mentioned } from "../language/mentions";

/**
 * The partitions that somebody can be in: its own where it is known; else `aws` and those that only a value about others than `aws` can
 * mean, an ARN or a region. Of several that are alike to all values, one stands for all.
 *
 * @param arns further ARNs that speak of partitions
 */
export function partitionsOf(
  own: string | undefined,
  mentioned: Mentioned,
  arns: readonly string[] = [],
): readonly string[] {
  if (own !== undefined) return [own];
  const texts = [...mentioned.partitions, ...arns.map((arn) => arn.split(":")[1] ?? "")];
  const others = [...new Set(texts)].filter((text) => !matchesWildcards(text, "aws"));
  const roles = new Set<string>();
  const found = partitions.filter((each) => {
    const named = others.filter((text) => matchesWildcards(text, each.name));
    const regions = each.name === "aws" ? [] : mentioned.regions.filter((text) => isAbout(each, text));
    const role = [...named, ...regions].join(" ");
    if (role === "" || roles.has(role)) return false;
    roles.add(role);
    return true;
  });
  return ["aws", ...found.map(({ name }) => name)];
}

/** Whether a region, wildcards allowed, speaks of the partition: `us-gov-west-1`, `cn-*`. */
function isAbout({ regionPrefix }: Partition, region: string): boolean {
  if (regionPrefix === undefined) return false;
  return region.startsWith(regionPrefix) || region.startsWith(`${regionPrefix.slice(0, -1)}*`);
}
