import { OWN_ACCOUNT } from "./account";
import type { Deployment } from "./deployment";

/** An organization trail of all regions with its bucket and log group, in the region of the test's clients; it is switched off. */
export async function makeTrail({ account: { cloudTrail, logs }, moto }: Deployment): Promise<void> {
  await logs.createLogGroup({ logGroupName: "organization-trail" });
  await moto.makeBucket("trail-bucket");
  await cloudTrail.createTrail({
    Name: "organization-trail",
    S3BucketName: "trail-bucket",
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${await logs.config.region()}:${OWN_ACCOUNT}:log-group:organization-trail:*`,
  });
}
