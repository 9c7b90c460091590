import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

/** Where a provider makes regional resources. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The place of `parent`'s provider. With it ARNs are known in a preview, which those of new resources are not. */
export function placeOf(parent: pulumi.Resource): pulumi.Output<Place> {
  return pulumi
    .all([getPartitionOutput({}, { parent }), getRegionOutput({}, { parent }), getCallerIdentityOutput({}, { parent })])
    .apply(([{ partition }, { region }, { accountId }]) => ({ partition, region, accountId }));
}
