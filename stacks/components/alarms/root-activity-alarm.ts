import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { alarmOnTrail, type CheckedTrailAlarm, checkedTrailAlarm, type TrailAlarmArgs } from "./trail-alarm";

/** Arguments of {@link RootActivityAlarm}. */
export type RootActivityAlarmArgs = TrailAlarmArgs;

const COMPONENT = "RootActivityAlarm";
const ROOT_ACTIVITY = "root-activity";

/**
 * What a service does on the root user's behalf names the service in `invokedBy`, or has an event type of its own. Sessions
 * of sts:AssumeRoot act as the root user too: their events have the type Root. See "CloudTrail userIdentity element" in the
 * AWS CloudTrail User Guide and "Track privileged tasks in AWS CloudTrail" in the IAM User Guide.
 */
const PATTERN =
  '{ ($.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent") || ' +
  '($.eventSource = "sts.amazonaws.com" && $.eventName = "AssumeRoot") }';

/**
 * An alarm for whatever a root user does: signing in or trying to, each API call, read-only ones too, and every sts:AssumeRoot,
 * in every region and, with an organization trail, in every account, those of tomorrow included.
 *
 * It stands on the trail because that is the one place where all of it arrives: EventBridge has root sign-ins in us-east-1
 * only, calls in the region where they are made, and both in the account where they happen ("AWS Management Console sign-in
 * events" in the AWS CloudTrail User Guide), so that a rule would be needed in each region of each account.
 *
 * Throws {@link InvalidArgument} like {@link checkedTrailAlarm}; before the first change it looks the trail up and stops
 * where that would miss events.
 */
export class RootActivityAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: RootActivityAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkedRootActivityAlarm(args);
    super("aws-identity-guardrails:index:RootActivityAlarm", name, {}, opts);
    const alarm = {
      component: COMPONENT,
      alarmName: ROOT_ACTIVITY,
      description: "A root user signed in, tried to, or made a call; or somebody called sts:AssumeRoot.",
      pattern: PATTERN,
    };
    this.topicArn = alarmOnTrail(name, alarm, checked, this);
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** Throws {@link InvalidArgument} for what {@link RootActivityAlarm} refuses. */
export function checkedRootActivityAlarm(args: RootActivityAlarmArgs): CheckedTrailAlarm {
  return checkedTrailAlarm(new ArgumentChecker(COMPONENT), args);
}
