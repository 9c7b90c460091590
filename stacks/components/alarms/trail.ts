import { getResource } from "@pulumi/aws/cloudcontrol";
import type * as pulumi from "@pulumi/pulumi";
import { reasonOf, Unmet } from "../shared/prerequisites";

/** What CloudFormation calls the properties of a trail: "AWS::CloudTrail::Trail" in its template reference. */
export interface Trail {
  readonly IsLogging?: boolean;
  readonly IsMultiRegionTrail?: boolean;
  readonly IsOrganizationTrail?: boolean;
  readonly CloudWatchLogsLogGroupArn?: string;
  readonly EventSelectors?: readonly {
    readonly ReadWriteType?: string;
    readonly IncludeManagementEvents?: boolean;
    readonly ExcludeManagementEventSources?: readonly string[];
  }[];
  readonly AdvancedEventSelectors?: readonly {
    readonly FieldSelectors?: readonly { readonly Field?: string; readonly Equals?: readonly string[] }[];
  }[];
}

/** What an alarm on a trail needs. */
export interface TrailNeeds {
  /** The trail's name. */
  readonly trail: string;
  /** The name of the log group in CloudWatch Logs that it delivers to. */
  readonly logGroup: string;
  /** Whether the alarm is to cover the member accounts of an organization too. */
  readonly organization: boolean;
}

/** Looks the trail up, in the region of `parent`'s provider, and throws {@link Unmet} where an alarm on it would miss events. */
export async function requireTrail(component: string, needs: TrailNeeds, parent: pulumi.Resource): Promise<void> {
  const identifier = needs.trail;
  const { properties } = await getResource({ typeName: "AWS::CloudTrail::Trail", identifier }, { parent }).catch(
    (error: unknown) => {
      throw new Unmet(
        component,
        `trail ${identifier} cannot be read in this account and region: ${reasonOf(error)} Deploy this stack where the ` +
          "trail was made, with credentials that may call cloudformation:GetResource and cloudtrail:Get*. To see the " +
          "trails and their home regions: aws cloudtrail list-trails",
      );
    },
  );
  const faults = trailFaults(JSON.parse(properties), needs);
  if (faults.length > 0) throw new Unmet(component, `trail ${identifier} ${faults.join("; it ")}`);
}

/** What keeps events from an alarm on this trail, each with the command that mends it; empty for a trail that will do. */
export function trailFaults(trail: Trail, { trail: name, logGroup, organization }: TrailNeeds): readonly string[] {
  const update = (option: string) => `aws cloudtrail update-trail --name ${name} ${option}`;
  const faults: string[] = [];
  if (trail.IsLogging === false) faults.push(`is switched off: aws cloudtrail start-logging --name ${name}`);
  if (trail.IsMultiRegionTrail !== true) faults.push(`covers one region only: ${update("--is-multi-region-trail")}`);
  if (organization && trail.IsOrganizationTrail !== true) {
    faults.push(
      `covers one account only: ${update("--is-organization-trail")} (or set trailScope to account, to watch that one alone)`,
    );
  }
  const delivered = trail.CloudWatchLogsLogGroupArn?.split(":log-group:")[1]?.replace(/:\*$/, "");
  if (delivered === undefined) {
    faults.push(
      `does not deliver to CloudWatch Logs: ${update("--cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn ARN")}`,
    );
  } else if (delivered !== logGroup) {
    faults.push(`delivers to the log group ${delivered}, not to ${logGroup}: set logGroup to ${delivered}`);
  }
  if (!hasAllManagementEvents(trail)) {
    faults.push(
      `leaves out some management events, such as read-only ones: aws cloudtrail put-event-selectors --trail-name ${name} ` +
        `--event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true}]' (beside the selectors it has)`,
    );
  }
  return faults;
}

/** A trail without selectors logs all management events. See "Logging management events" in the AWS CloudTrail User Guide. */
function hasAllManagementEvents({ EventSelectors = [], AdvancedEventSelectors = [] }: Trail): boolean {
  if (AdvancedEventSelectors.length > 0) {
    return AdvancedEventSelectors.some(
      ({ FieldSelectors: [only, ...narrowing] = [] }) =>
        only?.Field === "eventCategory" && only.Equals?.includes("Management") === true && narrowing.length === 0,
    );
  }
  return (
    EventSelectors.length === 0 ||
    EventSelectors.some(
      ({ ReadWriteType = "All", IncludeManagementEvents = true, ExcludeManagementEventSources = [] }) =>
        ReadWriteType === "All" && IncludeManagementEvents && ExcludeManagementEventSources.length === 0,
    )
  );
}
